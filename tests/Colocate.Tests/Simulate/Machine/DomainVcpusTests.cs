using Colocate.Simulate.Machine;

namespace Colocate.Tests.Simulate.Machine;

public sealed class DomainVcpusTests
{
    [Fact]
    public void Vcpus_of_a_domain_follow_each_other()
    {
        var domains = new DomainVcpus([2, 1, 3]);
        Assert.Equal(3, domains.Count);
        Assert.Equal([0, 0, 1, 2, 2, 2], Enumerable.Range(0, 6).Select(domains.DomainOf));
        Assert.Equal([0, 2, 3], Enumerable.Range(0, 3).Select(domains.First));
        Assert.Equal([3, 4, 5], domains.Of(2));
    }

    [Fact]
    public void A_domain_without_vcpu_is_refused() => Assert.Throws<ArgumentException>(() => new DomainVcpus([1, 0]));
}
