namespace Colocate.Cli.Report;

/// <summary>Where a score comes from. Each has one colour and one symbol through the whole page; see <see cref="Palette"/>.</summary>
/// <param name="Name">measured, simulated or predicted.</param>
/// <param name="Color">Its colour.</param>
/// <param name="Symbol">Its symbol, which repeats what the colour says.</param>
public sealed record Origin(string Name, string Color, string Symbol);
