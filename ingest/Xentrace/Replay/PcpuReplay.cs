namespace Colocate.Ingest.Xentrace.Replay;

/// <summary>What one pcpu is doing.</summary>
internal sealed class PcpuReplay
{
    /// <summary>The domain that has the pcpu; null until a record tells.</summary>
    internal DomainReplay? Domain;

    /// <summary>The vcpu that runs; null between two runs and until a record tells.</summary>
    internal VcpuReplay? Running;
}
