using Colocate.Simulate.Engine;
using Colocate.Simulate.Schedulers;

namespace Colocate.Simulate.Machine;

/// <summary>
/// How the work of vcpus proceeds on the pcpus that they have: at which speed, with what overhead, and when the piece in hand is done. Who gets a
/// pcpu is decided elsewhere.
/// </summary>
/// <param name="calendar">Where the ends of pieces go.</param>
/// <param name="costs">What the hypervisor and the hardware take.</param>
/// <param name="pcpus">The pcpus, by number.</param>
/// <param name="vcpus">The vcpus, by number.</param>
internal sealed class PcpuWork(EventCalendar calendar, MachineCosts costs, Pcpu[] pcpus, Vcpu[] vcpus)
{
    /// <summary>The first pcpu of each one's core, and the one after its last.</summary>
    private readonly (int First, int End)[] _cores =
        [.. Enumerable.Range(0, pcpus.Length).Select(p => CoreOf(p, Math.Max(1, costs.ThreadsPerCore), pcpus.Length))];

    /// <summary>Time that a switch takes on a pcpu now, in ns.</summary>
    internal long SwitchNs(int pcpu) => WholeNs(costs.SwitchNs / SpeedOf(pcpu));

    /// <summary>A vcpu gets a pcpu: it pays for the switch, finds its caches cold when another one had the core since, and begins.</summary>
    internal void PutOn(int pcpu, int vcpu, long nowNs)
    {
        Pcpu p = pcpus[pcpu];
        Vcpu v = vcpus[vcpu];
        v.Pcpu = pcpu;
        v.Executions++;
        v.Enter(RunState.Running, nowNs);
        long coldNs = IsCold(pcpu, vcpu) ? costs.ColdNs + v.Kernel.FurtherColdNs : 0;
        bool atOnce = costs.RefillShare == 0;
        p.ColdNs = atOnce ? 0 : coldNs;
        v.Kernel.Charge(costs.SwitchNs + (atOnce ? coldNs : 0));
        v.Kernel.JoinPending();
        p.LastVcpu = vcpu;
        Resume(pcpu, v.Kernel.Select(nowNs), nowNs);
    }

    /// <summary>Nobody has a pcpu any more.</summary>
    internal void Stop(int pcpu) => calendar.CallOff(Place(pcpu));

    /// <summary>Stops the clock of the piece in work.</summary>
    internal void Suspend(Pcpu p, long nowNs)
    {
        if (!p.Working)
            return;
        long ranNs = nowNs - p.WorkingSinceNs;
        long workNs = p.Speed == 1 ? ranNs : WholeNs(ranNs * p.Speed);
        long refillNs = Math.Min(p.RefillNs, WholeNs(workNs * costs.RefillShare));
        p.ColdNs -= refillNs;
        vcpus[p.Current].Kernel.Use(p.Level, workNs - refillNs);
        p.Working = false;
    }

    /// <summary>Goes on with the most urgent piece.</summary>
    /// <param name="pcpu">The pcpu.</param>
    /// <param name="level">The level of that piece, which its kernel has selected.</param>
    /// <param name="nowNs">Simulated time.</param>
    internal void Resume(int pcpu, int level, long nowNs)
    {
        Pcpu p = pcpus[pcpu];
        Kernel kernel = vcpus[p.Current].Kernel;
        p.Level = level;
        p.Working = true;
        p.WorkingSinceNs = nowNs;
        p.Speed = SpeedOf(pcpu);
        long leftNs = kernel.LeftNs(p.Level);
        p.RefillNs = p.Level == (int)WorkLevel.Hypervisor ? 0 : Math.Min(p.ColdNs, WholeNs(leftNs * costs.RefillShare / (1 - costs.RefillShare)));
        leftNs += p.RefillNs;
        calendar.Put(Place(pcpu), nowNs + (p.Speed == 1 ? leftNs : WholeNs(Math.Ceiling(leftNs / p.Speed))), (int)MachineEvent.WorkDone, pcpu);
    }

    /// <summary>A thread of a core has begun to work or to idle: the others go on at another speed.</summary>
    internal void AdaptSiblings(int pcpu, long nowNs)
    {
        (int first, int end) = _cores[pcpu];
        for (int other = first; other < end; other++)
        {
            Pcpu sibling = pcpus[other];
            if (other == pcpu || !sibling.Working)
                continue;
            Suspend(sibling, nowNs);
            Resume(other, vcpus[sibling.Current].Kernel.Select(nowNs), nowNs);
        }
    }

    /// <summary>A time in whole ns. Times of simulations are far below what 64 bits hold, so it is not checked whether they do: a tenth of the time of an event would go into that.</summary>
    private static long WholeNs(double timeNs) => unchecked((long)timeNs);

    private static int Place(int pcpu) => 2 * pcpu;

    private static (int First, int End) CoreOf(int pcpu, int threads, int pcpus)
    {
        int first = pcpu - (pcpu % threads);
        return (first, Math.Min(first + threads, pcpus));
    }

    /// <summary>Threads of one core slow each other down while more than one of them works.</summary>
    private double SpeedOf(int pcpu)
    {
        (int first, int end) = _cores[pcpu];
        for (int other = first; other < end; other++)
        {
            if (other != pcpu && pcpus[other].Current != Dispatch.Idle)
                return costs.SharedSpeed;
        }

        return 1;
    }

    /// <summary>Whether another vcpu had the core since: its threads share their caches.</summary>
    private bool IsCold(int pcpu, int vcpu)
    {
        (int first, int end) = _cores[pcpu];
        for (int thread = first; thread < end; thread++)
        {
            if (pcpus[thread].LastVcpu != Dispatch.Idle && pcpus[thread].LastVcpu != vcpu)
                return true;
        }

        return false;
    }
}
