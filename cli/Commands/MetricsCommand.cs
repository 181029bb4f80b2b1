using System.CommandLine;
using Colocate.Cli.Output;
using Colocate.Model.Errors;
using Colocate.Model.Lake;
using Colocate.Model.Metrics;
using Colocate.Model.Tables;

namespace Colocate.Cli.Commands;

/// <summary><c>metrics</c>: the eight metrics per run and domain, and for the whole host.</summary>
internal static class MetricsCommand
{
    /// <summary>Fields that scripts rely on, first and in this order; the others follow.</summary>
    private static readonly string[] s_contract =
    [
        "window_s", "cpu_fraction", "wait_fraction", "block_fraction", "executions_per_s", "events_per_s", "switches_per_s", "pages_per_s",
        "pages_per_execution", "event_channel_per_s", "lossy", "method",
    ];

    internal static Command Create(Terminal terminal)
    {
        Option<string> lake = CommonOptions.Lake();
        Option<OutputFormat?> format = CommonOptions.Format();
        var run = new Option<string?>("--run") { Description = "Only this run.", HelpName = "ID" };
        var interval = new Option<string?>("--interval") { Description = "Per interval instead of the whole window; 1s is what is stored.", HelpName = "1s" };
        interval.AcceptOnlyFromAmong("1s");
        var definitions = new Option<bool>("--definitions") { Description = "Say how each metric is defined, and by whom, instead of reading a lake." };
        var command = new Command("metrics", "Show the eight metrics of every run, by domain and for the whole host.") { lake, run, interval, definitions, format };
        command.SetAction(async (parsed, _) =>
        {
            if (parsed.GetValue(definitions))
            {
                RecordWriter.Write(terminal, parsed.GetValue(format), MetricCatalogue.All.Select(Define));
                return 0;
            }

            using Lake source = Lake.Open(parsed.GetValue(lake)!);
            List<Record> records = parsed.GetValue(interval) is null
                ? await ReadAsync<DomainMetricsRow, HostMetricsRow>(source, parsed.GetValue(run), r => r.Run, r => r.Domain, r => r.Run, _ => 0, _ => 0).ConfigureAwait(false)
                : await ReadAsync<DomainIntervalRow, HostIntervalRow>(source, parsed.GetValue(run), r => r.Run, r => r.Domain, r => r.Run, r => r.IntervalIndex, r => r.IntervalIndex).ConfigureAwait(false);
            if (records.Count == 0 && parsed.GetValue(run) is { } id)
            {
                bool known = (await source.ReadAsync<RunRow>().ConfigureAwait(false)).Any(r => r.Run == id);
                throw new RequestException(ExitCode.NothingMatched, known ? $"The run '{id}' has no such metrics: it has no usable trace" : $"There is no run '{id}' in the lake", "list the runs with `colocate runs`");
            }

            if (records.Count == 0)
                await terminal.Error.WriteLineAsync("The lake holds no such metrics: none of its runs has a usable trace.").ConfigureAwait(false);
            RecordWriter.Write(terminal, parsed.GetValue(format), records);
            return 0;
        });
        return command;
    }

    private static Record Define(Metric metric) => new()
    {
        { "metric", metric.Id }, { "title", metric.Title }, { "unit", metric.Unit }, { "formula", metric.Formula }, { "source", metric.Source },
    };

    private static async Task<List<Record>> ReadAsync<TDomain, THost>(
        Lake lake, string? only, Func<TDomain, string> runOf, Func<TDomain, string> domainOf, Func<THost, string> hostRunOf, Func<TDomain, int> intervalOf, Func<THost, int> hostIntervalOf)
        where TDomain : DomainMeasures, new()
        where THost : HostMeasures, new()
    {
        IReadOnlyList<TDomain> domains = await lake.ReadAsync<TDomain>().ConfigureAwait(false);
        IReadOnlyList<THost> hosts = await lake.ReadAsync<THost>().ConfigureAwait(false);
        var lines = domains.Select(r => (Run: runOf(r), Interval: intervalOf(r), IsHost: 0, Record: Describe(runOf(r), domainOf(r), Table.Of<TDomain>(), r)))
            .Concat(hosts.Select(r => (Run: hostRunOf(r), Interval: hostIntervalOf(r), IsHost: 1, Record: Describe(hostRunOf(r), "host", Table.Of<THost>(), r))));
        return [.. lines.Where(l => only is null || l.Run == only).OrderBy(l => l.Run, Model.Runs.WorkloadOrder.Instance).ThenBy(l => l.Interval).ThenBy(l => l.IsHost).Select(l => l.Record)];
    }

    private static Record Describe(string run, string domain, Table table, object row)
    {
        var record = new Record { { "run", run }, { "domain", domain } };
        foreach (string name in s_contract)
        {
            Column? column = table.Columns.FirstOrDefault(c => c.Name == name);
            if (column is null)
                record.Add(name, null, "a state of one domain's vcpus; the host has none");
            else
                record.Add(name, column.Get(row), column.GetReason(row));
        }

        return record.AddColumns(table, row);
    }
}
