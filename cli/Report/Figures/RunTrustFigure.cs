using Colocate.Model.Tables;

namespace Colocate.Cli.Report.Figures;

/// <summary>One line per run: what was lost, what was set aside, and whether independent tools agree.</summary>
public sealed class RunTrustFigure : IFigure
{
    /// <inheritdoc/>
    public string Id => "runs";

    /// <inheritdoc/>
    public string Question => "Is every run whole?";

    /// <inheritdoc/>
    public IReadOnlyList<Table> Reads { get; } =
        [Table.Of<RunRow>(), Table.Of<InputFileRow>(), Table.Of<ClientResultRow>(), Table.Of<HostMetricsRow>(), .. CpuReading.Reads];

    /// <inheritdoc/>
    public Drawing Draw(ReportTables tables)
    {
        if (tables.Runs.Count == 0)
            return new Drawing("The lake holds no run, so there is nothing to check.");
        ILookup<string, InputFileRow> files = tables.InputFiles.ToLookup(f => f.Run);
        ILookup<string, ClientResultRow> clients = tables.ClientResults.ToLookup(c => c.Run);
        ILookup<string, double?> windows = tables.HostMetrics.ToLookup(h => h.Run, h => h.WindowS);
        ILookup<string, CpuReading> cpu = CpuReading.All(tables).ToLookup(r => r.Run);
        NumberTable numbers = NumberTable.Of<RunRow>(tables.Runs,
        [
            new("run", "Run", NumberFormat.Text, r => r.Run),
            new("campaign", "Campaign", NumberFormat.Text, r => r.Campaign),
            new("kind", "Kind", NumberFormat.Text, r => r.Kind),
            new("status", "Status", NumberFormat.Mark, r => r.Status),
            new("lost_records", "Lost records", NumberFormat.Count, r => Sum(files[r.Run].Select(f => f.LostRecords))),
            new("skipped_bytes", "Skipped, B", NumberFormat.Count, r => Sum(files[r.Run].Select(f => f.SkippedBytes))),
            new("set_aside_bytes", "Set aside, B", NumberFormat.Count, r => Sum(files[r.Run].Select(f => f.SetAsideBytes))),
            new("window_s", "Traced, s", NumberFormat.Rate, r => windows[r.Run].FirstOrDefault()),
            new("load_s", "Load, s", NumberFormat.Rate, r => r.LoadS),
            new("driver_cpu_difference_fraction", "Driver CPU apart, points", NumberFormat.Points, r => Widest(cpu[r.Run], isDriver: true)),
            new("guest_cpu_difference_fraction", "Guest CPU apart, points", NumberFormat.Points, r => Widest(cpu[r.Run], isDriver: false)),
            new("client_errors", "Client errors", NumberFormat.Count, r => Sum(clients[r.Run].Select(c => c.Errors))),
            new("client_timeouts", "Time-outs", NumberFormat.Count, r => Sum(clients[r.Run].Select(c => c.ErrorsClientTimeout))),
        ], r => r.Status != "ok");
        return Judge(tables.Runs, tables.InputFiles) with { Numbers = numbers };
    }

    private static Drawing Judge(IReadOnlyList<RunRow> runs, IReadOnlyList<InputFileRow> files)
    {
        string[] lossy = [.. runs.Where(r => r.Status == "lossy").Select(r => r.Run)];
        string[] aside = [.. runs.Where(r => r.Status == "set_aside").Select(r => r.Run)];
        long lost = files.Sum(f => f.LostRecords ?? 0);
        string lostRecords = $"{(lost == 0 ? "No record was" : Show.Count(lost, "record was", "records were"))} lost while recording.";
        if (lossy.Length + aside.Length == 0)
            return new Drawing($"{(runs.Count == 1 ? "The only run is" : $"All of {Show.Count(runs.Count, "run")} are")} whole. {lostRecords}") { Verdict = Verdict.Yes };
        List<string> parts = [];
        if (lossy.Length > 0)
            parts.Add($"{lossy.Length} of {Show.Count(runs.Count, "run")} lost data ({Show.Names(lossy)})");
        if (aside.Length > 0)
            parts.Add($"{aside.Length} of {Show.Count(runs.Count, "run")} could not be used in full ({Show.Names(aside)})");
        return new Drawing($"{string.Join("; ", parts)}. {lostRecords}")
        {
            Verdict = lossy.Length + aside.Length < runs.Count ? Verdict.WithCare : Verdict.No,
        };
    }

    private static long? Sum(IEnumerable<long?> values)
    {
        long[] known = [.. values.OfType<long>()];
        return known.Length == 0 ? null : known.Sum();
    }

    /// <summary>The difference that is furthest from zero, with its sign.</summary>
    private static double? Widest(IEnumerable<CpuReading> readings, bool isDriver) =>
        readings.Where(r => r.IsDriver == isDriver && r.Difference is not null).MaxBy(r => Math.Abs(r.Difference!.Value))?.Difference;
}
