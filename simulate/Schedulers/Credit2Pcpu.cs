namespace Colocate.Simulate.Schedulers;

/// <summary>What credit2 knows of one pcpu.</summary>
internal sealed class Credit2Pcpu
{
    /// <summary>The vcpu that has it; null when it is idle.</summary>
    public Credit2Vcpu? Current { get; set; }

    /// <summary>When <see cref="Current"/> got it, in ns.</summary>
    public long RunStartNs { get; set; }

    /// <summary>True from the moment it was asked for a decision until it decides.</summary>
    public bool Tickled { get; set; }
}
