using System.Globalization;
using System.IO.Enumeration;
using Colocate.Ingest.Formats;
using Colocate.Model.Runs;

namespace Colocate.Ingest.Xentrace.Events;

/// <summary>Tells which records are wanted; the answer for an event id is worked out once.</summary>
internal sealed class RecordFilter
{
    private readonly Dictionary<uint, bool> _events = [];
    private readonly HashSet<int>? _domains;
    private readonly string? _pattern;
    private readonly double? _fromS;
    private readonly double? _toS;
    private readonly double? _hz;

    internal RecordFilter(EventSelection selection, RunManifest run, double? hz)
    {
        _domains = selection.Domains is null ? null : [.. selection.Domains.Select(d => Domid(d, run)).OfType<int>()];
        _pattern = selection.Like is null ? null : Glob(selection.Like);
        (_fromS, _toS, _hz) = (selection.FromS, selection.ToS, hz);
    }

    /// <summary>First TSC that is wanted and the first one that is no more. Without a frequency times in seconds select nothing.</summary>
    internal (ulong From, ulong To) Range(ulong first) => (Edge(first, _fromS, first), Edge(first, _toS, ulong.MaxValue));

    internal bool WantsDomain(int? domid) => _domains is null || (domid is { } known && _domains.Contains(known));

    internal bool WantsEvent(uint eventId)
    {
        if (_pattern is null)
            return true;
        if (_events.TryGetValue(eventId, out bool wanted))
            return wanted;
        string name = EventNames.Find(eventId) ?? eventId.ToString("x", CultureInfo.InvariantCulture);
        wanted = FileSystemName.MatchesSimpleExpression(_pattern, name, ignoreCase: true);

        // A damaged trace can hold any id; those beyond a bound are looked up every time.
        if (_events.Count < 1 << 14)
            _events.Add(eventId, wanted);
        return wanted;
    }

    private ulong Edge(ulong first, double? seconds, ulong otherwise) =>
        seconds is null ? otherwise : _hz is { } hz ? first + (ulong)Math.Clamp(Math.Round(seconds.Value * hz), 0, 1L << 60) : 0;

    private static int? Domid(string domain, RunManifest run) =>
        run.Domains.FirstOrDefault(d => d.Name == domain)?.Domid
        ?? (domain == "idle" ? EventIds.IdleDomain : int.TryParse(domain, NumberStyles.None, CultureInfo.InvariantCulture, out int id) ? id : null);

    /// <summary>The pattern with the wildcards of the library: characters that it would take for wildcards are escaped.</summary>
    private static string Glob(string like) =>
        like.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("*", "\\*", StringComparison.Ordinal).Replace("?", "\\?", StringComparison.Ordinal)
            .Replace('%', '*').Replace("_", "?", StringComparison.Ordinal);
}
