using System.CommandLine;
using System.Globalization;
using Colocate.Model.Errors;
using Colocate.Model.Lake;
using Colocate.Model.Metrics;
using Colocate.Model.Tables;

namespace Colocate.Cli.Commands;

/// <summary>Metrics per interval of a length that the user gives: stored ones as they are, or several of them joined. None is ever cut.</summary>
/// <remarks>
/// Every stored interval is of the joined one that its middle lies in. Those of a trace have one length, so that a whole number of them fills a joined one; those of XenMon's logs come as
/// regularly as it woke, and <c>window_s</c> says how long what was joined is.
/// </remarks>
internal static class MetricIntervals
{
    /// <summary>By how much of its length a joined interval may differ from a whole number of intervals of XenMon.</summary>
    private const double Irregular = 0.05;

    /// <summary>By how much, where they come by a clock.</summary>
    private const double Regular = 1e-6;

    internal static Option<double?> Option() => new("--interval")
    {
        Description = "Per interval instead of the whole window: of the length stored (1s for traces), or of whole multiples, as in 1s, 5s, or 200ms for logs of XenMon.",
        HelpName = "LENGTH",
        CustomParser = result =>
        {
            string given = result.Tokens[0].Value;
            (string number, double unitS) = given.EndsWith("ms", StringComparison.Ordinal) ? (given[..^2], 1e-3) : (given.EndsWith('s') ? given[..^1] : given, 1);
            if (double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double length) && length * unitS is > 0 and < 1e6)
                return length * unitS;
            result.AddError($"--interval {given}: give a length as in 1s, 5s or 200ms");
            return null;
        },
    };

    /// <summary>The intervals of the lake's runs, joined to a length.</summary>
    /// <param name="lake">The lake.</param>
    /// <param name="only">A run; null for all.</param>
    /// <param name="lengthS">Length in seconds.</param>
    /// <exception cref="RequestException">A run's intervals do not fill it (<see cref="ExitCode.WrongUse"/>).</exception>
    internal static async Task<(IReadOnlyList<DomainIntervalRow> Domains, IReadOnlyList<HostIntervalRow> Hosts)> ReadAsync(Lake lake, string? only, double lengthS)
    {
        List<DomainIntervalRow> domains = [];
        List<HostIntervalRow> hosts = [];
        ILookup<string, DomainIntervalRow> domainsOf = (await lake.ReadAsync<DomainIntervalRow>().ConfigureAwait(false)).ToLookup(r => r.Run);
        ILookup<string, HostIntervalRow> hostsOf = (await lake.ReadAsync<HostIntervalRow>().ConfigureAwait(false)).ToLookup(r => r.Run);
        foreach (string run in domainsOf.Select(r => r.Key).Union(hostsOf.Select(r => r.Key)).Where(r => only is null || r == only))
        {
            Check(run, [.. domainsOf[run].Select(r => (r.IntervalIndex, r.WindowS)).Concat(hostsOf[run].Select(r => (r.IntervalIndex, r.WindowS)))], domainsOf[run].Any(r => r.CpuSource == "xenmon") ? Irregular : Regular, lengthS);
            int IndexOf(double startS, double windowS) => (int)((startS + (windowS / 2)) / lengthS);
            domains.AddRange(
                from part in domainsOf[run]
                group part by (part.Domid, Index: IndexOf(part.StartS, part.WindowS)) into joined
                select joined.Count() == 1 ? joined.Single() with { IntervalIndex = joined.Key.Index } : JoinedIntervals.Of([.. joined], joined.Key.Index));
            ILookup<int, DomainIntervalRow> driver = domainsOf[run].Where(r => r.Domid == 0).ToLookup(r => IndexOf(r.StartS, r.WindowS));
            hosts.AddRange(
                from part in hostsOf[run]
                group part by IndexOf(part.StartS, part.WindowS) into joined
                select joined.Count() == 1 ? joined.Single() with { IntervalIndex = joined.Key } : JoinedIntervals.Of([.. joined], [.. driver[joined.Key]], joined.Key));
        }

        return (domains, hosts);
    }

    private static void Check(string run, IEnumerable<(int Index, double WindowS)> intervals, double tolerance, double lengthS)
    {
        // The last interval ends with the recording: it has any length.
        double[] stored = [.. intervals.DistinctBy(r => r.Index).OrderBy(r => r.Index).SkipLast(1).Select(r => r.WindowS).Order()];
        if (stored.Length == 0)
            return;
        double storedS = stored[stored.Length / 2], multiple = Math.Round(lengthS / storedS);
        if (multiple < 1 || Math.Abs(lengthS - (multiple * storedS)) > lengthS * tolerance)
        {
            throw new RequestException(
                ExitCode.WrongUse, string.Create(CultureInfo.InvariantCulture, $"--interval {lengthS}s: run '{run}' is stored in intervals of {Math.Round(storedS, 3)} s, which do not fill it"),
                "give their length or a whole multiple of it");
        }
    }
}
