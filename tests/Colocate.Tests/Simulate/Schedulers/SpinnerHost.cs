using Colocate.Simulate.Schedulers;

namespace Colocate.Tests.Simulate.Schedulers;

/// <summary>Vcpus that always want to run, under the credit scheduler with its default settings.</summary>
internal sealed class SpinnerHost(int pcpus, params VcpuShare[] vcpus)
    : SpinnersOn<CreditScheduler>(host => new CreditScheduler(host, new CreditSettings(), pcpus, vcpus), pcpus, vcpus.Length);
