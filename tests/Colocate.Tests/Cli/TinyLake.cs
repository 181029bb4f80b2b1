using Colocate.Model.Lake;
using Colocate.Model.Tables;
using Colocate.Simulate.Calibration;
using Colocate.Simulate.Parameters;
using Colocate.Tests.Simulate.Calibration;

namespace Colocate.Tests.Cli;

/// <summary>A lake of a few runs of two seconds on a simulated host, as if they had been ingested; made in no time, fitted in little.</summary>
internal static class TinyLake
{
    private static readonly SyntheticLab s_lab = new SyntheticLab(HostParameters.Start.With((ParameterCatalogue.Request, 7000)))
        .Add("base-1", "base", [SyntheticLab.Small], loadS: 2).Add("base-30", "base", [SyntheticLab.Large], loadS: 2).Add("idle", "idle", [SyntheticLab.Idle], null, loadS: 2)
        .Add("pair-1-30", "pair", [SyntheticLab.Small, SyntheticLab.Large.At(13)], loadS: 2).Add("sweep-1-30", "sweep", [SyntheticLab.Small.At(50), SyntheticLab.Large.At(7)], 0.5, loadS: 2);

    internal static async Task MakeAsync(string folder, Func<RunRow, bool>? chosen = null)
    {
        CalibrationTables tables = s_lab.Tables;
        using Lake lake = Lake.OpenForWriting(folder);
        await lake.CommitAsync(new StageOutput
        {
            Stage = "ingest",
            Fingerprint = new string('0', 64),
            Tables =
            [
                new(Table.Of<RunRow>(), [.. tables.Runs.Where(chosen ?? (_ => true))]), new(Table.Of<RunDomainRow>(), tables.Domains), new(Table.Of<ClientResultRow>(), tables.Clients),
                new(Table.Of<DomainMetricsRow>(), tables.DomainMetrics), new(Table.Of<HostMetricsRow>(), tables.HostMetrics),
            ],
        });
    }
}
