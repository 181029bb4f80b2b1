namespace Colocate.Cli.Report;

/// <summary>One dot of a <see cref="DifferencePlot"/>.</summary>
/// <param name="Series">Name in the legend.</param>
/// <param name="Color">Its colour.</param>
/// <param name="Symbol">Its symbol.</param>
/// <param name="Fraction">CPU, 0..1.</param>
/// <param name="Difference">Difference of CPU, as a fraction of a pcpu.</param>
/// <param name="Hover">What to show of it, already escaped.</param>
public sealed record DifferenceDot(string Series, string Color, string Symbol, double Fraction, double Difference, string Hover);
