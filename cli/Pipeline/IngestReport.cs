using Colocate.Cli.Progress;
using Colocate.Ingest.Runs;

namespace Colocate.Cli.Pipeline;

/// <summary>Shows an ingest's progress as it comes, on the thread that reports it.</summary>
internal sealed class IngestReport(ProgressDisplay display) : IProgress<IngestProgress>
{
    /// <inheritdoc/>
    public void Report(IngestProgress value) => display.Report("ingest", value.Finished, value.Total, "runs");
}
