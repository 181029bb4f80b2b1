namespace Colocate.Model.Diagnostics;

/// <summary>One kind of finding that reading inputs can make.</summary>
/// <param name="Code">Stable identifier, for instance <c>XT-LOST</c>; the prefix names the format.</param>
/// <param name="Severity">What it means for the numbers.</param>
/// <param name="Sentence">What was found, as one sentence.</param>
/// <param name="Remedy">What the user can do about it.</param>
public sealed record DiagnosticKind(string Code, Severity Severity, string Sentence, string Remedy)
{
    /// <summary>The severity as tables store it: information, warning, data_loss or error.</summary>
    public string SeverityName => Severity == Severity.DataLoss ? "data_loss" : Severity.ToString().ToLowerInvariant();
}
