namespace Colocate.Ingest.Formats;

/// <summary>How the metrics of a trace come about; the letters stand in the column <c>method</c>.</summary>
public enum MetricMethod
{
    /// <summary>From run-state records, of Xen 3.4 and later; from records of switches where a trace has none.</summary>
    M,

    /// <summary>As XenMon counts (<c>tools/xenmon/xenbaked.c</c>): from records of switches, wakes and sleeps alone, as if there were no run states. To be compared with its logs.</summary>
    C,
}
