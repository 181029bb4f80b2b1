using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Colocate.Cli.Pipeline;
using Colocate.Model.Errors;
using Colocate.Model.Lake;
using Colocate.Simulate.Experiments;
using Colocate.Simulate.Parameters;
using Colocate.Simulate.Scenarios;
using Colocate.Simulate.Schedulers;

namespace Colocate.Cli.Commands;

/// <summary>What to simulate: guests, their loads and shares, the host; or a measured run.</summary>
internal sealed class ScenarioOptions
{
    private readonly Option<string[]> _vms = new("--vm") { Description = "Workload of a guest, or idle; repeat for several guests.", HelpName = "W", DefaultValueFactory = _ => [] };
    private readonly Option<double[]?> _rates = List("--rate", "Offered load as a fraction of the base case B: one for all guests, or one each. Default: 1.", "F[,F]", v => v is >= 1e-6 and <= 100, "numbers from 1E-06 to 100", 1);
    private readonly Option<double[]?> _weights = List("--weight", "Scheduler weight, a whole number: one for all guests, or one each. Default: 256.", "N[,N]", v => v is >= 1 and <= 65535 && double.IsInteger(v), "whole numbers from 1 to 65535", 1);
    private readonly Option<double[]?> _caps = List("--cap", "Scheduler cap in per cent of one pcpu, 0 = none: one for all guests, or one each. Default: 0.", "P[,P]", v => v is 0 or (>= 1 and <= 100), "0 or numbers from 1 to 100", 100);
    private readonly Option<int?> _pcpus = new("--pcpus") { Description = "Physical cpus. Default: those of the calibrated host.", HelpName = "N" };
    private readonly Option<double?> _nic = new("--nic-mbit") { Description = "Rate of the network card in Mbit/s. Default: that of the calibrated host.", HelpName = "R" };
    private readonly Option<string?> _scheduler = new("--scheduler")
    {
        Description = "Scheduler: " + string.Join("; ", SchedulerCatalogue.All.Select(s => $"{s.Name} ({s.Meaning})")) + ". Default: that of the calibrated host.",
        HelpName = "NAME",
    };

    private readonly Option<string?> _like = new("--like") { Description = "Repeat a measured run of --lake at its own offered rates: starts cold, lasts as long, T the same way.", HelpName = "RUN" };

    private readonly Option<double?> _duration = new("--duration")
    {
        Description = "Seconds of load, as 20s or 20. Default: as long as the base runs lasted.",
        HelpName = "S",
        CustomParser = result => double.TryParse(result.Tokens[0].Value.TrimEnd('s'), NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds) && seconds is >= 0.001 and <= 1e6
            ? seconds
            : Fail(result, $"--duration {result.Tokens[0].Value}: give seconds from 0.001 to 1000000, for instance 20s"),
    };

