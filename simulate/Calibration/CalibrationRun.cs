using System.Collections.ObjectModel;
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
    /// <summary>
    /// How much more deviation counts as one than <see cref="Observable.Tolerance"/> says, by <see cref="Observable.Key"/>: a factor above 0, infinite = the
    /// observable does not count in this run. One that is named with a finite factor counts even if others only show it. Those left out count as usual.
    /// </summary>
    public IReadOnlyDictionary<string, double> ToleranceFactors { get; init; } = ReadOnlyDictionary<string, double>.Empty;

    /// <summary>Standard deviation of the logarithm of the CPU's speed in runs like this one; 0 = the speed is the host's usual one.</summary>
    public double SpeedSd { get; init; } = SpeedNuisance.Sd;

    /// <summary>Whether an observable counts in the fit, where it was measured.</summary>
    public bool Counts(Observable observable) => ToleranceFactors.TryGetValue(observable.Key, out double factor) ? double.IsFinite(factor) : observable.Fitted;

    /// <summary>Deviation from a measured value that counts as one in this run; the observable's own when it does not count.</summary>
    public double Tolerance(Observable observable, double measured) =>
        observable.Tolerance(measured) * (ToleranceFactors.TryGetValue(observable.Key, out double factor) && double.IsFinite(factor) ? factor : 1);

    /// <summary>The observed domain's name, for people.</summary>
    public string NameOf(ObservedPart part) => part switch
    {
        ObservedPart.Host => "host",
        ObservedPart.Driver => "Domain-0",
        _ => Guest < 0 ? "guest" : Scenario.Guests[Guest].Domain,
    };
}
