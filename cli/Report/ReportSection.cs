namespace Colocate.Cli.Report;

/// <summary>A chapter of the report.</summary>
/// <param name="Id">Name in the page: lower-case letters and hyphens.</param>
/// <param name="Label">One or two words for the navigation.</param>
/// <param name="Question">Heading.</param>
/// <param name="Figures">Its figures, in reading order.</param>
public sealed record ReportSection(string Id, string Label, string Question, IReadOnlyList<IFigure> Figures)
{
    /// <summary>True when the chapter is summed up by how many of its checks pass, false when by what its first figure found.</summary>
    public bool IsChecklist { get; init; }
}
