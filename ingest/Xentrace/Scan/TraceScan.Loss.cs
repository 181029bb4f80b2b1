using System.Globalization;
using Colocate.Ingest.Xentrace.Replay;
using Colocate.Model.Diagnostics;

namespace Colocate.Ingest.Xentrace.Scan;

// Records that are missing: those Xen dropped and says so, those the file has lost, and those of which only the others tell.
internal sealed partial class TraceScan
{
    /// <summary>
    /// 0.4 s at 2.8 GHz. xentrace itself wakes Dom0 ten times a second (<c>POLL_SLEEP_MILLIS</c> in <c>tools/xentrace/xentrace.c</c>), so that a trace in which no pcpu
    /// changes hands for longer is not whole.
    /// </summary>
    private const ulong MaxSilence = 1UL << 30;

    /// <summary>1.5 ms at 2.8 GHz. A shorter silence before a window hides no window.</summary>
    private const ulong MinSilence = 1UL << 22;

    /// <summary>With so many odd changes where nothing is missing, a pcpu logs for several (<c>sched-gran=core</c>), and they tell nothing.</summary>
    private const int MostOddChanges = 8;

    /// <summary>Latest time seen on any pcpu, and what it was when the round of windows began.</summary>
    private ulong _newest;
    private ulong _newestBeforeRound;
    private int _lastPcpu = -1;

    /// <summary>Silences of the whole host so far, and when the last one ended.</summary>
    private int _silences;
    private ulong _silentUntil;

    /// <summary>Records of the current pcpu were skipped.</summary>
    internal void Miss() => Edge = 0;

    /// <summary>All blocks are done: what a pcpu still misses then, it misses to the end.</summary>
    /// <param name="isCut">The trace ends within a window: pcpus whose turn was to come have not told all.</param>
    internal void Complete(bool isCut)
    {
        ulong end = _newest;
        foreach (PcpuScan on in Pcpus)
        {
            ulong? since = on.Clock?.MissingSince;
            if (isCut && on.Pcpu >= _lastPcpu)
                since ??= on.Pcpu == _lastPcpu ? on.Last : Math.Max(on.Last, unchecked(_newestBeforeRound - on.Behind));
            if (since is null || since + on.Behind >= end)
                continue;
            _on = on;
            _marks = _pipe.Take();
            _marks.Reset(on.Pcpu, 0, startsWindow: false);
            Lose(0, since.Value, end - on.Behind, Loss.Unknown, 0);
            _pipe.Add(_marks);
        }
    }

    private void BeginWindow(int pcpu)
    {
        if (pcpu <= _lastPcpu)
            _newestBeforeRound = _newest;
        _lastPcpu = pcpu;
    }

    /// <summary>At the first record of a block: was nothing logged anywhere for long, and how long not on this pcpu?</summary>
    private void LookBack(ulong tsc)
    {
        PcpuScan on = _on;
        ulong time = unchecked(tsc + on.Behind);
        if (_knowsWho && time > _newest && time - _newest > MaxSilence)
        {
            _silences++;
            AddGap(null, time - _newest, "on any pcpu");
            foreach (PcpuScan other in Pcpus)
                AddLost(other, unchecked(_newest - other.Behind), unchecked(time - other.Behind));
            LoseStates(new Loss(0, _newest, Loss.Unknown, IsOfAll: true), time, RecordBlock.MaxRecordWords);
            _silentUntil = time;
        }

        if (on.Silences != _silences)
        {
            // Its turn in the round may have been before the one that ended the silence: then more of it is missing.
            on.Silences = _silences;
            _clock.MissingSince ??= Math.Min(tsc, unchecked(_silentUntil - on.Behind));
        }

        if (_marks.StartsWindow && on.Last != 0 && tsc - on.Last > on.Silence)
            (on.Silence, on.SilentSince) = (tsc - on.Last, on.Last);
    }

