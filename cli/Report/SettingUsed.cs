namespace Colocate.Cli.Report;

/// <summary>A setting that the tables of the lake follow from.</summary>
/// <param name="Step">The step that used it, for instance <c>simulate</c>.</param>
/// <param name="Name">What was set, in the words of the option.</param>
/// <param name="Value">Its value as text.</param>
public sealed record SettingUsed(string Step, string Name, string Value);
