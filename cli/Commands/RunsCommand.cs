using System.CommandLine;
using Colocate.Cli.Output;
using Colocate.Ingest.Runs;
using Colocate.Model.Lake;
using Colocate.Model.Runs;
using Colocate.Model.Tables;

namespace Colocate.Cli.Commands;

/// <summary><c>runs</c>: one line a run.</summary>
internal static class RunsCommand
{
    internal static Command Create(Terminal terminal)
    {
        Option<string> lake = CommonOptions.Lake();
        Option<OutputFormat?> format = CommonOptions.Format();
        var command = new Command("runs", "List the runs of a lake.") { lake, format };
        command.SetAction(async (parsed, _) =>
        {
            using Lake source = Lake.Open(parsed.GetValue(lake)!);
            RecordWriter.Write(terminal, parsed.GetValue(format), (source.Listings(LabIngest.Stage) ?? await ReadAsync(source).ConfigureAwait(false)).Select(Describe));
            return 0;
        });
        return command;
    }

    /// <summary>From the tables: what older versions committed has no lines of its own.</summary>
    private static async Task<IReadOnlyList<RunListing>> ReadAsync(Lake source)
    {
        ILookup<string, RunDomainRow> domains = (await source.ReadAsync<RunDomainRow>().ConfigureAwait(false)).ToLookup(d => d.Run);
        ILookup<string, CrossCheckRow> checks = (await source.ReadAsync<CrossCheckRow>().ConfigureAwait(false)).ToLookup(c => c.Run);
        return [.. (await source.ReadAsync<RunRow>().ConfigureAwait(false)).Select(run => RunListing.Of(run, domains[run.Run], checks[run.Run]))];
    }

    private static Record Describe(RunListing run) => new()
    {
        { "run", run.Run },
        { "campaign", run.Campaign },
        { "kind", run.Kind },
        {
            "vms", run.Guests.Select(g => new Record
            {
                { "domain", g.Domain }, { "workload", g.Workload }, { "offered_per_s", g.OfferedPerS }, { "rate_fraction", g.Workload == DomainSpec.IdleWorkload ? null : run.RateFraction },
            }).ToList()
        },
        { "host", run.Host },
        { "status", run.Status },
        { "files", run.Files },
        { "kind_declared", run.KindDeclared },
        { "start_utc", run.StartUtc },
        { "load_s", run.LoadS },
        { "tsc_hz", run.TscHz },
        { "tsc_hz_source", run.TscHzSource },
        { "checks_agree", run.ChecksAgree },
        { "checks_disagree", run.ChecksDisagree },
        { "checks_not_compared", run.ChecksNotCompared },
    };
}
