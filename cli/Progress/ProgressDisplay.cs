using System.Diagnostics;
using System.Globalization;
using Colocate.Cli.Output;
using Colocate.Model.Observation;

namespace Colocate.Cli.Progress;

/// <summary>
/// Shows how far long work has come on stderr: a bar with the time left on a terminal, a plain line every few seconds in a log.
/// Whoever listens to <see cref="ColocateEvents"/> hears of the stages too. Thread safe. Disposing ends the bar's line.
/// </summary>
/// <param name="terminal">Where to.</param>
/// <param name="quiet">True to show nothing but warnings and errors.</param>
public sealed class ProgressDisplay(Terminal terminal, bool quiet) : IDisposable
{
    private static readonly TimeSpan s_betweenLines = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_betweenBars = TimeSpan.FromMilliseconds(100);

    private readonly object _gate = new();
    private readonly Stopwatch _sinceShown = new();
    private readonly Stopwatch _stageTime = new();
    private string? _stage;
    private int _barWidth;

    /// <summary>Tells that <paramref name="done"/> of <paramref name="total"/> units of a stage are done; <paramref name="units"/> names them in the plural.</summary>
    public void Report(string stage, int done, int total, string units)
    {
        lock (_gate)
        {
            bool isNew = stage != _stage;
            if (isNew)
            {
                EndBar();
                EndStage();
                _stage = stage;
                _stageTime.Restart();
                ColocateEvents.Log.StageStart(stage);
            }

            if (quiet)
                return;

            TimeSpan pause = terminal.IsErrorInteractive ? s_betweenBars : s_betweenLines;
            bool due = !_sinceShown.IsRunning || _sinceShown.Elapsed >= pause || (terminal.IsErrorInteractive && done == total);
            if (!due && !isNew)
                return;
            _sinceShown.Restart();
            if (terminal.IsErrorInteractive)
                ShowBar(stage, done, total, units);
            else
                terminal.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{stage}: {done} of {total} {units}{Pace(done, total, units)}"));
        }
    }

    /// <summary>Writes a line of talk without tearing the bar.</summary>
    public void Talk(string line)
    {
        if (!quiet)
            Warn(line);
    }

    /// <summary>Writes a line about what went wrong without tearing the bar; also when quiet.</summary>
    public void Warn(string line)
    {
        lock (_gate)
        {
            EndBar();
            terminal.Error.WriteLine(VisibleText.Of(line, keepsLines: true));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            EndBar();
            EndStage();
        }
    }

    private void EndStage()
    {
        if (_stage is not null)
            ColocateEvents.Log.StageStop(_stage);
        _stage = null;
    }

    private void ShowBar(string stage, int done, int total, string units)
    {
        const int cells = 24;
        int filled = total == 0 ? cells : (int)((long)cells * done / total);
        string line = string.Create(CultureInfo.InvariantCulture, $"{stage} [{new string('=', filled)}{new string(' ', cells - filled)}] {done}/{total} {units}{Pace(done, total, units)}");
        terminal.Error.Write("\r" + line.PadRight(_barWidth));
        _barWidth = line.Length;
    }

    private void EndBar()
    {
        if (_barWidth > 0)
            terminal.Error.Write("\r" + new string(' ', _barWidth) + "\r");
        _barWidth = 0;
    }

    /// <summary>Units a second since the stage began, and the time that the rest takes at this rate.</summary>
    private string Pace(int done, int total, string units)
    {
        if (done == 0 || done >= total || _stageTime.Elapsed < TimeSpan.FromSeconds(1))
            return "";
        double rate = done / _stageTime.Elapsed.TotalSeconds, seconds = (total - done) / rate;
        string pace = rate >= 100 ? rate.ToString("F0", CultureInfo.InvariantCulture) : rate.ToString("G2", CultureInfo.InvariantCulture);
        return string.Create(CultureInfo.InvariantCulture, $", {pace} {units}/s, {Math.Ceiling(seconds):F0} s left");
    }
}
