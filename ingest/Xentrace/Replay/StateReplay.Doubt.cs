using Colocate.Model.Diagnostics;

namespace Colocate.Ingest.Xentrace.Replay;

// Records that do not go on from the state known: a clock that is behind, records that are missing, or damage.
internal sealed partial class StateReplay
{
    /// <summary>1.5 ms at 2.8 GHz: clocks of one host that are further apart show by other records too.</summary>
    private const ulong MaxSkew = 1UL << 22;

    /// <summary>
    /// Looks at a record that does not go on from the state known: damage, a loss, or a clock that is behind. If one of another pcpu comes after it that is just the one missing
    /// between the two, then it was logged before, however large its time: true, and where the vcpu stands is known already.
    /// </summary>
    /// <remarks>A record that is expected goes on from the state known; it is looked at because an earlier one did not.</remarks>
    private bool WasMissing(VcpuReplay vcpu, RunState old, RunState to, int pcpu, ulong now, bool isExpected)
    {
        int doubted = vcpu.DoubtedPcpu;
        if (!isExpected)
            findings.Add(DiagnosticCatalogue.TraceStateMismatch, pcpu: pcpu);
        if (doubted >= 0 && doubted != pcpu && old == vcpu.DoubtedFrom && to == vcpu.DoubtedOld && (!isExpected || now - vcpu.DoubtedSince <= MaxSkew))
        {
            PcpuReplay behind = PcpuOf(doubted);
            behind.Behind++;
            if (now - vcpu.DoubtedSince >= behind.BehindTicks)
                (behind.BehindTicks, behind.BehindPcpu) = (now - vcpu.DoubtedSince, pcpu);
            Settle(vcpu, vcpu.DoubtedFrom);
            vcpu.DoubtedPcpu = -1;
            return true;
        }

        if (!isExpected)
        {
            Settle(vcpu, RunState.Lost);
            (vcpu.DoubtedPcpu, vcpu.DoubtedFrom, vcpu.DoubtedOld, vcpu.DoubtedSince) = (pcpu, vcpu.State, old, now);
            if (now - vcpu.Since > MaxSkew)
                vcpu.Domain.Doubt(vcpu, now);
        }
        else if (doubted != pcpu || now - vcpu.DoubtedSince > MaxSkew)
        {
            Settle(vcpu, RunState.Lost);
            vcpu.DoubtedPcpu = -1;
        }

        return false;
    }

    /// <summary>Accounts for time before a record that contradicted it: spent in the state known when the clock was behind, else records are missing and nobody knows.</summary>
    private void Settle(VcpuReplay vcpu, RunState spentIn)
    {
        if (vcpu.DoubtedTicks == 0)
            return;
        if (spentIn == RunState.Running)
            AddToPcpu(vcpu, vcpu.DoubtedOn, vcpu.DoubtedTicks);
        vcpu.Domain.Settle(vcpu, spentIn);
    }

    /// <summary>What a vcpu did before it came to where it is now is counted; the state it left for is past.</summary>
    private void TellLate(VcpuReplay vcpu, RunState old, RunState to, int pcpu)
    {
        PcpuReplay on = PcpuOf(pcpu);
        if (on.Running == vcpu && vcpu.Pcpu != pcpu)
            on.Running = null;
        if (to == RunState.Runnable)
            Count(vcpu, old);
    }
}
