namespace Colocate.Simulate.Schedulers;

/// <summary>A scheduler to choose.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Meaning">What it is.</param>
/// <param name="TsliceMs">Its slice in ms unless set otherwise; null when there is none to set.</param>
/// <param name="RatelimitUs">Its rate limit in us unless set otherwise; null when it has none.</param>
/// <param name="HasShares">Whether it knows weights and caps.</param>
/// <param name="Make">Makes one for a host, from all the settings that it has, the number of pcpus and the share of each vcpu.</param>
public sealed record SchedulerDefinition(
    string Name,
    string Meaning,
    int? TsliceMs,
    int? RatelimitUs,
    bool HasShares,
    Func<ISchedulerHost, SchedulerSettings, int, IReadOnlyList<VcpuShare>, IVcpuScheduler> Make)
{
    /// <summary>Makes one for a host.</summary>
    /// <param name="host">The host.</param>
    /// <param name="settings">Its settings.</param>
    /// <param name="pcpus">Pcpus of the host.</param>
    /// <param name="vcpus">Shares of the vcpus.</param>
    /// <exception cref="ArgumentException">A setting that this scheduler lacks, or a number out of its range.</exception>
    public IVcpuScheduler Create(ISchedulerHost host, SchedulerSettings settings, int pcpus, IReadOnlyList<VcpuShare> vcpus)
    {
        SchedulerSettings complete = Complete(settings);
        if ((settings.TsliceMs ?? complete.TsliceMs) != complete.TsliceMs)
            throw new ArgumentException($"the scheduler {Name} has no slice to set", nameof(settings));
        if ((settings.RatelimitUs ?? complete.RatelimitUs) != complete.RatelimitUs)
            throw new ArgumentException($"the scheduler {Name} has no rate limit", nameof(settings));
        return Make(host, complete, pcpus, vcpus);
    }

    /// <summary>The settings that this scheduler has, with its own values where none are given; those it lacks are null.</summary>
    public SchedulerSettings Complete(SchedulerSettings settings) => new()
    {
        TsliceMs = TsliceMs is null ? null : settings.TsliceMs ?? TsliceMs,
        RatelimitUs = RatelimitUs is null ? null : settings.RatelimitUs ?? RatelimitUs,
    };
}
