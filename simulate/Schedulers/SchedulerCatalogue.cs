namespace Colocate.Simulate.Schedulers;

/// <summary>Every scheduler. Adding one is a line here.</summary>
public static class SchedulerCatalogue
{
    /// <summary>Name of the scheduler that hosts have unless told otherwise.</summary>
    public const string Default = "credit";

    /// <summary>The schedulers.</summary>
    public static IReadOnlyList<SchedulerDefinition> All { get; } =
    [
        new(Default, "credit scheduler of Xen 4.x", (host, settings, pcpus, vcpus) => new CreditScheduler(host, settings, pcpus, vcpus)),
    ];

    /// <summary>The scheduler of that name, in any case; null when there is none.</summary>
    public static SchedulerDefinition? Find(string name) => All.FirstOrDefault(s => s.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}
