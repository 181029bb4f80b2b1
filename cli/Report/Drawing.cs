namespace Colocate.Cli.Report;

/// <summary>The answer to the question of a figure.</summary>
/// <param name="Finding">What to see, or, when there is nothing to show, why.</param>
public sealed record Drawing(string Finding)
{
    /// <summary>The answer in one word; null when the question is not of that kind.</summary>
    public Verdict? Verdict { get; init; }

    /// <summary>What a large set leaves undrawn, as a sentence; null when all is drawn. The numbers still hold it.</summary>
    public string? Omitted { get; init; }

    /// <summary>The figure; null for an answer that is a table, or that has no data.</summary>
    public Plot? Plot { get; init; }

    /// <summary>The very numbers that were drawn; null when there are none.</summary>
    public NumberTable? Numbers { get; init; }
}
