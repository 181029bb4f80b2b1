using Colocate.Simulate.Machine;
using Colocate.Simulate.Schedulers;

namespace Colocate.Simulate.Readout;

/// <summary>
/// What XenMon of Xen 3.4 (tools/xenmon/xenbaked.c, tag 3.4.0-rc3) makes of a run. It keeps a book for each pcpu and domain, fed with the
/// records that this pcpu logs: a wake is logged where its cause was, so a domain that blocks on one pcpu and is woken from another is blocked
/// until it runs again in the book of the first, and the vcpus of a domain end each other's blocked time. Figures are means over the books of all
/// pcpus, as the lines of its log average.
/// </summary>
public sealed class XenMon : IMachineTrace
{
    /// <summary>Sample after which all books of a pcpu are brought up to date (<c>MS_PER_SAMPLE</c>), in ns.</summary>
    private const long SampleNs = 100_000_000;

    private readonly DomainVcpus _domains;
    private readonly Book[][] _books;
    private readonly int[] _current;
    private readonly long[] _passedNs, _atNs, _runnableSinceNs;
    private readonly int _idle;
    private HostMachine _machine = null!;
    private long _openedNs, _closedNs;

    /// <summary>Makes a monitor.</summary>
    /// <param name="domains">The domains of the host.</param>
    /// <param name="pcpus">Its pcpus.</param>
    public XenMon(DomainVcpus domains, int pcpus)
    {
        _domains = domains;
        _idle = domains.Count;
        _books = [.. Enumerable.Range(0, pcpus).Select(_ => new Book[domains.Count + 1])];
        _current = new int[pcpus];
        (_passedNs, _atNs) = (new long[pcpus], new long[pcpus]);
        _runnableSinceNs = new long[domains.First(domains.Count)];
    }

    /// <summary>Time running, as a fraction of a pcpu: the mean over all books.</summary>
    public double CpuFraction(int domain) => Mean(domain, b => b.GottenNs);

    /// <summary>Time waiting for a pcpu, as a fraction: the mean over all books.</summary>
    public double WaitFraction(int domain) => Mean(domain, b => b.WaitedNs);

    /// <summary>Time blocked, as a fraction: the mean over all books.</summary>
    public double BlockFraction(int domain) => Mean(domain, b => b.BlockedNs);

    /// <summary>Executions per second: the mean over all books.</summary>
    public double ExecutionsPerS(int domain) => Mean(domain, b => b.Executions) * 1e9;

    /// <inheritdoc/>
    public void Open(HostMachine machine, long nowNs)
    {
        (_machine, machine.Trace) = (machine, this);
        _openedNs = nowNs;
        Array.Fill(_runnableSinceNs, nowNs);
        for (int pcpu = 0; pcpu < _books.Length; pcpu++)
        {
            int vcpu = machine.Pcpus[pcpu].Current;
            _current[pcpu] = vcpu == Dispatch.Idle ? _idle : _domains.DomainOf(vcpu);
            _atNs[pcpu] = nowNs;
            Array.Fill(_books[pcpu], new Book { StartedNs = nowNs });
            _books[pcpu][_current[pcpu]].Runnable = _books[pcpu][_current[pcpu]].WasRunnable = true;
        }
    }

    /// <inheritdoc/>
    public void Close(long nowNs)
    {
        for (int pcpu = 0; pcpu < _books.Length; pcpu++)
            UpdateAll(pcpu, nowNs);
        _closedNs = nowNs;
        _machine.Trace = null;
    }

    /// <inheritdoc/>
    public void Wake(int pcpu, int vcpu, RunState from, RunState to, long nowNs)
    {
        _runnableSinceNs[vcpu] = nowNs;
        int domain = _domains.DomainOf(vcpu);
        UpdateStats(pcpu, domain, nowNs);
        ref Book book = ref _books[pcpu][domain];
        if (book.Runnable)
            return;
        book.Runnable = true;
        book.UpdateBlocked(nowNs);
    }

