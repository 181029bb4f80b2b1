namespace Colocate.Model.Tables;

/// <summary>Every table of the lake. Adding one is a row type and a line here.</summary>
public static class TableCatalogue
{
    /// <summary>The tables in reading order: inputs first, then what was measured, then what follows from it.</summary>
    public static IReadOnlyList<Table> All { get; } =
    [
        Table.Of<RunRow>(),
        Table.Of<RunDomainRow>(),
        Table.Of<InputFileRow>(),
        Table.Of<DiagnosticRow>(),
        Table.Of<ClientResultRow>(),
        Table.Of<ClientIntervalRow>(),
        Table.Of<ClientPercentileRow>(),
        Table.Of<ClientHistogramRow>(),
        Table.Of<GuestResultRow>(),
        Table.Of<GuestIntervalRow>(),
        Table.Of<XentopSampleRow>(),
        Table.Of<XentopVcpuRow>(),
        Table.Of<XentopNetworkRow>(),
        Table.Of<XentopDeviceRow>(),
        Table.Of<XentopPcpuRow>(),
        Table.Of<XenmonSampleRow>(),
        Table.Of<TraceEventRow>(),
        Table.Of<RecordRow>(),
        Table.Of<TraceCallRow>(),
        Table.Of<VcpuStateRow>(),
        Table.Of<PcpuStateRow>(),
        Table.Of<DomainDurationRow>(),
        Table.Of<DomainMetricsRow>(),
        Table.Of<DomainIntervalRow>(),
        Table.Of<HostMetricsRow>(),
        Table.Of<HostIntervalRow>(),
        Table.Of<CrossCheckRow>(),
        Table.Of<BaseCaseRow>(),
        Table.Of<GuestScoreRow>(),
        Table.Of<PairScoreRow>(),
        Table.Of<EvaluationRow>(),
        Table.Of<EvaluationPairRow>(),
        Table.Of<PredictionRow>(),
        Table.Of<FeatureContributionRow>(),
        Table.Of<SimulatedRunRow>(),
        Table.Of<SimulatedDomainRow>(),
        Table.Of<CalibrationParameterRow>(),
        Table.Of<CalibrationResidualRow>(),
        Table.Of<ClaimRow>(),
        Table.Of<CalibrationEigenRow>(),
        Table.Of<CalibrationProfileRow>(),
    ];

    /// <summary>The table of that name; null when there is none.</summary>
    public static Table? Find(string name) => All.FirstOrDefault(t => t.Name == name);
}
