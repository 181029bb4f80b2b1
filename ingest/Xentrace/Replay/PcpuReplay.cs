namespace Colocate.Ingest.Xentrace.Replay;

/// <summary>What one pcpu was used for.</summary>
internal sealed class PcpuReplay
{
    /// <summary>The vcpu it runs; null between two, and while none is known.</summary>
    internal VcpuReplay? Running;

    /// <summary>Time with a vcpu of a domain.</summary>
    internal long BusyTicks;

    /// <summary>Time with the idle domain's.</summary>
    internal long IdleTicks;

    /// <summary>Times a vcpu was put on it, idle's not counted.</summary>
    internal long Executions;
}
