namespace Colocate.Simulate.Machine;

/// <summary>Which vcpus of a host belong to which domain: those of a domain follow each other.</summary>
public sealed class DomainVcpus
{
    private readonly int[] _first, _domainOf;

    /// <summary>Numbers the vcpus of a host.</summary>
    /// <param name="vcpus">How many each domain has; at least 1.</param>
    /// <exception cref="ArgumentException">A domain has none.</exception>
    public DomainVcpus(IReadOnlyList<int> vcpus)
    {
        if (vcpus.Any(v => v < 1))
            throw new ArgumentException("a domain has at least one vcpu", nameof(vcpus));
        _first = [.. Enumerable.Range(0, vcpus.Count + 1).Select(d => vcpus.Take(d).Sum())];
        _domainOf = [.. vcpus.SelectMany((n, d) => Enumerable.Repeat(d, n))];
    }

    /// <summary>Domains.</summary>
    public int Count => _first.Length - 1;

    /// <summary>The first vcpu of a domain.</summary>
    public int First(int domain) => _first[domain];

    /// <summary>All vcpus of a domain.</summary>
    public IEnumerable<int> Of(int domain) => Enumerable.Range(_first[domain], _first[domain + 1] - _first[domain]);

    /// <summary>Domain of a vcpu.</summary>
    public int DomainOf(int vcpu) => _domainOf[vcpu];
}
