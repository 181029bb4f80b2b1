namespace Colocate.Model.Errors;

/// <summary>How a command ends, as promised to scripts.</summary>
public enum ExitCode
{
    /// <summary>Everything asked for is done.</summary>
    Done = 0,

    /// <summary>Unexpected failure: a defect, a full disk, a missing library.</summary>
    Unexpected = 1,

    /// <summary>Wrong use: an option, a manifest field the request depends on, a missing or newer lake.</summary>
    WrongUse = 2,

    /// <summary>Done, but some input was set aside or lost data beyond the limit.</summary>
    DoneWithLoss = 3,

    /// <summary>Nothing matched: no input, unknown format, unknown run.</summary>
    NothingMatched = 4,

    /// <summary>Another process holds what is needed.</summary>
    Busy = 5,

    /// <summary>Interrupted; a rerun continues.</summary>
    Interrupted = 130,
}
