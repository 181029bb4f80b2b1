using Colocate.Cli.Report.Figures;

namespace Colocate.Cli.Report;

/// <summary>Every figure of the report. Adding one is a class and a line here.</summary>
public static class FigureCatalogue
{
    /// <summary>The chapters in reading order: first whether to believe the data, last where they come from.</summary>
    public static IReadOnlyList<ReportSection> Sections { get; } =
    [
        new("trust", "Trust", "Can I trust this data?",
        [
            new MeasuredFigure(), new RunTrustFigure(), new DiagnosticsFigure(), new TraceCoverageFigure(), new CpuAgreementFigure(), new CrossCheckFigure(), new SteadyLoadFigure(),
            new BaseSpreadFigure(), new PairSpreadFigure(), new GuestTraceFigure(),
        ]) { IsChecklist = true },
        new("pairs", "Pairs", "Which workloads get along?", [new CombinedScoreFigure(), new PairMatrixFigure(), new PlacementFigure()]),
        new("sweeps", "Sweeps", "What happens as the load rises?", [new SweepFigure(), new NetworkFigure()]),
        new("calibration", "Calibration", "How far can the simulations be trusted?",
        [
            new UnseenPairFigure(), new CalibrationResidualFigure(), new CalibrationParameterFigure(), new CalibrationTieFigure(), new CalibrationProfileFigure(),
        ]),
        new("claims", "Claims", "Does the simulator keep what it is held against?",
        [
            new ClaimFigure("lab", "Are runs as simulated as they were measured?", "No measured run was held against its simulation: `colocate run` does so."),
            new ClaimFigure("paper", "Do the paper's claims hold on its simulated host?", "The paper's claims were not tested: `colocate claims --params params.json --lake LAKE` keeps their score card here."),
        ]),
        new("prediction", "Prediction", "How far can the predictions be trusted?", [new EvaluationFigure(), new HeldOutFigure(), new ContributionFigure()]),
        new("provenance", "Provenance", "Where does this page come from?", [new InputFilesFigure()]),
    ];

    /// <summary>The figures of all chapters.</summary>
    public static IEnumerable<IFigure> All => Sections.SelectMany(s => s.Figures);
}
