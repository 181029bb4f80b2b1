using System.Globalization;
using Colocate.Ingest.Formats;
using Colocate.Model.Runs;
using Colocate.Model.Tables;

namespace Colocate.Ingest.Runs;

/// <summary>Rows that say about a run what its manifest says.</summary>
internal static class Rows
{
    internal static RunRow Of(RunManifest run, TraceFacts? trace, string status, int files) => new()
    {
        Run = run.Run,
        Campaign = run.Campaign,
        Kind = run.Kind == RunKind.BaseVm2 ? "other" : run.Kind.ToString().ToLowerInvariant(),
        KindDeclared = run.KindDeclared,
        Host = run.Host.Label,
        Hypervisor = run.Host.Hypervisor,
        Scheduler = run.Host.Scheduler,
        TsliceMs = run.Host.TsliceMs,
        RatelimitUs = run.Host.RatelimitUs,
        Pcpus = run.Host.Pcpus,
        TscHz = trace?.TscHz,
        TscHzSource = trace?.TscHzSource,
        NicMbit = run.Host.NicMbit,
        NicBurstBytes = run.Host.NicBurstBytes,
        NicQueueBytes = run.Host.NicQueueBytes,
        RateFraction = run.RateFraction,
        StartUtc = run.Start?.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
        LoadS = run.LoadS,
        TraceStartsAfterS = run.Trace?.StartsAfterS,
        Status = status,
        Files = files,
        Notes = run.Notes,
        XenMin = trace?.XenMin?.ToString(),
        XenMax = trace?.XenMax?.ToString(),
    };

    internal static RunDomainRow Of(RunManifest run, DomainSpec domain, int index) => new()
    {
        Run = run.Run,
        Campaign = run.Campaign,
        Domain = domain.Name,
        DomainIndex = index,
        Domid = domain.Domid,
        Vcpus = domain.Vcpus,
        Weight = domain.Weight,
        CapFraction = domain.CapFraction,
        Role = domain.Role,
        Workload = domain.Workload,
        ReplyBytes = domain.ReplyBytes,
        OfferedPerS = domain.OfferedPerS,
        ServerWorkers = domain.Server?.Workers,
        ServerBacklog = domain.Server?.Backlog,
        ClientTimeoutS = domain.Client?.TimeoutS,
        ClientArrivals = domain.Client?.Arrivals,
    };

    /// <summary>The run in one line, of the rows that tell of it.</summary>
    internal static RunListing Listing(RowSink rows) => RunListing.Of(rows.Of<RunRow>().Single(), rows.Of<RunDomainRow>(), rows.Of<CrossCheckRow>());
}
