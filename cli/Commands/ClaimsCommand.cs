using System.CommandLine;
using System.Globalization;
using Colocate.Cli.Output;
using Colocate.Cli.Pipeline;
using Colocate.Cli.Progress;
using Colocate.Model.Errors;
using Colocate.Model.Lake;
using Colocate.Model.Tables;
using Colocate.Simulate.Claims;
using Colocate.Simulate.Experiments;
using Colocate.Simulate.Parameters;

namespace Colocate.Cli.Commands;

/// <summary><c>claims</c>: the score card, of the paper's claims or of a lab's own runs.</summary>
internal static class ClaimsCommand
{
    internal static Command Create(Terminal terminal)
    {
        var parameters = new Option<string?>("--params", "-p") { Description = "Parameters: of the paper's host for the paper's claims, of a lab's host to simulate the runs of --lake anew.", HelpName = "JSON" };
        var lake = new Option<string?>("--lake", "-l") { Description = "Lake of a lab: hold its measured runs against their simulation. With the paper's host: where to keep the score card for the report.", HelpName = "DIR" };
        Option<int> replicas = CommonOptions.Replicas(), seed = CommonOptions.Seed(), jobs = CommonOptions.Jobs();
        Option<bool> quiet = CommonOptions.Quiet();
        Option<OutputFormat?> format = CommonOptions.Format();
        var command = new Command("claims", "Score card: every claim of the paper, or every measured run of a lab, with value, target, verdict and the command that reproduces it.") { parameters, lake, replicas, seed, jobs, quiet, format };
        command.Validators.Add(result =>
        {
            if (result.GetValue(parameters) is null && result.GetValue(lake) is null)
                result.AddError("give --params of the paper's host, or --lake of a lab");
        });
        command.SetAction(async (parsed, cancellation) =>
        {
            using var progress = new ProgressDisplay(terminal, parsed.GetValue(quiet));
            var settings = new ExperimentSettings { Replicas = parsed.GetValue(replicas), Seed = parsed.GetValue(seed), Jobs = parsed.GetValue(jobs) };
            string? path = parsed.GetValue(parameters), folder = parsed.GetValue(lake);
            IReadOnlyList<ClaimRow> rows = (path is null ? null : PaperHosts.Read(path, settings), folder) switch
            {
                ({ } paper, _) => await PaperAsync(paper, settings.Replicas, path!, folder, progress, cancellation).ConfigureAwait(false),
                (null, { } lab) => await LabAsync(lab, path, settings, progress, cancellation).ConfigureAwait(false),
                _ => throw new RequestException(ExitCode.WrongUse, $"'{path}' describes a lab host", "`colocate calibrate --paper` makes one for the paper's claims; give --lake for the lab's own runs"),
            };
            RecordWriter.Write(terminal, parsed.GetValue(format), rows.Select(Describe));
            return 0;
        });
        return command;
    }

    /// <summary>The paper's claims, kept in a lake where one is given.</summary>
    /// <param name="host">The host they are judged on.</param>
    /// <param name="replicas">Simulations of one experiment there.</param>
    /// <param name="parameters">Path of its parameters.</param>
    /// <param name="folder">The lake; null for none.</param>
    /// <param name="progress">Hears of simulations done.</param>
    /// <param name="cancellation">Ends it.</param>
    internal static async Task<IReadOnlyList<ClaimRow>> PaperAsync(IPaperHost host, int replicas, string parameters, string? folder, ProgressDisplay progress, CancellationToken cancellation)
    {
        ClaimRow[] rows = [.. ClaimCatalogue.Judge(host, new ExperimentReport(progress, ClaimCatalogue.Experiments.Count * replicas), cancellation).Select(r => r.ToRow(parameters, host.SeenPairs))];
        if (folder is not null)
        {
            using Lake lake = Lake.OpenForWriting(folder);
            await new LabSteps(lake, progress).KeepPaperClaimsAsync(rows).ConfigureAwait(false);
        }

        Tell(progress, rows, host.FreeParameters);
        return rows;
    }

    internal static Record Describe(ClaimRow row) => new()
    {
        { "id", row.Claim }, { "role", row.Role }, { "statement", row.Statement }, { "target", row.Target }, { "tolerance", row.Tolerance }, { "unit", row.Unit }, { "value", row.Value },
        { "miss", row.Miss }, { "verdict", row.Verdict }, { "command", row.Command }, { "reason", row.Reason },
    };

    private static async Task<IReadOnlyList<ClaimRow>> LabAsync(string folder, string? parameters, ExperimentSettings settings, ProgressDisplay progress, CancellationToken cancellation)
    {
        using Lake lake = Lake.Open(folder);
        LabTables tables = parameters is null
            ? await LakeClaims.StoredAsync(lake).ConfigureAwait(false)
            : await LakeClaims.SimulatedAsync(lake, ParameterFiles.Read(parameters), settings, progress, cancellation).ConfigureAwait(false);
        IReadOnlyList<LabComparison> comparisons = LakeClaims.Compare(tables);
        // `run` leaves the parameters beside its lake.
        string used = parameters ?? Path.Combine(Path.GetDirectoryName(folder.TrimEnd(Path.DirectorySeparatorChar)) ?? "", "params.json");
        ClaimRow[] rows = [.. comparisons.Select(c => c.ToRow(used, folder))];
        Tell(progress, rows, ParameterCatalogue.All.Count(p => p.IsFitted));
        progress.Talk(ClaimTalk.Of(LabSummary.Of(comparisons, tables.Scores)));
        return rows;
    }

    private static void Tell(ProgressDisplay progress, ClaimRow[] rows, int freeParameters)
    {
        progress.Talk(string.Create(CultureInfo.InvariantCulture, $"claims: {rows.Length}, free parameters: {freeParameters}"));
        foreach (string line in ClaimTalk.Counts(rows))
            progress.Talk(line);
    }
}
