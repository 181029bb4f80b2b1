using System.Globalization;
using Colocate.Model.Csv;

namespace Colocate.Simulate.Claims;

/// <summary>
/// Tables I and II and the claims of "Understanding Performance Interference of I/O Workload in Virtualized Cloud Environments" (IEEE CLOUD
/// 2010, https://doi.org/10.1109/CLOUD.2010.65), as the program carries them (<c>samples/paper</c>).
/// </summary>
public static class PaperFiles
{
    private const string Kb = "workload_kb";

    /// <summary>The claims in the order of the file.</summary>
    public static IReadOnlyList<ClaimStatement> Claims { get; } = ReadClaims();

    /// <summary>The base cases of both tables, by file size.</summary>
    public static IReadOnlyList<PublishedBaseCase> BaseCases { get; } = ReadBaseCases();

    private static IReadOnlyList<ClaimStatement> ReadClaims()
    {
        using StreamReader reader = Open("claims.csv");
        CsvTable table = CsvTable.Read(reader, "claims.csv");
        return
        [
            .. table.Rows.Select(row => new ClaimStatement(
                table.Text(row.Line, row.Fields, "id"),
                table.Field(row.Fields, "section"),
                table.Text(row.Line, row.Fields, "statement"),
                table.Field(row.Fields, "operator"),
                table.Field(row.Fields, "value"),
                table.Field(row.Fields, "unit"),
                table.Field(row.Fields, "tolerance"),
                Enum.Parse<ClaimRole>(table.Text(row.Line, row.Fields, "role"), ignoreCase: true),
                table.Field(row.Fields, "note"))),
        ];
    }

    private static IReadOnlyList<PublishedBaseCase> ReadBaseCases()
    {
        using StreamReader one = Open("table1.csv"), two = Open("table2.csv");
        return ReadBaseCases(one, two);
    }

    /// <summary>Reads base cases published in the form of the paper's Tables I and II.</summary>
    /// <param name="table1">Throughput, net I/O, response time and CPU of every workload (<c>table1.csv</c>).</param>
    /// <param name="table2">What the monitor showed of them (<c>table2.csv</c>).</param>
    /// <exception cref="FormatException">A table lacks a column or a row, or a field is no number.</exception>
    public static IReadOnlyList<PublishedBaseCase> ReadBaseCases(TextReader table1, TextReader table2)
    {
        CsvTable one = CsvTable.Read(table1, "table1.csv"), two = CsvTable.Read(table2, "table2.csv");
        Dictionary<string, string[]> system = two.Rows.ToDictionary(r => two.Field(r.Fields, Kb), r => r.Fields);
        return
        [
            .. one.Rows.Select(row =>
            {
                string kb = one.Field(row.Fields, Kb);
                string[] of = system.GetValueOrDefault(kb) ?? throw new FormatException($"table2.csv has no row of {kb} KB");
                return new PublishedBaseCase
                {
                    WorkloadKb = int.Parse(kb, CultureInfo.InvariantCulture),
                    ThroughputPerS = Number(one, row.Fields, "throughput_req_s"),
                    NetKbPerS = Number(one, row.Fields, "net_io_kb_s"),
                    FirstByteMs = Number(one, row.Fields, "response_time_ms"),
                    CpuFraction = Number(two, of, "cpu_pct") / 100,
                    PagesPerS = Number(two, of, "pages_exchange_per_s"),
                    PagesPerExecution = Number(two, of, "io_execution_pages_per_exe"),
                    DriverCpuFraction = Number(two, of, "dom0_cpu_pct") / 100,
                    DriverExecutionsPerS = Number(two, of, "dom0_execution_per_s"),
                    GuestCpuFraction = Number(two, of, "vm1_cpu_pct") / 100,
                    EventsPerS = Number(two, of, "event_per_s"),
                    SwitchesPerS = Number(two, of, "switch_per_s"),
                    DriverWaitFraction = Number(two, of, "dom0_waiting_pct") / 100,
                    DriverBlockFraction = Number(two, of, "dom0_block_pct") / 100,
                    GuestWaitFraction = Number(two, of, "vm1_waiting_pct") / 100,
                    GuestBlockFraction = Number(two, of, "vm1_block_pct") / 100,
                    GuestExecutionsPerS = Number(two, of, "vm1_execution_per_s"),
                };
            }),
        ];
    }

    private static double Number(CsvTable table, string[] fields, string column) => double.Parse(table.Field(fields, column), CultureInfo.InvariantCulture);

    private static StreamReader Open(string name) => new(typeof(PaperFiles).Assembly.GetManifestResourceStream(name)!);
}
