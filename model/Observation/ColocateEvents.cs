using System.Diagnostics.Tracing;

namespace Colocate.Model.Observation;

/// <summary>
/// What a running program tells of itself to whoever listens (dotnet-counters, dotnet-trace): rates of the work done, and stages as they begin and end.
/// Raised from any thread. When nobody listens a call costs one test of a flag; nothing here reads a clock, the runtime's listener does.
/// </summary>
[EventSource(Name = ProviderName)]
public sealed class ColocateEvents : EventSource
{
    /// <summary>Name that listeners ask for.</summary>
    public const string ProviderName = "Colocate";

    private readonly Lock _gate = new();
    private IncrementingPollingCounter[] _counters = [];
    private string? _stage;
    private long _records;
    private long _bytes;
    private long _runs;
    private long _simulated;

    private ColocateEvents()
        : base(EventSourceSettings.EtwSelfDescribingEventFormat)
    {
    }

    /// <summary>The one source of the process.</summary>
    public static ColocateEvents Log { get; } = new();

    /// <summary>A stage of the work begins; also told to who begins to listen while it is under way.</summary>
    [Event(1, Level = EventLevel.Informational, Message = "{0} begins")]
    public void StageStart(string stage)
    {
        _stage = stage;
        if (IsEnabled())
            WriteEvent(1, stage);
    }

    /// <summary>A stage ends.</summary>
    [Event(2, Level = EventLevel.Informational, Message = "{0} ends")]
    public void StageStop(string stage)
    {
        _stage = null;
        if (IsEnabled())
            WriteEvent(2, stage);
    }

    /// <summary>Trace records were read.</summary>
    /// <param name="records">How many.</param>
    /// <param name="bytes">Bytes that they took.</param>
    [NonEvent]
    public void Read(long records, long bytes)
    {
        if (!IsEnabled())
            return;
        Interlocked.Add(ref _records, records);
        Interlocked.Add(ref _bytes, bytes);
    }

    /// <summary>A run is in the lake.</summary>
    [NonEvent]
    public void RunDone()
    {
        if (IsEnabled())
            Interlocked.Increment(ref _runs);
    }

    /// <summary>Events of a simulation were handled.</summary>
    [NonEvent]
    public void Simulated(long events)
    {
        if (IsEnabled())
            Interlocked.Add(ref _simulated, events);
    }

    /// <inheritdoc/>
    protected override void OnEventCommand(EventCommandEventArgs command)
    {
        if (command.Command != EventCommand.Enable)
            return;
        lock (_gate)
        {
            if (_counters.Length == 0)
            {
                _counters =
                [
                    Rate("records-read", "Trace records read", "records", () => Interlocked.Read(ref _records)),
                    Rate("bytes-read", "Bytes of traces read", "B", () => Interlocked.Read(ref _bytes)),
                    Rate("runs-done", "Runs ingested", "runs", () => Interlocked.Read(ref _runs)),
                    Rate("events-simulated", "Events simulated", "events", () => Interlocked.Read(ref _simulated)),
                ];
            }
        }

        if (_stage is { } stage)
            WriteEvent(1, stage);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        foreach (IncrementingPollingCounter counter in _counters)
            counter.Dispose();
        base.Dispose(disposing);
    }

    private IncrementingPollingCounter Rate(string name, string title, string unit, Func<double> total) =>
        new(name, this, total) { DisplayName = title, DisplayUnits = unit, DisplayRateTimeScale = TimeSpan.FromSeconds(1) };
}
