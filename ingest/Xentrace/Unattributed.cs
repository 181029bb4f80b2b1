using Colocate.Model.Tables;

namespace Colocate.Ingest.Xentrace;

/// <summary>Leaves in a row of the host what records tell that are of any class but the scheduler's: who ran is unknown, what was counted is not.</summary>
internal static class Unattributed
{
    /// <summary>The measures of the host.</summary>
    /// <typeparam name="TRow">Of the window or of an interval.</typeparam>
    /// <param name="row">Filled with what was counted.</param>
    /// <param name="reason">Why nobody is known to have run.</param>
    internal static TRow Of<TRow>(TRow row, string reason)
        where TRow : HostMeasures => row with
        {
            Method = null, MethodReason = reason, CpuFraction = null, CpuSource = null, IdleFraction = null, SwitchesPerS = null, GuestSwitchesPerS = null, ExecutionsPerS = null,
            PagesPerExecution = null, PagesReason = row.PagesPerS is null ? row.PagesReason : reason,
        };
}
