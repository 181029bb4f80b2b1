namespace Colocate.Simulate.Schedulers;

/// <summary>A scheduler to choose.</summary>
/// <param name="Name">Its name, as Xen spells it.</param>
/// <param name="Meaning">What it is.</param>
/// <param name="Create">Makes one for a host, from its settings, the number of pcpus and the share of each vcpu.</param>
public sealed record SchedulerDefinition(string Name, string Meaning, Func<ISchedulerHost, CreditSettings, int, IReadOnlyList<VcpuShare>, IVcpuScheduler> Create);
