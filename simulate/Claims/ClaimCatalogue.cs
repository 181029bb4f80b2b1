namespace Colocate.Simulate.Claims;

/// <summary>Every claim of the paper, in the order of <c>claims.csv</c>. Adding one is a line there and an entry in the list of its section.</summary>
public static class ClaimCatalogue
{
    /// <summary>The claims.</summary>
    public static IReadOnlyList<Claim> All { get; } = InOrder(
        [.. SetupClaims.All, .. IdentityClaims.All, .. BaseCaseClaims.All, .. PairClaims.All, .. ThroughputClaims.All, .. EfficiencyClaims.All, .. StateClaims.All, .. NetClaims.All, .. ReferenceClaims]);

    /// <summary>What all claims together are judged on, each experiment once.</summary>
    public static IReadOnlyList<ClaimExperiment> Experiments { get; } = [.. All.SelectMany(c => c.Needs).Distinct()];

    /// <summary>Statements that are kept for reference: their notes say why they are never judged.</summary>
    private static IEnumerable<Claim> ReferenceClaims => PaperFiles.Claims.Where(c => c.Role == ClaimRole.None).Select(c => Claim.Of(c.Id, []));

    /// <summary>Simulates what the claims ask for and judges all of them.</summary>
    /// <param name="host">The paper's host.</param>
    /// <param name="progress">Told the number of simulations done, from any thread; null = nobody is.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>A result for each claim, in their order.</returns>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static IReadOnlyList<ClaimResult> Judge(IPaperHost host, IProgress<int>? progress = null, CancellationToken cancellation = default) =>
        Judge(host.Settings, host.Run(Experiments, progress, cancellation));

    /// <summary>Judges all claims on what was simulated for them.</summary>
    /// <param name="settings">How the host is set up.</param>
    /// <param name="readings">A reading for each of <see cref="Experiments"/>, in their order.</param>
    /// <returns>A result for each claim, in their order.</returns>
    public static IReadOnlyList<ClaimResult> Judge(PaperSettings settings, IReadOnlyList<ClaimReading> readings)
    {
        var evidence = new ClaimEvidence(settings, Experiments.Zip(readings).ToDictionary(r => r.First, r => r.Second), PaperFiles.BaseCases);
        return [.. All.Select(c => c.Judge(evidence))];
    }

    private static Claim[] InOrder(Claim[] claims)
    {
        string[] order = [.. PaperFiles.Claims.Select(c => c.Id)];
        return [.. claims.OrderBy(c => Array.IndexOf(order, c.Statement.Id))];
    }
}
