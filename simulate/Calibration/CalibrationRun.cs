using Colocate.Simulate.Scenarios;

namespace Colocate.Simulate.Calibration;

/// <summary>One measured run with at most one loaded guest.</summary>
/// <param name="Run">Its id.</param>
/// <param name="Campaign">Its campaign.</param>
/// <param name="Kind"><c>base</c>, <c>solo</c> or <c>idle</c>.</param>
/// <param name="Workload">The workload that was loaded; <c>idle</c> when none was.</param>
/// <param name="Scenario">The run as a scenario.</param>
/// <param name="Guest">Number of the guest that is compared; -1 when there was none.</param>
/// <param name="Measured">What was measured.</param>
public sealed record CalibrationRun(string Run, string Campaign, string Kind, string Workload, HostScenario Scenario, int Guest, RunReading Measured)
{
    /// <summary>The observed domain's name, for people.</summary>
    public string NameOf(ObservedPart part) => part switch
    {
        ObservedPart.Host => "host",
        ObservedPart.Driver => "Domain-0",
        _ => Guest < 0 ? "guest" : Scenario.Guests[Guest].Domain,
    };
}
