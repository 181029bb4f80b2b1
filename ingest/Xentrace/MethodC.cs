using Colocate.Ingest.Xentrace.Scan;
using Colocate.Model.Tables;

namespace Colocate.Ingest.Xentrace;

/// <summary>Leaves in a row what method C tells, and says that it is its.</summary>
internal static class MethodC
{
    private const string Reason = "method C: records of switches do not tell it";

    /// <summary>The measures of a domain.</summary>
    /// <typeparam name="TRow">Of the window or of an interval.</typeparam>
    /// <param name="row">Filled with what was found.</param>
    /// <param name="switched">How far that is to be trusted.</param>
    /// <param name="isLossy">True when records were lost for more than a thousandth of the time.</param>
    internal static TRow Of<TRow>(TRow row, SwitchDomain switched, bool isLossy)
        where TRow : DomainMeasures => row with
        {
            Method = "C", MethodReason = row.MethodReason is null ? Reason : Reason + "; " + row.MethodReason, Lossy = isLossy,
            WaitFraction = switched.HasWait ? row.WaitFraction : null, BlockFraction = switched.Pcpus.Count > 1 ? null : row.BlockFraction,
            OfflineFraction = null, DomainWaitFraction = null, DomainBlockFraction = null, WaitAfterWakeFraction = null, WaitAfterPreemptionFraction = null, WakesPerS = null, LostFraction = null,
        };

    /// <summary>The measures of the host.</summary>
    /// <typeparam name="TRow">Of the window or of an interval.</typeparam>
    internal static TRow Of<TRow>(TRow row)
        where TRow : HostMeasures => row with { Method = "C" };
}
