using System.Globalization;
using System.Text.RegularExpressions;
using Colocate.Ingest.Clients;
using Colocate.Ingest.Formats;
using Colocate.Ingest.Text;
using Colocate.Model.Diagnostics;
using Colocate.Model.Tables;
using static System.FormattableString;

namespace Colocate.Ingest.Wrk;

/// <summary>What one run of wrk or wrk2 printed.</summary>
/// <remarks>
/// wrk prints errors and bad replies only where there are any, before the rate: where the rate stands, none is zero. The rate has more
/// digits than requests / duration, whose duration is rounded to two decimals of its unit.
/// </remarks>
internal sealed partial class WrkReport : IClientReport
{
    private const string Measured = "measured", Corrected = "corrected", Uncorrected = "uncorrected";

    private readonly ReportFigures _figures = new();
    private readonly Dictionary<(string Basis, double Fraction), (double Ms, long? Replies)> _percentiles = [];
    private string _basis = Measured;
    private double _durationRoundingS;
    private bool _isWrk2;

    /// <inheritdoc/>
    public bool HasTotal => _figures.IsCount("requests") && double.IsFinite(_figures.Value("duration"));

    /// <summary>True for the lines that no other program prints.</summary>
    internal static bool IsSign(string text) => Running().IsMatch(text) || Total().IsMatch(text);

    /// <inheritdoc/>
    public bool IsOfAnother(string text) => Command().IsMatch(text) || IsSign(text);

    /// <inheritdoc/>
    public bool Take(string text, TextLine line)
    {
        if (text.Length == 0 || Side().IsMatch(text))
            return true;
        if (Command().IsMatch(text) || Running().IsMatch(text))
        {
            if (Rate().Match(text) is { Success: true } rate)
                Set(line, ("offered", WrkFigure.Metric(rate.Groups[1].Value)));
            return true;
        }

        if (text.StartsWith("Thread calibration: ", StringComparison.Ordinal))
            return _isWrk2 = true;
        if (text.StartsWith("Latency Distribution", StringComparison.Ordinal))
            return BeginPercentiles(text);
        return TakeFigures(text, line) || (line.IsTerminated && (TakePercentile(text) || TakeSpectrum(text)));
    }

    /// <inheritdoc/>
    public void Use(InputContext context, RowSink rows, FindingLog findings)
    {
        rows.Add(Row(context));
        foreach (((string basis, double fraction), (double ms, long? replies)) in _percentiles.OrderBy(p => p.Key.Basis, StringComparer.Ordinal).ThenBy(p => p.Key.Fraction))
        {
            rows.Add(new ClientPercentileRow
            {
                Run = context.Run.Run, Campaign = context.Run.Campaign, Domain = context.Domain?.Name ?? "", Basis = basis, Fraction = fraction, ReplyMs = ms, Replies = replies,
            });
        }

        _figures.FindNan(DiagnosticCatalogue.WrkPartial, findings);
        foreach (string missing in (string[])["rate", "latency_mean", "connections"])
        {
            if (double.IsNaN(_figures.Value(missing)))
                findings.Add(DiagnosticCatalogue.WrkPartial, detail: $"no {missing.Replace('_', ' ')}");
        }

        double requests = _figures.Value("requests"), durationS = _figures.Value("duration"), perS = _figures.Value("rate");
        if (Math.Abs((perS * durationS) - requests) > (perS * _durationRoundingS) + (0.005 * durationS) + 1e-6)
            findings.Add(DiagnosticCatalogue.WrkCounts, detail: Invariant($"{requests} requests in {durationS} s, {perS} requests/s"));
    }

