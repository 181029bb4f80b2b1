using Colocate.Cli.Progress;
using Colocate.Ingest.Runs;

namespace Colocate.Cli.Pipeline;

/// <summary>Names the files below the paths of an ingest that are of no run: those left out for one reason together, so that the notes of a large lab are a few lines.</summary>
internal static class LeftOutReport
{
    /// <summary>Names every file; when quiet, those alone that may be inputs.</summary>
    internal static void Tell(ProgressDisplay progress, IReadOnlyList<LeftOutFile> leftOut)
    {
        foreach (var alike in leftOut.GroupBy(f => (f.Why, f.IsInput)))
        {
            string line = $"left out: {string.Join(", ", alike.Select(f => f.Path))}\n  {alike.Key.Why}";
            if (alike.Key.IsInput)
                progress.Warn(line);
            else
                progress.Talk(line);
        }
    }
}
