using Colocate.Ingest.Formats;
using Colocate.Model.Tables;

namespace Colocate.Ingest.Runs;

/// <summary>What the rows of traces and logs show of a host whose manifest is to be guessed: it has that much at least.</summary>
internal sealed class HostSeen
{
    /// <summary>First id that Xen keeps for itself: <c>DOMID_FIRST_RESERVED</c> in <c>xen/include/public/xen.h</c>.</summary>
    private const int FirstReservedDomid = 0x7ff0;

    /// <summary>Ids of domains, each with the number of its vcpus; 0 where the rows tell of none.</summary>
    internal SortedDictionary<int, int> Vcpus { get; } = [];

    /// <summary>Physical cpus; 0 where the rows tell of none.</summary>
    internal int Pcpus { get; private set; }

    /// <summary>Takes the rows of a file in.</summary>
    internal void Take(RowSink rows)
    {
        foreach (VcpuStateRow state in rows.Of<VcpuStateRow>())
            Note(state.Domid, state.Vcpu + 1);
        foreach (DomainMetricsRow metrics in rows.Of<DomainMetricsRow>())
            Note(metrics.Domid, 0);
        foreach (XenmonSampleRow sample in rows.Of<XenmonSampleRow>())
        {
            Note(sample.Domid, 0);
            Pcpus = Math.Max(Pcpus, sample.Pcpu + 1);
        }

        Pcpus = rows.Of<PcpuStateRow>().Select(p => p.Pcpu + 1).Concat(rows.Of<XentopPcpuRow>().Select(p => p.Pcpu + 1)).Append(Pcpus).Max();
    }

    private void Note(int domid, int vcpus)
    {
        if (domid is >= 0 and < FirstReservedDomid)
            Vcpus[domid] = Math.Max(Vcpus.GetValueOrDefault(domid), vcpus);
    }
}
