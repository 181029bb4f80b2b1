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

    private const string Host = "host";

    internal static Command Create(Terminal terminal)
    {
        Option<string> lake = CommonOptions.Lake();
        Option<OutputFormat?> format = CommonOptions.Format();
        var run = new Option<string?>("--run") { Description = "Only this run.", HelpName = "ID" };
        Option<double?> interval = MetricIntervals.Option();
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
            List<Record> records = parsed.GetValue(interval) is { } lengthS
                ? await IntervalsAsync(source, parsed.GetValue(run), lengthS).ConfigureAwait(false)
                : await WholesAsync(source, parsed.GetValue(run)).ConfigureAwait(false);
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

    private static async Task<List<Record>> WholesAsync(Lake lake, string? only)
    {
        IReadOnlyList<DomainMetricsRow> domains = await lake.ReadAsync<DomainMetricsRow>().ConfigureAwait(false);
        IReadOnlyList<HostMetricsRow> hosts = await lake.ReadAsync<HostMetricsRow>().ConfigureAwait(false);
        return Ordered(
            domains.Where(r => only is null || r.Run == only).Select(r => (r.Run, 0, 0, Describe(r.Run, r.Domain, Table.Of<DomainMetricsRow>(), r)))
                .Concat(hosts.Where(r => only is null || r.Run == only).Select(r => (r.Run, 0, 1, Describe(r.Run, Host, Table.Of<HostMetricsRow>(), r)))));
    }

    private static async Task<List<Record>> IntervalsAsync(Lake lake, string? only, double lengthS)
    {
        (IReadOnlyList<DomainIntervalRow> domains, IReadOnlyList<HostIntervalRow> hosts) = await MetricIntervals.ReadAsync(lake, only, lengthS).ConfigureAwait(false);
        return Ordered(
            domains.Select(r => (r.Run, r.IntervalIndex, 0, Describe(r.Run, r.Domain, Table.Of<DomainIntervalRow>(), r)))
                .Concat(hosts.Select(r => (r.Run, r.IntervalIndex, 1, Describe(r.Run, Host, Table.Of<HostIntervalRow>(), r)))));
    }

    /// <summary>By run, then interval, the host behind its domains.</summary>
    private static List<Record> Ordered(IEnumerable<(string Run, int Interval, int IsHost, Record Record)> lines) =>
        [.. lines.OrderBy(l => l.Run, Model.Runs.WorkloadOrder.Instance).ThenBy(l => l.Interval).ThenBy(l => l.IsHost).Select(l => l.Record)];

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
