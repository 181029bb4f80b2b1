namespace Colocate.Simulate.Claims;

/// <summary>The paper's host, simulated: answers the experiments that claims ask for.</summary>
public interface IPaperHost
{
    /// <summary>How it is set up.</summary>
    PaperSettings Settings { get; }

    /// <summary>Parameters that were fitted to make it, those by least squares after the search included.</summary>
    int FreeParameters { get; }

    /// <summary>Pairs that a parameter was fitted to: claims that need them validate nothing any more. Empty as a rule.</summary>
    IReadOnlyCollection<ClaimExperiment> SeenPairs { get; }

    /// <summary>Runs experiments, any number at once; no result depends on how many.</summary>
    /// <param name="experiments">What to run, each once.</param>
    /// <param name="progress">Told the number of simulations done, from any thread; null = nobody is.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>A reading for each experiment, in their order.</returns>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    IReadOnlyList<ClaimReading> Run(IReadOnlyList<ClaimExperiment> experiments, IProgress<int>? progress = null, CancellationToken cancellation = default);
}