    internal void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_vms, _rates, _weights, _caps, _pcpus, _nic, _scheduler, _like, _duration])
            command.Add(option);
        _scheduler.AcceptOnlyFromAmong([.. SchedulerCatalogue.All.Select(s => s.Name)]);
        command.Validators.Add(Check);
    }

    /// <summary>The experiment asked for; the lake is opened only for a measured run.</summary>
    internal async Task<Experiment> ReadAsync(ParseResult parsed, CalibratedHost host, Func<Lake> lake)
    {
        if (parsed.GetValue(_like) is { } run)
        {
            using Lake opened = lake();
            IReadOnlyList<Experiment> measured = await LakeSimulation.MeasuredAsync(opened).ConfigureAwait(false);
            if (measured.FirstOrDefault(e => e.LikeRun == run) is { } experiment)
                return experiment;
            string? reason = (await LakeSimulation.RefusedAsync(opened).ConfigureAwait(false)).FirstOrDefault(r => r.Run == run).Reason;
            throw reason is null
                ? new RequestException(ExitCode.NothingMatched, $"the lake has no run '{run}'", "list them with `colocate runs`")
                : new RequestException(ExitCode.NothingMatched, $"the run '{run}' cannot be simulated: {reason}", "complete its run.json and ingest it again");
        }

        string[] workloads = parsed.GetValue(_vms)!;
        double[] rates = Spread(parsed.GetValue(_rates), workloads.Length, 1), weights = Spread(parsed.GetValue(_weights), workloads.Length, HostScenario.DefaultWeight), caps = Spread(parsed.GetValue(_caps), workloads.Length, 0);
        HostScenario scenario = WhatIf.Scenario(host, [.. workloads.Zip(rates)], parsed.GetValue(_scheduler));
        scenario = scenario with
        {
            Guests = [.. scenario.Guests.Select((g, i) => g with { Weight = (int)weights[i], CapFraction = caps[i] })],
            DurationS = parsed.GetValue(_duration) ?? scenario.DurationS,
            Pcpus = parsed.GetValue(_pcpus) ?? scenario.Pcpus,
            NicMbit = parsed.GetValue(_nic) ?? scenario.NicMbit,
        };
        if (!SchedulerCatalogue.Find(scenario.SchedulerName)!.HasShares && scenario.Guests.Any(g => g.Weight != HostScenario.DefaultWeight || g.CapFraction > 0))
            throw new RequestException(ExitCode.WrongUse, $"the scheduler {scenario.SchedulerName} has no weights and caps", "leave out --weight and --cap, or choose another scheduler");
        return new Experiment($"what_if/{string.Join("+", workloads)}", "what_if", null, rates.Distinct().Count() == 1 ? rates[0] : null, scenario);
    }

    private void Check(CommandResult result)
    {
        // A value that could not be read has its message already, and asking for it would throw.
        if (result.Children.OfType<OptionResult>().Any(o => o.Errors.Any()))
            return;
        int guests = result.GetValue(_vms)!.Length;
        bool like = result.GetValue(_like) is not null;
        if (like == guests > 0)
            result.AddError("give either guests with --vm or a measured run with --like");
        foreach (Option<double[]?> option in (Option<double[]?>[])[_rates, _weights, _caps])
        {
            if (result.GetResult(option) is null || result.GetValue(option) is not { } values)
                continue;
            if (like)
                result.AddError($"{option.Name} does not go with --like: the run has its own");
            else if (values.Length != 1 && values.Length != guests)
                result.AddError($"{option.Name} has {values.Length} values for {guests} guests: give one, or one each");
        }

        foreach (Option option in (Option[])[_pcpus, _nic, _scheduler, _duration])
        {
            if (like && result.GetResult(option) is not null)
                result.AddError($"{option.Name} does not go with --like: the run has its own");
        }

        if (result.GetValue(_pcpus) is < 1 or > 4096)
            result.AddError("--pcpus must lie between 1 and 4096");
        if (result.GetValue(_nic) is { } rate && rate is not (>= 1e-6 and <= 1e9))
            result.AddError("--nic-mbit must be above 0");
    }

    private static double[] Spread(double[]? given, int guests, double otherwise) => given is null or [] ? [.. Enumerable.Repeat(otherwise, guests)] : given.Length == 1 ? [.. Enumerable.Repeat(given[0], guests)] : given;

    private static Option<double[]?> List(string name, string description, string helpName, Func<double, bool> isValid, string valid, double divisor) => new(name)
    {
        Description = description,
        HelpName = helpName,
        CustomParser = result =>
        {
            var values = new List<double>();
            foreach (string part in result.Tokens.SelectMany(t => t.Value.Split(',')))
            {
                if (!double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) || !isValid(value))
                {
                    result.AddError($"{name} {string.Join(",", result.Tokens.Select(t => t.Value))}: give {valid}, separated by commas");
                    return null;
                }

                values.Add(value / divisor);
            }

            return [.. values];
        },
    };

    private static double? Fail(ArgumentResult result, string message)
    {
        result.AddError(message);
        return null;
    }
}
