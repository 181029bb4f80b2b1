using Colocate.Cli.Progress;
using Colocate.Predict;

namespace Colocate.Cli.Pipeline;

/// <summary>Shows a study's progress as it comes, on the thread that reports it.</summary>
internal sealed class StudyProgressReport(ProgressDisplay display) : IProgress<StudyProgress>
{
    /// <inheritdoc/>
    public void Report(StudyProgress value) => display.Report(value.Stage, value.Done, value.Total);
}
