using Colocate.Simulate.Parameters;
using Colocate.Simulate.Readout.Xentrace;
using Colocate.Simulate.Scenarios;

namespace Colocate.Cli.Pipeline;

/// <summary>Simulated runs as xentrace files.</summary>
internal static class TraceFiles
{
    internal static void Write(HostScenario scenario, HostParameters parameters, string path, CancellationToken cancellation) => WholeFile.Write(path, stream =>
    {
        var model = new HostModel(scenario, parameters);
        model.Run(new XentraceWriter(stream, model.VcpuIds, scenario.Pcpus), cancellation);
    });
}