    /// <summary>The records of the current pcpu go on here after some are missing.</summary>
    private void GoOnAfter(ulong since, ulong tsc, long seen)
    {
        _clock.MissingSince = null;
        Lose(0, since, tsc, Loss.Unknown, RecordBlock.MaxRecordWords);
        Forget(seen);
    }

    /// <summary>Who has the current pcpu is unknown from the next record on.</summary>
    private void Forget(long seen)
    {
        Flush(seen);
        (_on.Running, _on.Silence) = (Loss.Unknown, 0);
        Accounts?.OnLoss(_on.Pcpu);
        _on.Domain = null;
        _on.Hypercalls = _on.NobodysHypercalls;
        _on.Cell = new DomainCounters();
        _eventChannelCalls = EventChannelCallsOf(_on.Hypercalls);
    }

    /// <summary>A vcpu leaves the pcpu that had not got it, or gets it while another one has it. If a silence lies before it, windows are missing there.</summary>
    private void OnOddChange(ulong tsc, int word)
    {
        PcpuScan on = _on;
        if (on.OddChanges >= MostOddChanges)
            return;
        if (on.Silence < MinSilence)
        {
            on.OddChanges++;
            return;
        }

        AddGap(on.Pcpu, on.Silence, "");
        Lose(0, on.SilentSince, tsc, Loss.Unknown, word);
    }

    private void AddGap(int? pcpu, ulong cycles, string where) => _findings.Add(DiagnosticCatalogue.TraceGap, _marks.Offset + RecordBlock.MaxRecordWords * 4, pcpu,
        string.Create(CultureInfo.InvariantCulture, $"first gap: no record {where}{(where.Length > 0 ? " " : "")}for {cycles} cycles"));

    /// <summary>Lost count, then who runs when logging resumes (domain in the low half, vcpu in the high half: the opposite of runstate records), then the first lost TSC.</summary>
    private void OnLost(ulong now, ReadOnlySpan<uint> payload, int word, long seen)
    {
        uint running = payload[1] >> 16 | payload[1] << 16;
        _on.Host.LostRecords += payload[0];
        ulong cycles = Lose(payload[0], payload[2] | ((ulong)payload[3] << 32), now, running, word);
        _findings.Add(DiagnosticCatalogue.TraceLost, _marks.Offset + word * 4L, _on.Pcpu, string.Create(CultureInfo.InvariantCulture, $"first gap: {payload[0]} records in {cycles} cycles"), payload[0]);
        _on.Vcpu = (int)(running & 0xffff);
        Enter(_on, (int)(running >> 16), seen);
    }

    /// <summary>Tells of records missing on the current pcpu; returns for how many cycles.</summary>
    private ulong Lose(uint records, ulong since, ulong now, uint running, int word)
    {
        PcpuScan on = _on;
        ulong cycles = AddLost(on, since, now);
        LoseStates(new Loss(records, Math.Min(since, 1UL << 62) + on.Behind, running), unchecked(Math.Max(now, Clock.First) + on.Behind), word);
        Accounts?.OnLoss(on.Pcpu);
        (on.Running, on.Silence) = (running, 0);
        return cycles;
    }

    private void LoseStates(Loss loss, ulong time, int word)
    {
        _marks.Add(new Mark(time, (uint)_marks.Losses.Count, Mark.Loss, word));
        _marks.Losses.Add(loss);
    }

    /// <summary>Counts time of a pcpu, by its own clock, as lost; returns how much.</summary>
    private ulong AddLost(PcpuScan on, ulong since, ulong now)
    {
        now = Math.Max(now, Clock.First);
        ulong first = Math.Clamp(since, Clock.First, now), from = first;
        Ticks.Add(ref on.LostTicks, now - first);
        for (int i = Clock.IndexOf(from); from < now; i++)
        {
            ulong end = Math.Min(now, Clock.EdgeOf(i + 1));
            Ticks.Add(ref HostAt(i).LostTicks, end - from);
            from = end;
        }

        return now - first;
    }
}
