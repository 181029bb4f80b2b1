using System.Globalization;

namespace Colocate.Simulate.Scenarios;

/// <summary>Several workloads of one guest: each request asks for one of them.</summary>
internal static class WorkloadMix
{
    /// <summary>How far fractions may miss 1 in sum: they are written with few digits.</summary>
    private const double Slack = 1e-3;

    /// <summary>The mix that a workload's name means, such as <c>1KB:0.9+100KB:0.1</c>.</summary>
    /// <param name="name">The name.</param>
    /// <returns>Workloads with their fractions of the requests, which sum to 1; null when the name means no mix of at least two.</returns>
    internal static IReadOnlyList<(string Workload, double Fraction)>? Named(string name)
    {
        (string Workload, double Fraction)[] parts = [.. name.Split('+').Select(Part)];
        double sum = parts.Sum(p => p.Fraction);
        return parts.Length > 1 && parts.All(p => p.Fraction > 0) && Math.Abs(sum - 1) <= Slack ? [.. parts.Select(p => (p.Workload, p.Fraction / sum))] : null;
    }

    private static (string Workload, double Fraction) Part(string text) =>
        text.LastIndexOf(':') is var colon and > 0 && double.TryParse(text.AsSpan(colon + 1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double fraction)
            ? (text[..colon], fraction)
            : (text, 0);
}
