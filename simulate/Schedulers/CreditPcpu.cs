namespace Colocate.Simulate.Schedulers;

/// <summary>What the credit scheduler knows of one pcpu.</summary>
/// <param name="vcpus">Vcpus of the host.</param>
internal sealed class CreditPcpu(int vcpus)
{
    /// <summary>Vcpus that wait for it; the one that has it is not among them.</summary>
    public RunQueue Queue { get; } = new(vcpus);

    /// <summary>The vcpu that has it; null when it is idle.</summary>
    public CreditVcpu? Current { get; set; }

    /// <summary>When <see cref="Current"/> got it, in ns.</summary>
    public long RunStartNs { get; set; }

    /// <summary>Until when <see cref="Current"/> was charged, in ns.</summary>
    public long ChargedNs { get; set; }

    /// <summary>True while it is idle and nobody asked it to look for work.</summary>
    public bool Idler { get; set; } = true;

    /// <summary>Accounting passes that its queue has been sorted for.</summary>
    public long Sorted { get; set; }
}
