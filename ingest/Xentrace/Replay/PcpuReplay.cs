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

    /// <summary>Ticks by which its clock is behind that of <see cref="BehindPcpu"/> at least; 0 while nothing shows that it is.</summary>
    internal ulong BehindTicks;

    /// <summary>The pcpu that shows most of it.</summary>
    internal int BehindPcpu;

    /// <summary>Times that it showed.</summary>
    internal long Behind;

    /// <summary>Times a vcpu was put on it, idle's not counted.</summary>
    internal long Executions;
}