    private bool TakeFigures(string text, TextLine line)
    {
        if (Connections().Match(text) is { Success: true } connections)
            return Set(line, ("threads", Plain(connections, 1)), ("connections", Plain(connections, 2)));
        if (Latency().Match(text) is { Success: true } latency)
            return Set(line, ("latency_mean", Ms(latency, 1)), ("latency_sd", Ms(latency, 2)), ("latency_max", Ms(latency, 3)));
        if (ThreadRate().Match(text) is { Success: true } thread)
            return Set(line, ("thread_mean", Metric(thread, 1)), ("thread_sd", Metric(thread, 2)), ("thread_max", Metric(thread, 3)));
        if (Total().Match(text) is { Success: true } total)
        {
            _durationRoundingS = WrkFigure.SecondsRounding(total.Groups[2].Value);
            return Set(line, ("requests", Plain(total, 1)), ("duration", WrkFigure.Seconds(total.Groups[2].Value)), ("read", WrkFigure.Bytes(total.Groups[3].Value)));
        }

        if (Transfer().Match(text) is { Success: true } transfer)
            return Set(line, ("transfer", WrkFigure.Bytes(transfer.Groups[1].Value)));

        // These lines end in a figure, which a cut would shorten.
        if (!line.IsTerminated)
            return false;
        if (SocketErrors().Match(text) is { Success: true } errors)
            return Set(line, ("connect", Plain(errors, 1)), ("reading", Plain(errors, 2)), ("writing", Plain(errors, 3)), ("timeout", Plain(errors, 4)));
        if (BadReplies().Match(text) is { Success: true } bad)
            return Set(line, ("bad", Plain(bad, 1)));
        return PerSecond().Match(text) is { Success: true } perS && Set(line, ("rate", Plain(perS, 1)));
    }

    private bool BeginPercentiles(string text)
    {
        _basis = text.Contains("Uncorrected", StringComparison.Ordinal) ? Uncorrected : text.Contains("HdrHistogram", StringComparison.Ordinal) ? Corrected : Measured;
        _isWrk2 |= _basis != Measured;
        return true;
    }

    private bool TakePercentile(string text)
    {
        if (Percentile().Match(text) is not { Success: true } match)
            return false;
        _percentiles[(_basis, Math.Round(Plain(match, 1) / 100, 7))] = (Ms(match, 2), null);
        return true;
    }

    /// <summary>A line of wrk2's detailed spectrum: value in ms, fraction, count, 1 / (1 - fraction).</summary>
    private bool TakeSpectrum(string text)
    {
        if (Spectrum().Match(text) is not { Success: true } match)
            return false;
        _percentiles[(_basis, Plain(match, 2))] = (Plain(match, 1), (long)Plain(match, 3));
        return true;
    }

    private ClientResultRow Row(InputContext context)
    {
        long requests = _figures.Count("requests")!.Value;
        double durationS = _figures.Value("duration");

        // wrk prints zeros for the times of replies that there were none of.
        double? Ms(string name) => requests > 0 ? _figures.Number(name) : null;
        long? none = _figures.Number("rate") is null ? null : 0;
        long? errors = _figures.Count("connect") + _figures.Count("reading") + _figures.Count("writing") + _figures.Count("timeout") ?? none;
        return new ClientResultRow
        {
            Run = context.Run.Run,
            Campaign = context.Run.Campaign,
            Domain = context.Domain?.Name ?? "",
            Workload = context.Domain?.Workload,
            Tool = _isWrk2 ? "wrk2" : "wrk",
            OfferedPerS = _figures.Number("offered") ?? (_isWrk2 ? context.Domain?.OfferedPerS : null),
            DurationS = durationS,
            Replies = requests,
            ThroughputPerS = _figures.Number("rate") ?? (durationS > 0 ? requests / durationS : null),
            ReplyMs = Ms("latency_mean"),
            ReplySdMs = Ms("latency_sd"),
            ReplyMaxMs = Ms("latency_max"),
            ReplyMedianMs = _percentiles.TryGetValue((_isWrk2 ? Corrected : Measured, 0.5), out (double Ms, long? Replies) median) ? median.Ms : null,
            ReplyBytes = requests > 0 ? _figures.Number("read") / requests : null,
            ReceivedKibPerS = _figures.Number("transfer") / 1024,
            Threads = _figures.Count("threads"),
            ThreadRateMean = _figures.Number("thread_mean"),
            ThreadRateSd = _figures.Number("thread_sd"),
            ThreadRateMax = _figures.Number("thread_max"),
            Concurrency = _figures.Count("connections"),
            BadReplies = _figures.Count("bad") ?? none,
            Errors = errors,
            ErrorsClientTimeout = _figures.Count("timeout") ?? none,
            ErrorsConnect = _figures.Count("connect") ?? none,
            ErrorsRead = _figures.Count("reading") ?? none,
            ErrorsWrite = _figures.Count("writing") ?? none,
        };
    }

