using Colocate.Ingest.Formats;
using Colocate.Ingest.Runs;
using Colocate.Model.Runs;
using Colocate.Model.Tables;

namespace Colocate.Tests.Ingest.Runs;

public sealed class CpuFromXentopTests
{
    private static readonly RunManifest s_run = Reading.Run() with
    {
        Trace = null,
        Domains =
        [
            new DomainSpec { Name = "Domain-0", Domid = 0, Vcpus = 1, Role = "driver" },
            new DomainSpec { Name = "very-long-1", Domid = 1, Vcpus = 1, Role = "guest" },
            new DomainSpec { Name = "very-long-2", Domid = 2, Vcpus = 1, Role = "guest" },
        ],
    };

    /// <summary>A mean over two domains would be neither's.</summary>
    [Fact]
    public void Domains_whose_names_are_cut_alike_have_no_cpu_and_the_reason_says_so()
    {
        var rows = new RowSink();
        foreach ((string name, int occurrence, double cpu) in new[] { ("Domain-0", 0, 0.3), ("very-long-", 0, 0.1), ("very-long-", 1, 0.5) })
            rows.Add(new XentopSampleRow { Domain = name, Occurrence = occurrence, InLoadWindow = true, CpuFraction = cpu });
        CpuFromXentop.Complete(s_run, rows);
        Assert.Equal([("Domain-0", 0.3), ("very-long-1", null), ("very-long-2", null)], rows.Of<DomainMetricsRow>().Select(r => (r.Domain, r.CpuFraction)));
        Assert.Equal([false, true, true], rows.Of<DomainMetricsRow>().Select(r => r.MethodReason!.Contains("by its name, cut", StringComparison.Ordinal)));
        Assert.Null(Assert.Single(rows.Of<HostMetricsRow>()).CpuFraction);
    }
}