    /// <inheritdoc/>
    public void Park(int pcpu, int vcpu, RunState from, long nowNs) => Sleep(pcpu, _domains.DomainOf(vcpu), nowNs);

    /// <inheritdoc/>
    public void Switch(int pcpu, int from, RunState leavesTo, int to, long sliceNs, long nowNs)
    {
        int leaving = from == Dispatch.Idle ? _idle : _domains.DomainOf(from), coming = to == Dispatch.Idle ? _idle : _domains.DomainOf(to);
        if (from != Dispatch.Idle && leavesTo == RunState.Blocked)
            Sleep(pcpu, leaving, nowNs);
        else if (from != Dispatch.Idle)
            _runnableSinceNs[from] = nowNs;
        UpdateStats(pcpu, leaving, nowNs);
        ref Book book = ref _books[pcpu][coming];
        book.Runnable = true;
        book.UpdateBlocked(nowNs);
        // The record that ends the waiting is logged where the switch ends; nobody has the pcpu until then.
        long takenNs = to == Dispatch.Idle ? 0 : _machine.SwitchNs(pcpu);
        book.StartedNs = nowNs + takenNs;
        book.Executions++;
        book.WaitedNs += to == Dispatch.Idle ? 0 : nowNs + takenNs - _runnableSinceNs[to];
        UpdateStats(pcpu, coming, nowNs);
        _current[pcpu] = coming;
    }

    /// <inheritdoc/>
    public void Continue(int pcpu, int vcpu, long sliceNs, long nowNs)
    {
    }

    /// <inheritdoc/>
    public void Notify(int vcpu, long nowNs)
    {
    }

    /// <inheritdoc/>
    public void GrantCopy(int vcpu, long operations, long nowNs)
    {
    }

    /// <inheritdoc/>
    public void GrantMap(int vcpu, int granter, long pages, long nowNs)
    {
    }

    /// <inheritdoc/>
    public void GrantUnmap(int vcpu, int granter, long pages, long nowNs)
    {
    }

    private double Mean(int domain, Func<Book, long> value) => _books.Average(b => (double)value(b[domain])) / (_closedNs - _openedNs);

    private void Sleep(int pcpu, int domain, long nowNs)
    {
        ref Book book = ref _books[pcpu][domain];
        if (!book.Runnable)
            return;
        book.Runnable = false;
        book.BlockedSinceNs = nowNs;
        UpdateStats(pcpu, domain, nowNs);
    }

    private void UpdateStats(int pcpu, int domain, long nowNs)
    {
        if (_passedNs[pcpu] <= SampleNs)
        {
            Update(pcpu, domain, nowNs);
            return;
        }

        UpdateAll(pcpu, nowNs);
        _passedNs[pcpu] = 0;
    }

    private void UpdateAll(int pcpu, long nowNs)
    {
        for (int domain = 0; domain <= _idle; domain++)
            Update(pcpu, domain, nowNs);
    }

    private void Update(int pcpu, int domain, long nowNs)
    {
        ref Book book = ref _books[pcpu][domain];
        if (book.WasRunnable && _current[pcpu] == domain)
        {
            book.GottenNs += nowNs - book.StartedNs;
            book.StartedNs = nowNs;
        }

        book.WasRunnable = book.Runnable;
        book.UpdateBlocked(nowNs);
        _passedNs[pcpu] += nowNs - _atNs[pcpu];
        _atNs[pcpu] = nowNs;
    }

    private struct Book
    {
        public bool Runnable, WasRunnable;
        public long StartedNs, GottenNs, WaitedNs, BlockedNs, Executions;
        public long? BlockedSinceNs;

        public void UpdateBlocked(long nowNs)
        {
            if (BlockedSinceNs is { } since)
                BlockedNs += nowNs - since;
            BlockedSinceNs = Runnable ? null : nowNs;
        }
    }
}
