namespace Colocate.Model.Lake;

/// <summary>A setting that determined what a stage put out.</summary>
/// <param name="Name">What was set, in the words of the option, for instance <c>seed</c>.</param>
/// <param name="Value">Its value as text, with the unit in the name where it has one.</param>
public sealed record StageSetting(string Name, string Value);
