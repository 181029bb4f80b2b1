using Colocate.Cli;
using Colocate.Cli.Progress;

namespace Colocate.Tests.Cli;

public sealed class ProgressTests
{
    [Theory]
    [InlineData(false, "talk\nwarning\nevaluate: 1 of 3 fits\n")]
    [InlineData(true, "warning\n")]
    public void Quiet_silences_talk_and_progress_but_no_warning(bool quiet, string expected)
    {
        var error = new StringWriter { NewLine = "\n" };
        using (var progress = new ProgressDisplay(new Terminal { Out = TextWriter.Null, Error = error }, quiet))
        {
            progress.Talk("talk");
            progress.Warn("warning");
            progress.Report("evaluate", 1, 3, "fits");
        }

        Assert.Equal(expected, error.ToString());
    }
}
