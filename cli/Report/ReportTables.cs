using Colocate.Model.Tables;

namespace Colocate.Cli.Report;

/// <summary>
/// Everything the report is drawn from: rows of the lake, in the order the lake gives them. A table that holds nothing is empty,
/// never null; a figure that lacks its rows says so in a sentence.
/// </summary>
public sealed record ReportTables
{
    /// <summary>The runs.</summary>
    public IReadOnlyList<RunRow> Runs { get; init; } = [];

    /// <summary>The domains of each run.</summary>
    public IReadOnlyList<RunDomainRow> RunDomains { get; init; } = [];

    /// <summary>The input files of each run.</summary>
    public IReadOnlyList<InputFileRow> InputFiles { get; init; } = [];

    /// <summary>What reading the inputs found.</summary>
    public IReadOnlyList<DiagnosticRow> Diagnostics { get; init; } = [];

    /// <summary>What the clients reported.</summary>
    public IReadOnlyList<ClientResultRow> ClientResults { get; init; } = [];

    /// <summary>What event traces inside the guests say.</summary>
    public IReadOnlyList<GuestResultRow> GuestResults { get; init; } = [];

    /// <summary>Figures that two sources tell of.</summary>
    public IReadOnlyList<CrossCheckRow> CrossChecks { get; init; } = [];

    /// <summary>The xentop logs.</summary>
    public IReadOnlyList<XentopSampleRow> XentopSamples { get; init; } = [];

    /// <summary>Metrics of each domain over the window of a run.</summary>
    public IReadOnlyList<DomainMetricsRow> DomainMetrics { get; init; } = [];

    /// <summary>Metrics of the whole host over the window of a run.</summary>
    public IReadOnlyList<HostMetricsRow> HostMetrics { get; init; } = [];

    /// <summary>Metrics of each domain, second by second.</summary>
    public IReadOnlyList<DomainIntervalRow> DomainIntervals { get; init; } = [];

    /// <summary>Metrics of the whole host, second by second.</summary>
    public IReadOnlyList<HostIntervalRow> HostIntervals { get; init; } = [];

    /// <summary>Records of each trace by event.</summary>
    public IReadOnlyList<TraceEventRow> TraceEvents { get; init; } = [];

    /// <summary>Throughput of each workload alone.</summary>
    public IReadOnlyList<BaseCaseRow> BaseCases { get; init; } = [];

    /// <summary>Each loaded guest held against its base case.</summary>
    public IReadOnlyList<GuestScoreRow> GuestScores { get; init; } = [];

    /// <summary>Measured combined scores.</summary>
    public IReadOnlyList<PairScoreRow> PairScores { get; init; } = [];

    /// <summary>Errors of the predictor.</summary>
    public IReadOnlyList<EvaluationRow> Evaluations { get; init; } = [];

    /// <summary>Its held-out predictions, one by one.</summary>
    public IReadOnlyList<EvaluationPairRow> EvaluationPairs { get; init; } = [];

    /// <summary>Predicted combined scores.</summary>
    public IReadOnlyList<PredictionRow> Predictions { get; init; } = [];

    /// <summary>What the predictions rest on.</summary>
    public IReadOnlyList<FeatureContributionRow> FeatureContributions { get; init; } = [];

    /// <summary>Simulated scenarios.</summary>
    public IReadOnlyList<SimulatedRunRow> SimulatedRuns { get; init; } = [];

    /// <summary>The domains of each simulated scenario.</summary>
    public IReadOnlyList<SimulatedDomainRow> SimulatedDomains { get; init; } = [];

    /// <summary>Parameters of the simulator after calibration.</summary>
    public IReadOnlyList<CalibrationParameterRow> CalibrationParameters { get; init; } = [];

    /// <summary>Score cards: of the paper's claims, of the lab's own runs.</summary>
    public IReadOnlyList<ClaimRow> Claims { get; init; } = [];

    /// <summary>Measured values beside their simulation after calibration.</summary>
    public IReadOnlyList<CalibrationResidualRow> CalibrationResiduals { get; init; } = [];

    /// <summary>Combinations of parameters by how much the runs say of them.</summary>
    public IReadOnlyList<CalibrationEigenRow> CalibrationEigen { get; init; } = [];

    /// <summary>Profile curves of parameters.</summary>
    public IReadOnlyList<CalibrationProfileRow> CalibrationProfiles { get; init; } = [];
}
