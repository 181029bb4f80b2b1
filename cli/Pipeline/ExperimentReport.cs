using Colocate.Cli.Progress;

namespace Colocate.Cli.Pipeline;

/// <summary>Shows the progress of simulations, which come in from several threads.</summary>
internal sealed class ExperimentReport(ProgressDisplay display, int of) : IProgress<int>
{
    private readonly Lock _one = new();
    private int _shown;

    /// <inheritdoc/>
    public void Report(int value)
    {
        lock (_one)
        {
            if (value <= _shown)
                return;
            _shown = value;
            display.Report("simulate", value, of, "runs");
        }
    }
}
