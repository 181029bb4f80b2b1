using Colocate.Model.Tables;

namespace Colocate.Model.Runs;

/// <summary>A run in one line, as it is listed: kept with the commit record of its ingest, so that thousands of runs are listed without opening a table.</summary>
public sealed record RunListing
{
    /// <summary>Run id.</summary>
    public required string Run { get; init; }

    /// <summary>Campaign.</summary>
    public required string Campaign { get; init; }

    /// <summary>Kind as Colocate uses it.</summary>
    public required string Kind { get; init; }

    /// <summary>Kind as the manifest says it.</summary>
    public required string KindDeclared { get; init; }

    /// <summary>Guests in the order of the manifest.</summary>
    public required IReadOnlyList<ListedGuest> Guests { get; init; }

    /// <summary>Label of the host; null when the manifest gives none.</summary>
    public string? Host { get; init; }

    /// <summary>ok, lossy or set_aside.</summary>
    public required string Status { get; init; }

    /// <summary>Input files of the run.</summary>
    public required int Files { get; init; }

    /// <summary>Nominal rate as a fraction of saturation; null when the manifest gives none.</summary>
    public double? RateFraction { get; init; }

    /// <summary>Start of the run; null when unknown.</summary>
    public string? StartUtc { get; init; }

    /// <summary>Seconds under load; null when unknown.</summary>
    public double? LoadS { get; init; }

    /// <summary>TSC frequency in Hz; null when unknown.</summary>
    public double? TscHz { get; init; }

    /// <summary>Where it was taken from; null when unknown.</summary>
    public string? TscHzSource { get; init; }

    /// <summary>Cross-checks that agree.</summary>
    public required int ChecksAgree { get; init; }

    /// <summary>Cross-checks that disagree.</summary>
    public required int ChecksDisagree { get; init; }

    /// <summary>Cross-checks with one source only.</summary>
    public required int ChecksNotCompared { get; init; }

    /// <summary>The line of a run, from the rows that tell of it.</summary>
    /// <param name="run">The run.</param>
    /// <param name="domains">Its domains.</param>
    /// <param name="checks">Its cross-checks.</param>
    public static RunListing Of(RunRow run, IEnumerable<RunDomainRow> domains, IEnumerable<CrossCheckRow> checks)
    {
        ILookup<string, CrossCheckRow> verdicts = checks.ToLookup(c => c.Verdict);
        return new RunListing
        {
            Run = run.Run, Campaign = run.Campaign, Kind = run.Kind, KindDeclared = run.KindDeclared, Host = run.Host, Status = run.Status, Files = run.Files,
            RateFraction = run.RateFraction, StartUtc = run.StartUtc, LoadS = run.LoadS, TscHz = run.TscHz, TscHzSource = run.TscHzSource,
            Guests = [.. domains.Where(d => d.Role == "guest").OrderBy(d => d.DomainIndex).Select(d => new ListedGuest(d.Domain, d.Workload, d.OfferedPerS))],
            ChecksAgree = verdicts["agree"].Count(), ChecksDisagree = verdicts["disagree"].Count(), ChecksNotCompared = verdicts["not_compared"].Count(),
        };
    }
}