    private bool Set(TextLine line, params ReadOnlySpan<(string Name, double Value)> figures)
    {
        foreach ((string name, double value) in figures)
            _figures.Set(name, value, line.Number);
        return true;
    }

    private static double Plain(Match match, int group) => double.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    private static double Ms(Match match, int group) => Math.Round(WrkFigure.Seconds(match.Groups[group].Value) * 1000, 9);

    private static double Metric(Match match, int group) => Math.Round(WrkFigure.Metric(match.Groups[group].Value), 6);

    private const string Figure = @"([0-9]{1,15}(?:\.[0-9]{1,9})?", Time = Figure + "(?:us|ms|s|m|h))", Thousands = Figure + "[kMGTP]?)", Size = Figure + "[KMGTP]?B)", Share = @" +(?:[0-9]{1,3}(?:\.[0-9]+)?|-?nan)%$";

    [GeneratedRegex(@"^(?:[#$] *)?(?:\S*/)?wrk2? .*-", RegexOptions.CultureInvariant)]
    private static partial Regex Command();

    [GeneratedRegex(@" (?:-R *|--rate[= ])([0-9]{1,15}[kMG]?)(?: |$)", RegexOptions.CultureInvariant)]
    private static partial Regex Rate();

    [GeneratedRegex(@"^Running [0-9]+[smh]? test @ \S+", RegexOptions.CultureInvariant)]
    private static partial Regex Running();

    [GeneratedRegex(@"^([0-9]{1,9}) threads? and ([0-9]{1,9}) connections?$", RegexOptions.CultureInvariant)]
    private static partial Regex Connections();

    [GeneratedRegex("^Latency +" + Time + " +" + Time + " +" + Time + Share, RegexOptions.CultureInvariant)]
    private static partial Regex Latency();

    [GeneratedRegex("^Req/Sec +" + Thousands + " +" + Thousands + " +" + Thousands + Share, RegexOptions.CultureInvariant)]
    private static partial Regex ThreadRate();

    [GeneratedRegex(@"^([0-9]{1,15}) requests in " + Time + ", " + Size + " read$", RegexOptions.CultureInvariant)]
    private static partial Regex Total();

    [GeneratedRegex(@"^Socket errors: connect ([0-9]{1,15}), read ([0-9]{1,15}), write ([0-9]{1,15}), timeout ([0-9]{1,15})$", RegexOptions.CultureInvariant)]
    private static partial Regex SocketErrors();

    [GeneratedRegex(@"^Non-2xx or 3xx responses: ([0-9]{1,15})$", RegexOptions.CultureInvariant)]
    private static partial Regex BadReplies();

    [GeneratedRegex(@"^Requests/sec: +([0-9]{1,15}(?:\.[0-9]{1,9})?)$", RegexOptions.CultureInvariant)]
    private static partial Regex PerSecond();

    [GeneratedRegex("^Transfer/sec: +" + Size + "$", RegexOptions.CultureInvariant)]
    private static partial Regex Transfer();

    [GeneratedRegex(@"^([0-9]{1,3}(?:\.[0-9]{1,9})?)% +" + Time + "$", RegexOptions.CultureInvariant)]
    private static partial Regex Percentile();

    [GeneratedRegex(@"^([0-9]{1,15}\.[0-9]{1,9}) +([01]\.[0-9]{1,9}) +([0-9]{1,15}) +(?:[0-9]{1,15}\.[0-9]+|inf)$", RegexOptions.CultureInvariant)]
    private static partial Regex Spectrum();

    [GeneratedRegex(@"^(Thread Stats +Avg|Detailed Percentile spectrum:|Value +Percentile +TotalCount|#\[(Mean|Max|Buckets) +=|-{10,}$)", RegexOptions.CultureInvariant)]
    private static partial Regex Side();
}
