using Colocate.Ingest.Formats;
using Colocate.Ingest.Xentrace;
using Colocate.Model.Diagnostics;
using Colocate.Model.Runs;

namespace Colocate.Tests.Ingest.Xentrace;

public sealed class XenReleasesTests
{
    /// <summary>A header word: the number of words in the topmost digit, then the id.</summary>
    [Theory]
    [InlineData("3.2 3.3", 0x3002f00eu)]
    [InlineData("3.4 -", 0x10021122u)]
    [InlineData("3.4 4.7", 0x2002800eu)]
    [InlineData("3.4 4.7", 0x3002800fu)]
    [InlineData("4.8 -", 0x3002800eu)]
    [InlineData("4.8 -", 0x4002800fu, 0x10021122u)]
    [InlineData("3.4 4.6", 0x20028001u)]
    [InlineData("4.7 -", 0x10028001u)]
    [InlineData("4.9 -", 0x40028011u)]
    [InlineData("4.3 4.7", 0x2020100du, 0x2002800eu)]
    [InlineData("- 4.2", 0x2020f101u)]
    [InlineData("4.10 -", 0x40022203u)]
    [InlineData("4.3 4.9", 0x30022203u)]
    [InlineData("4.19 -", 0x30081103u)]
    [InlineData("- 4.0", 0x20082012u)]
    [InlineData("- -", 0x10082012u)]
    [InlineData("4.0 4.1", 0x3001f004u)]
    [InlineData("4.1 4.2", 0x1800f001u, 0x2020f101u)]
    [InlineData("- -", 0x4002800fu, 0x2020f101u)]
    [InlineData("- -")]
    public void Records_show_between_which_releases_a_trace_was_written(string expected, params uint[] headers)
    {
        var found = XenReleases.Of(headers.Select(h => h | 0x80000000));
        Assert.Equal(expected, $"{found.Least?.ToString() ?? "-"} {found.Most?.ToString() ?? "-"}");
    }

    [Theory]
    [InlineData("Xen 4.17.7", false)]
    [InlineData("xen-4.8", false)]
    [InlineData("4.9", false)]
    [InlineData("Xen 4.7.6", true)]
    [InlineData("Xen 3.4", true)]
    [InlineData("Xen", false)]
    [InlineData("Linux 4.4 with KVM", false)]
    [InlineData("Xen 99999999999.1", false)]
    [InlineData(null, false)]
    public void A_manifest_that_names_another_release_is_told(string? hypervisor, bool isTold)
    {
        byte[] trace = new TraceWriter().Window(0, w => w.Runstate(0, 1, 0, 2, 1).Record(0x2800f, 10, 1, 0, 0, 0).Runstate(100, 1, 0, 1, 0)).ToArray();
        (RowSink _, InputContext context) = TraceReading.Read(() => new MemoryStream(trace), TraceReading.Unnamed() with { Host = new HostSpec { Pcpus = 1, Hypervisor = hypervisor, TscHz = 1e9 } });
        Assert.Equal(isTold ? ["XT-VERSION"] : [], context.Findings.ToList().Where(f => f.Kind == DiagnosticCatalogue.TraceOtherXen).Select(f => f.Kind.Code));
        if (isTold)
            Assert.Equal($"the manifest names {hypervisor}, the records are of Xen 4.8 or newer", context.Findings.ToList().Single(f => f.Kind == DiagnosticCatalogue.TraceOtherXen).Detail);
        Assert.Equal((new Version(4, 8), null), (context.Trace!.XenMin, context.Trace.XenMax));
    }
}
