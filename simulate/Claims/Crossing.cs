namespace Colocate.Simulate.Claims;

/// <summary>Where in a sweep something ends.</summary>
internal static class Crossing
{
    /// <summary>
    /// The rate, in per cent, from which on something no longer holds, up to the end of the sweep; a step beyond the sweep when it holds there. Curves that
    /// touch at low rates, where all guests carry what is asked of them, do not count as crossing.
    /// </summary>
    internal static double Percent(Func<int, bool> holds) =>
        ClaimExperiment.Rates.Reverse().TakeWhile(rate => !holds(rate)).Append(ClaimExperiment.Rates[^1] + 10).Min();
}
