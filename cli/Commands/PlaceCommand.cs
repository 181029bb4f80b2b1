using System.CommandLine;
using Colocate.Cli.Output;
using Colocate.Cli.Pipeline;
using Colocate.Model.Errors;
using Colocate.Model.Runs;
using Colocate.Predict.Placement;

namespace Colocate.Cli.Commands;

/// <summary><c>place</c>: who sits beside whom.</summary>
internal static class PlaceCommand
{
    private const string ManyGuests =
        "more than two guests on a host are judged by their pairs: what each neighbour adds to the time of a guest (B / T - 1) is summed; no such host was measured";

    internal static Command Create(Terminal terminal)
    {
        var workloads = new Option<string[]>("--workloads", "-w")
        {
            Description = "Guests by workload, separated by commas; one that runs twice is named twice. Default: every workload of the model (and of --solo or --lake) once.",
            HelpName = "A,B,C", DefaultValueFactory = _ => [],
        };
        Option<int?> hosts = Positive("--hosts", "-n", "Hosts there are. Default: as few as will do.");
        Option<int?> slots = Positive("--slots", "-k", "Guests that a host takes. Default: 2.");
        Option<double?> minScore = PredictionInputs.MinScore("Score that every guest is to keep, by the lower bound of its half. Default: none.");
        var by = new Option<string>("--by") { Description = "What to make as great as possible: the predicted scores, or the lower ends of their intervals.", DefaultValueFactory = _ => "combined" };
        by.AcceptOnlyFromAmong("combined", "low");
        Option<int> seed = CommonOptions.Seed();
        Option<OutputFormat?> format = CommonOptions.Format();
        var inputs = new PredictionInputs();
        var command = new Command("place", "Decide who sits beside whom so that the sum of all scores is greatest.") { workloads, hosts, slots, minScore, by, seed, format };
        inputs.AddTo(command);
        command.SetAction(async (parsed, _) =>
        {
            KnownWorkloads known = await inputs.ReadAsync(parsed).ConfigureAwait(false);
            var request = new PlacementRequest
            {
                Guests = Guests(parsed.GetValue(workloads)!, known),
                Hosts = parsed.GetValue(hosts),
                Slots = parsed.GetValue(slots) ?? 2,
                MinScore = parsed.GetValue(minScore),
                ByLow = parsed.GetValue(by) == "low",
                Seed = parsed.GetValue(seed),
            };
            Placement placement = Placer.Place(request, known.Predict);
            List<Record> rows = [.. placement.Hosts.Select(h => Describe(h, request.Guests))];
            OutputFormat chosen = RecordWriter.Chosen(terminal, parsed.GetValue(format));
            // Hosts and summary share no column: as one table they would be mostly empty.
            if (chosen == OutputFormat.Table)
                RecordWriter.Write(terminal, chosen, rows);
            RecordWriter.Write(terminal, chosen, chosen == OutputFormat.Table ? [Summarise(placement, request)] : [.. rows, Summarise(placement, request)]);
            if (placement.Hosts.Any(h => h.Guests.Count > 2))
                await terminal.Error.WriteLineAsync($"colocate: {ManyGuests}").ConfigureAwait(false);
            return 0;
        });
        return command;
    }

    /// <summary>Names may hold commas: what names a workload as it stands is not cut.</summary>
    private static List<string> Guests(string[] given, KnownWorkloads known)
    {
        HashSet<string> names = [.. known.Names];
        List<string> guests = given.Length == 0
            ? [.. names.Order(WorkloadOrder.Instance)]
            : [.. given.SelectMany(g => names.Contains(g) ? [g] : g.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];
        if (guests.Contains(DomainSpec.IdleWorkload))
            throw new RequestException(ExitCode.WrongUse, "'idle' needs no place", "leave it out: a guest without a neighbour is alone");
        foreach (string guest in guests)
            known.Profile(guest);
        return guests;
    }

    private static Record Describe(PlacedHost host, IReadOnlyList<string> guests) => new()
    {
        { "host", host.Number }, { "workloads", host.Guests.Select(g => guests[g]).ToList() }, { "combined", host.Score.Combined }, { "low", host.Score.Low },
        { "score", host.Score.Scores }, { "score_low", host.Score.Lows }, { "measured", host.Measured }, { "extrapolates", host.Extrapolates },
    };

    private static Record Summarise(Placement placement, PlacementRequest request)
    {
        var record = new Record { { "total", placement.Total } };
        record.Add("oracle_gap", placement.OracleGap, placement.OracleGapReason);
        record.Add("method", placement.Method);
        record.Add("greedy_total", placement.GreedyTotal, "guests are left over that way");
        record.Add("random_total", placement.RandomTotal);
        record.Add("hosts", placement.Hosts.Count);
        record.Add("guests", request.Guests.Count);
        record.Add("measure_next", placement.MeasureNext is { } next ? new List<string> { next.WorkloadA, next.WorkloadB } : null, placement.MeasureNextReason);
        record.Add("measure_next_gain", placement.MeasureNext?.ExpectedGain);
        if (placement.Hosts.Any(h => h.Guests.Count > 2))
            record.Add("many_guests_note", ManyGuests);
        return record;
    }

    private static Option<int?> Positive(string name, string alias, string description)
    {
        var option = new Option<int?>(name, alias) { Description = description, HelpName = "N" };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() < 1)
                result.AddError($"{name} must be at least 1");
        });
        return option;
    }
}
