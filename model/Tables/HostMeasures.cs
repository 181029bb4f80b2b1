namespace Colocate.Model.Tables;

#pragma warning disable CS1591 // Each column's attribute is its documentation: unit, meaning and null stand there once.

/// <summary>The metrics of the whole host (formulas: <see cref="Metrics.MetricCatalogue"/>).</summary>
public abstract record HostMeasures : Measures
{
    [Column(Unit.Fraction, "Idle time / (pcpus x window).", NullMeans = "no usable trace", ReasonIn = nameof(MethodReason))]
    public double? IdleFraction { get; init; }

    [Column(Unit.PerSecond, "Trace records of all pcpus.", NullMeans = "no usable trace", ReasonIn = nameof(MethodReason))]
    public double? EventsPerS { get; init; }

    [Column(Unit.PerSecond, "Records that Xen dropped.", NullMeans = "no usable trace", ReasonIn = nameof(MethodReason))]
    public double? LostRecordsPerS { get; init; }

    [Column(Unit.PerSecond, "Event-channel hypercalls of all domains.", NullMeans = "no usable trace, or hypercalls not traced", ReasonIn = nameof(EventChannelReason))]
    public double? EventChannelPerS { get; init; }

    [Column(Unit.Text, "Why the event-channel rate is unknown.", NullMeans = "it is known")]
    public string? EventChannelReason { get; init; }

    [Column(Unit.PerSecond, "Switches of all pcpus, to and from idle included.", NullMeans = "no usable trace", ReasonIn = nameof(MethodReason))]
    public double? SwitchesPerS { get; init; }

    [Column(Unit.PerSecond, "Switches between two domains, neither of them idle.", NullMeans = "no usable trace", ReasonIn = nameof(MethodReason))]
    public double? GuestSwitchesPerS { get; init; }

    [Column(Unit.PerSecond, "Executions of all domains, idle not counted.", NullMeans = "no usable trace", ReasonIn = nameof(MethodReason))]
    public double? ExecutionsPerS { get; init; }

    [Column(Unit.PerSecond, "Pages exchanged: grant maps, transfers and copies.", NullMeans = "no usable trace, or grants not traced", ReasonIn = nameof(PagesReason))]
    public double? PagesPerS { get; init; }

    [Column(Unit.PerSecond, "Grant maps.", NullMeans = "no usable trace, or grants not traced", ReasonIn = nameof(PagesReason))]
    public double? PagesMappedPerS { get; init; }

    [Column(Unit.PerSecond, "Page flips.", NullMeans = "no usable trace, or grants not traced", ReasonIn = nameof(PagesReason))]
    public double? PagesTransferredPerS { get; init; }

    [Column(Unit.PerSecond, "Grant copies.", NullMeans = "no usable trace, or grants not traced", ReasonIn = nameof(PagesReason))]
    public double? PagesCopiedPerS { get; init; }

    [Column(Unit.Text, "Why the pages, or some kinds of them, are unknown.", NullMeans = "they are known")]
    public string? PagesReason { get; init; }

    [Column(Unit.PerExecution, "Pages / executions of Domain-0, as in the paper's Table II.", NullMeans = "pages unknown, or no execution", ReasonIn = nameof(PagesReason))]
    public double? PagesPerExecution { get; init; }

    [Column(Unit.Fraction, "Share of pcpu time in which records were lost.", NullMeans = "no usable trace", ReasonIn = nameof(MethodReason))]
    public double? LostFraction { get; init; }

    [Column(Unit.PerSecond, "Grant unmaps; each ends what a map began, and is no page of pages_per_s.", NullMeans = "no usable trace, grants not traced, or simulated", ReasonIn = nameof(PagesReason), Addition = 2)]
    public double? PagesUnmappedPerS { get; init; }
}
