using Colocate.Simulate.Engine;
using Colocate.Simulate.Machine;

namespace Colocate.Simulate.NetworkPath;

/// <summary>The driver domain's own processes: monitoring and housekeeping. They run again and again, on its last vcpu.</summary>
/// <param name="calendar">Where their events go.</param>
/// <param name="periodNs">From one time that they are due to the next.</param>
/// <param name="costNs">CPU time of one time.</param>
/// <param name="vcpu">The vcpu that they run on.</param>
public sealed class Monitoring(EventCalendar calendar, long periodNs, long costNs, int vcpu)
{
    private int _due;

    /// <summary>CPU time of one time, in ns.</summary>
    public long CostNs => costNs;

    /// <summary>From one time to the next, in ns.</summary>
    public long PeriodNs => periodNs;

    /// <summary>Whether they have something to do on a vcpu.</summary>
    public bool IsDueOn(int asked) => _due > 0 && asked == vcpu;

    /// <summary>They are due.</summary>
    public void OnDue(HostMachine machine, long nowNs)
    {
        _due++;
        calendar.Schedule(nowNs + periodNs, (int)NetworkEvent.Monitor, 0);
        machine.Interrupt(vcpu, nowNs);
    }

    /// <summary>They have done their work of one time.</summary>
    public void Done() => _due--;
}
