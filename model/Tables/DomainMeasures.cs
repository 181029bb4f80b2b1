namespace Colocate.Model.Tables;

#pragma warning disable CS1591 // Each column's attribute is its documentation: unit, meaning and null stand there once.

/// <summary>The eight metrics of one domain (formulas: <see cref="Metrics.MetricCatalogue"/>).</summary>
public abstract record DomainMeasures : Measures
{
    [Column(Unit.Fraction, "Running time / (vcpus x window).", NullMeans = "no usable trace", ReasonIn = nameof(MethodReason))]
    public double? CpuPerVcpuFraction { get; init; }

    [Column(Unit.Fraction, "Runnable time / (vcpus x window): ready, but another vcpu has the pcpu.", NullMeans = "no usable trace", ReasonIn = nameof(MethodReason))]
    public double? WaitFraction { get; init; }

    [Column(Unit.Fraction, "Blocked time / (vcpus x window).", NullMeans = "no usable trace", ReasonIn = nameof(MethodReason))]
    public double? BlockFraction { get; init; }

    [Column(Unit.Fraction, "Offline time / (vcpus x window).", NullMeans = "no usable trace", ReasonIn = nameof(MethodReason))]
    public double? OfflineFraction { get; init; }

    [Column(Unit.Fraction, "Share of the window in which no vcpu runs and at least one is runnable.", NullMeans = "no usable trace", ReasonIn = nameof(MethodReason))]
    public double? DomainWaitFraction { get; init; }

    [Column(Unit.Fraction, "Share of the window in which no vcpu runs or is runnable and at least one is blocked.", NullMeans = "no usable trace", ReasonIn = nameof(MethodReason))]
    public double? DomainBlockFraction { get; init; }

    [Column(Unit.PerSecond, "Times a vcpu of the domain was put on a pcpu.", NullMeans = "no usable trace", ReasonIn = nameof(MethodReason))]
    public double? ExecutionsPerS { get; init; }

    [Column(Unit.Microseconds, "Running time / executions.", NullMeans = "no usable trace, or no execution", ReasonIn = nameof(MethodReason))]
    public double? CpuUsPerExecution { get; init; }

    [Column(Unit.PerSecond, "Trace records logged while the domain had the pcpu.", NullMeans = "no usable trace", ReasonIn = nameof(MethodReason))]
    public double? EventsPerS { get; init; }

    [Column(Unit.PerSecond, "Event-channel hypercalls made by the domain.", NullMeans = "no usable trace, or hypercalls not traced", ReasonIn = nameof(EventChannelReason))]
    public double? EventChannelPerS { get; init; }

    [Column(Unit.Text, "Why the event-channel rate is unknown.", NullMeans = "it is known")]
    public string? EventChannelReason { get; init; }

    [Column(Unit.PerSecond, "Switches to the domain.", NullMeans = "no usable trace", ReasonIn = nameof(MethodReason))]
    public double? SwitchesPerS { get; init; }

    [Column(Unit.PerSecond, "Pages exchanged: grant maps, transfers and copies, done by a backend, done for a guest.", NullMeans = "no usable trace, or grants not traced", ReasonIn = nameof(PagesReason))]
    public double? PagesPerS { get; init; }

    [Column(Unit.Name, "counted; counted_without_copies: Xen before 4.3, where copies do not show; estimated: copies name no guest and are shared out by how often each guest was woken.", NullMeans = "pages unknown", ReasonIn = nameof(PagesReason))]
    public string? PagesBasis { get; init; }

    [Column(Unit.Text, "Why the pages, or some kinds of them, are unknown.", NullMeans = "they are known")]
    public string? PagesReason { get; init; }

    [Column(Unit.PerExecution, "Pages / executions of the domain.", NullMeans = "pages unknown, or no execution", ReasonIn = nameof(PagesReason))]
    public double? PagesPerExecution { get; init; }

    [Column(Unit.PerSecond, "Times a vcpu of the domain was woken.", NullMeans = "no usable trace", ReasonIn = nameof(MethodReason))]
    public double? WakesPerS { get; init; }

    [Column(Unit.Fraction, "Share of vcpu time whose state is unknown because records were lost.", NullMeans = "no usable trace", ReasonIn = nameof(MethodReason))]
    public double? LostFraction { get; init; }

    [Column(Unit.Fraction, "Part of wait_fraction that a wake began; what neither this nor the next covers began with the trace or with lost records.", NullMeans = "no usable trace, or simulated", ReasonIn = nameof(MethodReason), Addition = 1)]
    public double? WaitAfterWakeFraction { get; init; }

    [Column(Unit.Fraction, "Part of wait_fraction that a preemption began.", NullMeans = "no usable trace, or simulated", ReasonIn = nameof(MethodReason), Addition = 1)]
    public double? WaitAfterPreemptionFraction { get; init; }

    [Column(Unit.PerSecond, "Part of pages_per_s that grant maps are.", NullMeans = "no usable trace, or grants not traced", ReasonIn = nameof(PagesReason), Addition = 2)]
    public double? PagesMappedPerS { get; init; }

    [Column(Unit.PerSecond, "Part of pages_per_s that page flips are.", NullMeans = "no usable trace, or grants not traced", ReasonIn = nameof(PagesReason), Addition = 2)]
    public double? PagesTransferredPerS { get; init; }

    [Column(Unit.PerSecond, "Part of pages_per_s that grant copies are; a guest's is the estimate that pages_basis names.", NullMeans = "no usable trace, grants not traced, or copies that do not show", ReasonIn = nameof(PagesReason), Addition = 2)]
    public double? PagesCopiedPerS { get; init; }

    [Column(Unit.PerSecond, "Grant unmaps; each ends what a map began, and is no page of pages_per_s.", NullMeans = "no usable trace, grants not traced, or simulated", ReasonIn = nameof(PagesReason), Addition = 2)]
    public double? PagesUnmappedPerS { get; init; }
}
