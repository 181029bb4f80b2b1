namespace Colocate.Simulate.Schedulers;

/// <summary>
/// The credits that an accounting pass gives away, and to whom: by weight among the domains with active vcpus, each at most what its cap and
/// its active vcpus can use, the surplus to those that come later in the pass (<c>csched_acct</c> in <c>xen/common/sched/credit.c</c>, tag
/// RELEASE-4.17.5; <c>xen/common/sched_credit.c</c>, tag 3.4.0-rc3). Divisions round up, as there. A pass is <see cref="Open"/>, <see cref="Draw"/> for each of its domains, <see cref="Close"/>.
/// </summary>
internal sealed class CreditPool
{
    private readonly CreditRules _rules;
    private readonly int _creditsPerPass;
    private readonly DomainShare[] _domains;
    private readonly int[] _capCredits;
    private readonly int[] _activeVcpus;
    private readonly int[] _order;
    private readonly int[] _pass;
    private int _activeDomains;
    private long _activeWeight;
    private long _balance;

    private long _passWeight;
    private long _weightLeft;
    private long _credits;
    private bool _someGotLess;

    /// <summary>Makes the pool of a host.</summary>
    /// <param name="rules">Rules of the version.</param>
    /// <param name="pcpus">Pcpus of the host: each adds the credits of one slice to every pass.</param>
    /// <param name="domains">Domains of the host.</param>
    public CreditPool(CreditRules rules, int pcpus, DomainShare[] domains)
    {
        (_rules, _domains) = (rules, domains);
        _creditsPerPass = rules.CreditsPerSlice * pcpus;
        _capCredits = [.. domains.Select(d => (int)DivideUp((long)d.CapPercent * rules.CreditsPerSlice, 100))];
        _activeVcpus = new int[_domains.Length];
        _order = new int[_domains.Length];
        _pass = new int[_domains.Length];
    }

    /// <summary>A vcpu of a domain starts to earn; a domain with none so far comes first in the next pass.</summary>
    public void Join(int domain)
    {
        if (_activeVcpus[domain]++ == 0)
            MoveToFront(domain, _activeDomains++);
        if (_rules.WeighsVcpus || _activeVcpus[domain] == 1)
            _activeWeight += _domains[domain].Weight;
    }

    /// <summary>A vcpu of a domain stops earning.</summary>
    public void Leave(int domain)
    {
        if (_rules.WeighsVcpus || _activeVcpus[domain] == 1)
            _activeWeight -= _domains[domain].Weight;
        if (--_activeVcpus[domain] > 0)
            return;
        int place = Array.IndexOf(_order, domain, 0, _activeDomains);
        Array.Copy(_order, place + 1, _order, place, --_activeDomains - place);
    }

    /// <summary>
    /// Starts a pass: the credits of all pcpus, plus what the active vcpus together owed after the last one.
    /// </summary>
    /// <returns>The domains that earn, in the order in which they must draw; empty when none does, and then the pass is over.</returns>
    public ReadOnlySpan<int> Open()
    {
        if (_activeDomains == 0)
            _balance = 0;
        _credits = _creditsPerPass + Debt;
        _passWeight = _weightLeft = _activeWeight;
        _someGotLess = false;
        Array.Copy(_order, _pass, _activeDomains);
        return _pass.AsSpan(0, _activeDomains);
    }

    /// <summary>
    /// What a domain gets. One that could use more than its share only gets that; one that gets all it can use passes the rest on and, if
    /// another before it could have used more, comes first in the next pass, so that its surplus reaches everybody.
    /// </summary>
    public CreditGrant Draw(int domain)
    {
        int vcpus = _activeVcpus[domain], cap = _capCredits[domain];
        long weight = (long)_domains[domain].Weight * (_rules.WeighsVcpus ? vcpus : 1);
        _weightLeft -= weight;
        long most = (vcpus * _rules.CreditsPerSlice) + DivideUp(Debt * weight, _passWeight);
        if (cap > 0)
            most = Math.Min(most, cap);
        long share = DivideUp(_credits * weight, _passWeight);
        if (share < most)
        {
            _someGotLess = true;
        }
        else
        {
            if (_weightLeft > 0)
                _credits += DivideUp((share - most) * _passWeight, _weightLeft);
            if (_someGotLess)
                MoveToFront(domain, Array.IndexOf(_order, domain, 0, _activeDomains));
            share = most;
        }

        return new CreditGrant((int)DivideUp(share, vcpus), cap > 0 ? -(int)DivideUp(cap, vcpus) : int.MinValue);
    }

    /// <summary>Ends a pass.</summary>
    /// <param name="balance">Sum of the credits of all vcpus that were active in it.</param>
    public void Close(long balance) => _balance = balance;

    private long Debt => Math.Max(0, -_balance);

    private static long DivideUp(long dividend, long divisor) => (dividend + divisor - 1) / divisor;

    private void MoveToFront(int domain, int place)
    {
        Array.Copy(_order, 0, _order, 1, place);
        _order[0] = domain;
    }
}
