using Colocate.Cli.Progress;
using Colocate.Cli.Report;
using Colocate.Predict;

namespace Colocate.Cli.Pipeline;

/// <summary>Shows a study's progress as it comes, on the thread that reports it.</summary>
internal sealed class StudyProgressReport(ProgressDisplay display) : IProgress<StudyProgress>
{
    /// <inheritdoc/>
    public void Report(StudyProgress value) => display.Report(Words(value.Stage), value.Done, value.Total, "fits");

    /// <summary>A stage is <c>train</c>, or the name of a protocol, which may be followed by the fold.</summary>
    private static string Words(string stage)
    {
        string[] parts = stage.Split(", ", 2);
        return parts[0] == "train" ? stage : string.Join(", ", [$"evaluate, {Protocol.HeldOut(parts[0])} held out", .. parts[1..]]);
    }
}
