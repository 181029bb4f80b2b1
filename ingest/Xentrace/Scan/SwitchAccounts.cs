using Colocate.Ingest.Xentrace.Replay;

namespace Colocate.Ingest.Xentrace.Scan;

/// <summary>
/// Method C: what XenMon makes of records of switches, wakes and sleeps, for traces without run-state records: those of Xen before 3.4, and
/// those whose event mask left them out.
/// </summary>
/// <remarks>
/// The rules of <c>process_record</c> in <c>tools/xenmon/xenbaked.c</c>: accounts are kept for each pcpu and domain, not for vcpus. A domain
/// gets the pcpu with SWITCH_INFNEXT, and its time until the next record about it while it can run; it is blocked from SLEEP or BLOCK to WAKE
/// or the next switch-in, as far as this pcpu hears of it; it waited what SWITCH_INFNEXT says. Unlike XenMon's samples, time is clipped at
/// the ends of intervals, so that these add up, and a loss of records closes what is open.
/// </remarks>
internal sealed class SwitchAccounts(IntervalClock clock)
{
    /// <summary>Since Xen 4.8 SWITCH_INFNEXT has the vcpu in its second word, and since 4.13 its third is not the time waited any more.</summary>
    private const int WordsWithWait = 3;

    /// <summary>Most accounts kept: as many as 16 pcpus have with 4096 domains. A damaged trace must not fill the memory.</summary>
    private const int MaxAccounts = 1 << 16;

    private readonly Dictionary<(int Pcpu, int Domid), Account> _accounts = [];
    private readonly Dictionary<int, SwitchDomain> _domains = [];

    /// <summary>The domain that each pcpu was given last.</summary>
    private readonly Dictionary<int, int> _current = [];

    /// <summary>How often records of each pcpu were lost; not there while never.</summary>
    private readonly Dictionary<int, int> _losses = [];

    /// <summary>By domain id, what was found.</summary>
    internal IReadOnlyDictionary<int, SwitchDomain> Domains => _domains;

    /// <summary>Takes a record of a switch, a wake or a sleep.</summary>
    /// <param name="pcpu">Where it was logged.</param>
    /// <param name="minor">Which one, of <see cref="EventIds.SchedBase"/>.</param>
    /// <param name="now">Its time.</param>
    /// <param name="payload">Its words; domain first.</param>
    internal void OnRecord(int pcpu, uint minor, ulong now, ReadOnlySpan<uint> payload)
    {
        if (payload.Length == 0 || payload[0] > EventIds.IdleDomain)
            return;
        int domid = (int)payload[0];
        if (AccountOf(pcpu, domid) is not { } account)
            return;
        bool hasPcpu = _current.TryGetValue(pcpu, out int current) && current == domid;
        switch (minor)
        {
            case EventIds.SchedInfNext:
                SwitchIn(account, now, payload);
                account.Update(hasPcpu, now);
                _current[pcpu] = domid;
                break;
            case EventIds.SchedInfPrev:
                account.Update(hasPcpu, now);
                break;
            case EventIds.SchedWake:
                account.Update(hasPcpu, now);
                account.Wake(now);
                break;
            default:
                account.Sleep(hasPcpu, now);
                break;
        }
    }

    /// <summary>Records of a pcpu were lost: nothing is known of what was open on it.</summary>
    internal void OnLoss(int pcpu)
    {
        _current.Remove(pcpu);

        // Its accounts learn of it when they are next looked at: a damaged trace may have very many of both.
        _losses[pcpu] = _losses.GetValueOrDefault(pcpu) + 1;
    }

    private void SwitchIn(Account account, ulong now, ReadOnlySpan<uint> payload)
    {
        account.Wake(now);
        account.RunsSince = now;
        DomainCounters counters = account.Domain.At(now);
        counters.Executions++;
        account.Domain.Pcpus.Add(account.Pcpu);
        if (payload.Length == WordsWithWait)
            Ticks.Add(ref counters.StateTicks(RunState.Runnable), clock.TicksOf(payload[1]));
        else
            account.Domain.HasWait = false;
    }

    private Account? AccountOf(int pcpu, int domid)
    {
        int losses = _losses.GetValueOrDefault(pcpu);
        if (_accounts.TryGetValue((pcpu, domid), out Account? account) || _accounts.Count == MaxAccounts)
        {
            account?.ForgetAfter(losses);
            return account;
        }

        if (!_domains.TryGetValue(domid, out SwitchDomain? domain))
            _domains.Add(domid, domain = new SwitchDomain(clock));
        _accounts.Add((pcpu, domid), account = new Account(pcpu, domain, losses));
        return account;
    }

    /// <summary>What one pcpu knows of one domain.</summary>
    private sealed class Account(int pcpu, SwitchDomain domain, int losses)
    {
        private int _losses = losses;
        private bool _canRun;
        private bool _couldRun;
        private ulong? _blockedSince;

        internal int Pcpu => pcpu;

        internal SwitchDomain Domain => domain;

        internal ulong? RunsSince { get; set; }

        internal void Update(bool hasPcpu, ulong now)
        {
            if (_couldRun && hasPcpu && RunsSince is { } since)
            {
                domain.Credit(RunState.Running, since, now);
                RunsSince = now;
            }

            _couldRun = _canRun;
            UpdateBlocked(now);
        }

        internal void Wake(ulong now)
        {
            _canRun = true;
            UpdateBlocked(now);
        }

        internal void Sleep(bool hasPcpu, ulong now)
        {
            if (!_canRun)
                return;
            _canRun = false;
            _blockedSince = now;
            Update(hasPcpu, now);
        }

        /// <summary>Forgets what was open if records of the pcpu were lost since it was last looked at.</summary>
        internal void ForgetAfter(int losses)
        {
            if (losses == _losses)
                return;
            _losses = losses;
            (_canRun, _couldRun, _blockedSince, RunsSince) = (false, false, null, null);
        }

        private void UpdateBlocked(ulong now)
        {
            if (_blockedSince is { } since)
                domain.Credit(RunState.Blocked, since, now);
            _blockedSince = _canRun || _blockedSince is null ? null : now;
        }
    }
}
