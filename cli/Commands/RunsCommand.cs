using System.CommandLine;
using Colocate.Cli.Output;
using Colocate.Model.Lake;
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
            IReadOnlyList<RunRow> runs = await source.ReadAsync<RunRow>().ConfigureAwait(false);
            ILookup<string, RunDomainRow> domains = (await source.ReadAsync<RunDomainRow>().ConfigureAwait(false)).ToLookup(d => d.Run);
            ILookup<string, CrossCheckRow> checks = (await source.ReadAsync<CrossCheckRow>().ConfigureAwait(false)).ToLookup(c => c.Run);
            RecordWriter.Write(terminal, parsed.GetValue(format), runs.Select(run => Describe(run, domains[run.Run], checks[run.Run])));
            return 0;
        });
        return command;
    }

    private static Record Describe(RunRow run, IEnumerable<RunDomainRow> domains, IEnumerable<CrossCheckRow> checks) => new()
    {
        { "run", run.Run },
        { "campaign", run.Campaign },
        { "kind", run.Kind },
        {
            "vms", domains.Where(d => d.Role == "guest").OrderBy(d => d.DomainIndex).Select(d => new Record
            {
                { "domain", d.Domain }, { "workload", d.Workload }, { "offered_per_s", d.OfferedPerS }, { "rate_fraction", d.Workload == Model.Runs.DomainSpec.IdleWorkload ? null : run.RateFraction },
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
        { "checks_agree", checks.Count(c => c.Verdict == "agree") },
        { "checks_disagree", checks.Count(c => c.Verdict == "disagree") },
        { "checks_not_compared", checks.Count(c => c.Verdict == "not_compared") },
    };
}
