using Colocate.Model.Errors;
using Colocate.Model.Lake;
using Colocate.Model.Runs;
using Colocate.Model.Tables;

namespace Colocate.Cli.Pipeline;

/// <summary>The trace of a run as the lake knows it: where it lies, its digest, and what the run's manifest said of it.</summary>
/// <param name="Path">The file.</param>
/// <param name="Digest">Digest of what was ingested.</param>
/// <param name="Run">The run, with as much of its manifest as the lake's tables hold.</param>
/// <param name="TscHz">TSC frequency that it was read with.</param>
/// <param name="LengthS">Length of the trace in seconds; null when no metrics came of it.</param>
/// <param name="Start">Wall-clock time of its first record; null when unknown.</param>
internal sealed record LakeTrace(string Path, string Digest, RunManifest Run, double TscHz, double? LengthS, DateTimeOffset? Start)
{
    /// <summary>Finds a run's trace.</summary>
    /// <param name="lake">The lake.</param>
    /// <param name="run">Id of the run.</param>
    /// <param name="lab">Folder that the lake's paths are relative to; null to look where the lake was filled from.</param>
    /// <exception cref="RequestException">There is no such run, it has no trace that can be read, or the file is not there.</exception>
    internal static async Task<LakeTrace> FindAsync(Lake lake, string run, string? lab)
    {
        RunRow row = (await lake.ReadAsync<RunRow>().ConfigureAwait(false)).FirstOrDefault(r => r.Run == run)
            ?? throw new RequestException(ExitCode.NothingMatched, $"There is no run '{run}' in the lake", "list the runs with `colocate runs`");
        InputFileRow? trace = (await lake.ReadAsync<InputFileRow>().ConfigureAwait(false)).FirstOrDefault(f => f.Run == run && f.Role == "trace");
        if (trace?.DigestOf() is not { } digest || trace.Status == "set_aside" || row.TscHz is not { } hz)
        {
            string why = trace is null ? "it was recorded without one" : trace.Reason ?? (row.TscHz is null ? "its TSC frequency is unknown" : "it was not there when it was ingested");
            throw new RequestException(ExitCode.NothingMatched, $"The run '{run}' has no usable trace: {why}", "choose a run whose run.json names a trace");
        }

        string[] labs = lab is null ? [.. lake.LabFolders] : [System.IO.Path.GetFullPath(lab)];
        string? path = labs.Select(l => System.IO.Path.Combine(l, trace.File)).FirstOrDefault(File.Exists)
            ?? throw new RequestException(
                ExitCode.NothingMatched, $"The trace '{trace.File}' of the run '{run}' is not below {(labs.Length == 0 ? "any known lab folder" : string.Join(", ", labs.Select(l => $"'{l}'")))}",
                "say where the lab lies now with --lab DIR");
        RunDomainRow[] domains = [.. (await lake.ReadAsync<RunDomainRow>().ConfigureAwait(false)).Where(d => d.Run == run)];
        double? length = (await lake.ReadAsync<HostMetricsRow>().ConfigureAwait(false)).FirstOrDefault(m => m.Run == run)?.WindowS;
        return new LakeTrace(path, digest, Describe(row, domains), hz, length, StartOf(row));
    }

    private static DateTimeOffset? StartOf(RunRow row) =>
        DateTimeOffset.TryParse(row.StartUtc, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal, out DateTimeOffset start)
            ? start.AddSeconds(row.TraceStartsAfterS ?? 0)
            : null;

    private static RunManifest Describe(RunRow row, IEnumerable<RunDomainRow> domains) => new()
    {
        Run = row.Run, Campaign = row.Campaign, Kind = RunKind.Other, KindDeclared = row.KindDeclared, Host = new HostSpec { Pcpus = row.Pcpus, TscHz = row.TscHz },
        Domains = [.. domains.Select(d => new DomainSpec { Name = d.Domain, Domid = d.Domid, Vcpus = d.Vcpus, Role = d.Role })],
    };
}
