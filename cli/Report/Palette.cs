using Colocate.Model.Runs;

namespace Colocate.Cli.Report;

/// <summary>
/// One colour and one symbol per workload across the whole report. Colours are those of Okabe and Ito, "Color Universal Design" (2008),
/// which people with any common colour blindness can tell apart; their black is a grey here, so that it shows on dark ground.
/// Beyond eight workloads colours repeat; seven symbols, coprime to eight colours, keep 56 workloads apart. Three hues that no workload has,
/// legible on light and on dark ground, say measured, simulated and predicted.
/// </summary>
public sealed class Palette
{
    /// <summary>Colour of what belongs to no single workload: Domain-0, the host, reference lines.</summary>
    public const string Neutral = "#858b91";

    /// <summary>What was measured.</summary>
    public static Origin Measured { get; } = new("measured", "#64748B", "circle");

    /// <summary>What the simulator says.</summary>
    public static Origin Simulated { get; } = new("simulated", "#8E5BD0", "diamond");

    /// <summary>What the predictor says.</summary>
    public static Origin Predicted { get; } = new("predicted", "#D6336C", "square");

    private static readonly string[] s_colors = ["#0072B2", "#56B4E9", "#009E73", "#F0E442", "#E69F00", "#CC79A7", "#D55E00", "#6B6F73"];
    private static readonly string[] s_symbols = ["circle", "square", "diamond", "triangle-up", "cross", "pentagon", "star"];

    private readonly Dictionary<string, int> _place = [];

    /// <summary>Hands out colours to every workload that any table names, in the order people expect (4KB before 10KB).</summary>
    public Palette(ReportTables tables)
    {
        IEnumerable<string?> names =
        [
            .. tables.RunDomains.Select(d => d.Workload),
            .. tables.BaseCases.Select(b => b.Workload),
            .. tables.GuestScores.Select(s => s.Workload),
            .. tables.PairScores.SelectMany(p => new[] { p.WorkloadA, p.WorkloadB }),
            .. tables.EvaluationPairs.SelectMany(p => new[] { p.WorkloadA, p.WorkloadB }),
            .. tables.Predictions.SelectMany(p => new[] { p.WorkloadA, p.WorkloadB }),
            .. tables.SimulatedDomains.Select(d => d.Workload),
            .. tables.CalibrationResiduals.Select(r => r.Workload),
        ];
        foreach (string name in names.OfType<string>().Where(n => n != "idle").Distinct().Order(WorkloadOrder.Instance))
            _place.Add(name, _place.Count);
    }

    /// <summary>Colour of a workload; neutral for null, idle and anything that no table names.</summary>
    public string Color(string? workload) =>
        workload is not null && _place.TryGetValue(workload, out int i) ? s_colors[i % s_colors.Length] : Neutral;

    /// <summary>
    /// Symbol of a workload; a slanted cross for null (the driver domain), an open circle for idle and anything that no table names.
    /// </summary>
    public string Symbol(string? workload) => workload switch
    {
        null => "x",
        _ when _place.TryGetValue(workload, out int i) => SymbolAt(i),
        _ => "circle-open",
    };

    /// <summary>Reading order: measured, simulated, predicted.</summary>
    public static int Place(Origin origin) => origin == Measured ? 0 : origin == Simulated ? 1 : 2;

    /// <summary>The n-th symbol, for series that are no workloads; symbols repeat after seven.</summary>
    public static string SymbolAt(int index) => s_symbols[index % s_symbols.Length];
}
