namespace Colocate.Simulate.Schedulers;

/// <summary>Every scheduler. Adding one is a line here.</summary>
public static class SchedulerCatalogue
{
    /// <summary>Name of the scheduler that hosts have unless told otherwise.</summary>
    public const string Default = "credit";

    /// <summary>The credit scheduler as it was before Xen 4.</summary>
    internal const string Xen3Credit = "credit34";

    /// <summary>The credit2 scheduler.</summary>
    internal const string Credit2 = "credit2";

    /// <summary>The schedulers.</summary>
    public static IReadOnlyList<SchedulerDefinition> All { get; } =
    [
        new(Default, "credit scheduler of Xen 4.17", 30, 1_000, true, (host, settings, pcpus, vcpus) => new CreditScheduler(host, Credit(settings), pcpus, vcpus)),
        new(Xen3Credit, "credit scheduler of Xen 3.4", null, null, true, (host, _, pcpus, vcpus) => new Credit34Scheduler(host, pcpus, vcpus)),
        new(Credit2, "credit2 of Xen 4.17", null, 1_000, true, (host, settings, pcpus, vcpus) => new Credit2Scheduler(host, settings.RatelimitUs!.Value, pcpus, vcpus)),
        new("null", "null scheduler of Xen 4.17: a pcpu for each vcpu", null, null, false, (host, _, pcpus, vcpus) => new NullScheduler(host, pcpus, vcpus)),
    ];

    /// <summary>The scheduler of that name, in any case; null when there is none.</summary>
    public static SchedulerDefinition? Find(string name) => All.FirstOrDefault(s => s.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static CreditSettings Credit(SchedulerSettings settings) => new() { TsliceMs = settings.TsliceMs!.Value, RatelimitUs = settings.RatelimitUs!.Value };
}
