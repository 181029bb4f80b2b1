using Colocate.Ingest.Formats;
using Colocate.Model.Diagnostics;
using Colocate.Model.Tables;

namespace Colocate.Tests.Ingest.Xentrace;

/// <summary>Clocks of pcpus that differ show when a vcpu moves between them.</summary>
public sealed class ClockSkewTests
{
    private const ulong Lag = 700;

    [Fact]
    public void A_clock_that_is_behind_is_found_with_its_least_lag()
    {
        Finding skew = Assert.Single(Findings(lag: Lag), f => f.Kind == DiagnosticCatalogue.TraceSkew);
        Assert.Equal(1, skew.Pcpu);
        Assert.Equal($"behind pcpu 0 by at least {Lag - 100} cycles", skew.Detail);
    }

    [Fact]
    public void Clocks_that_agree_are_not_accused() =>
        Assert.DoesNotContain(Findings(lag: 0), f => f.Kind == DiagnosticCatalogue.TraceSkew);

    [Fact]
    public void A_clock_is_corrected_when_asked_and_the_figures_are_those_of_clocks_that_agree()
    {
        (RowSink corrected, InputContext context) = Read(Lag, new IngestSettings { TscHz = 1e6, TscBehind = new Dictionary<int, ulong> { [1] = Lag } });
        (RowSink agreeing, _) = Read(lag: 0, new IngestSettings { TscHz = 1e6 });
        (RowSink asItIs, _) = Read(Lag, new IngestSettings { TscHz = 1e6 });
        Assert.DoesNotContain(context.Findings.ToList(), f => f.Kind == DiagnosticCatalogue.TraceSkew || f.Kind == DiagnosticCatalogue.TraceStateMismatch);
        Assert.Equal(Guest(agreeing), Guest(corrected));
        Assert.NotEqual(Guest(agreeing), Guest(asItIs));

        static VcpuStateRow Guest(RowSink rows) => Assert.Single(rows.Of<VcpuStateRow>(), r => r.Domid == 1);
    }

    /// <summary>A vcpu that is woken on pcpu 0 runs on pcpu 1 a hundred cycles later, by a clock that is behind.</summary>
    private static IReadOnlyList<Finding> Findings(ulong lag) => Read(lag, new IngestSettings()).Context.Findings.ToList();

    /// <summary>All records of pcpu 1 are logged by its own clock.</summary>
    private static (RowSink Rows, InputContext Context) Read(ulong lag, IngestSettings settings)
    {
        byte[] trace = new TraceWriter()
            .Window(0, w => w.Runstate(10_000, TraceWriter.Idle, 0, 1, 0).Runstate(11_000, 1, 0, 0, 2).Runstate(20_000, 1, 0, 2, 1).Runstate(50_000, TraceWriter.Idle, 0, 0, 1))
            .Window(1, w => w.Runstate(11_500 - lag, TraceWriter.Idle, 1, 1, 0).Runstate(20_100 - lag, 1, 0, 1, 0).Runstate(30_000 - lag, 1, 0, 0, 2))
            .ToArray();
        return TraceReading.Read(() => new MemoryStream(trace), settings: settings);
    }
}
