using Colocate.Ingest.Formats;
using Colocate.Model.Tables;

namespace Colocate.Ingest.Clients;

/// <summary>
/// Counts reply times of single requests and tells their percentiles, in memory that does not grow with their number: a count for every
/// step of 2^(1/1024), so a percentile (nearest rank) is within 0.07 % of the value itself.
/// </summary>
internal sealed class ReplyTimes
{
    private const int StepsPerOctave = 1024;

    /// <summary>Times from 2^-20 ms (a nanosecond) to 2^31 ms (three weeks) are told apart; those outside count as the limit.</summary>
    private const int LowestOctave = -20, Octaves = 51;

    private static readonly double[] s_fractions = [0.5, 0.75, 0.9, 0.95, 0.99, 0.999, 1];

    private long[]? _counts;
    private long _total;

    internal void Add(double ms)
    {
        _counts ??= new long[Octaves * StepsPerOctave];
        double step = ms > 0 ? (Math.Log2(ms) - LowestOctave) * StepsPerOctave : 0;
        _counts[(int)Math.Clamp(step, 0, _counts.Length - 1)]++;
        _total++;
    }

    /// <summary>Adds a row for each of the usual percentiles; none without times.</summary>
    internal void AddRows(InputContext context, RowSink rows)
    {
        if (_counts is null)
            return;
        int step = 0;
        long counted = _counts[0];
        foreach (double fraction in s_fractions)
        {
            long rank = Math.Max(1, (long)Math.Ceiling(fraction * _total));
            while (counted < rank)
                counted += _counts[++step];
            rows.Add(new ClientPercentileRow
            {
                Run = context.Run.Run, Campaign = context.Run.Campaign, Domain = context.Domain?.Name ?? "", Basis = "measured", Fraction = fraction,
                ReplyMs = Math.Round(Math.Pow(2, ((step + 0.5) / StepsPerOctave) + LowestOctave), 6), Replies = counted,
            });
        }
    }
}
