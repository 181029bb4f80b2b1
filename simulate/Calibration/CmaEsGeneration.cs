namespace Colocate.Simulate.Calibration;

/// <summary>How far a search has come.</summary>
/// <param name="Number">Generations done, from 1.</param>
/// <param name="Evaluations">Points evaluated in all of them.</param>
/// <param name="Best">Least loss of all of them; infinite while none was finite.</param>
/// <param name="Median">Median loss of this one; infinite when it is not finite.</param>
/// <param name="Step">Overall step after it, in edges of the cube.</param>
public readonly record struct CmaEsGeneration(int Number, int Evaluations, double Best, double Median, double Step);
