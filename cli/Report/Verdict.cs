namespace Colocate.Cli.Report;

/// <summary>An answer in one word. The page shows it as symbol and word, never as colour alone. Ordered from good to bad.</summary>
public enum Verdict
{
    /// <summary>Nothing speaks against using the numbers.</summary>
    Yes,

    /// <summary>Usable, with the reservations that the finding names.</summary>
    WithCare,

    /// <summary>Not usable.</summary>
    No,
}
