using System.Reflection;

namespace Colocate.Model.Diagnostics;

/// <summary>
/// Every diagnostic there is. Adding one is adding a line here. Codes follow their format: XT xentrace, XP xentop,
/// XM XenMon, HT httperf, WR wrk, AB and AD ab, NT .nettrace, MF manifest, FL any input file, RN runs, SC scores.
/// </summary>
public static class DiagnosticCatalogue
{
#pragma warning disable CS1591 // Each entry's sentence is its documentation.
    public static readonly DiagnosticKind FileEmpty = Of("FL-EMPTY", Severity.Error,
        "The file has no bytes.", "Record the run again, or remove the file from the manifest.");
    public static readonly DiagnosticKind FileMissing = Of("FL-MISSING", Severity.Error,
        "The manifest names a file that is not there.", "Put the file beside run.json, or set the field to null.");
    public static readonly DiagnosticKind FileUnreadable = Of("FL-UNREADABLE", Severity.Error,
        "The file could not be read.", "Check permissions and the disk, then ingest again.");
    public static readonly DiagnosticKind FileOutside = Of("FL-OUTSIDE", Severity.Error,
        "The file is reached through a link that leads out of the lab folder; it was not read.", "Copy it into the lab folder, or ingest the folder that holds both.");
    public static readonly DiagnosticKind FileBomb = Of("FL-BOMB", Severity.Error,
        "The compressed file yields more than 500 times its size; the rest was not read.", "If it is genuine, decompress it yourself and give the plain file.");
    public static readonly DiagnosticKind FileUnknown = Of("FL-UNKNOWN", Severity.Error,
        "The content matches no known format.", "List the known formats with `colocate formats`; force one with --input-format.");
    public static readonly DiagnosticKind FileWrongFormat = Of("FL-FORMAT", Severity.Error,
        "The content is not of the format the manifest gives this file.", "Check which file the manifest field should name.");
    public static readonly DiagnosticKind FileForcedFormat = Of("FL-FORCED", Severity.Error,
        "The format that --input-format names is not that of the content, or of no use for what the run needs the file for.", "Leave --input-format out, or name the format of the file; list them with `colocate formats`.");
    public static readonly DiagnosticKind FileCompression = Of("FL-COMPRESSION", Severity.Error,
        "The compressed stream is damaged or ends early; what came before was read.", "Copy the file again from its source and compare digests.");
    public static readonly DiagnosticKind FileLongLine = Of("FL-LONGLINE", Severity.Warning,
        "A line of a text log is longer than 64 KiB; it was skipped.", "The log is damaged there, or another file was appended to it.");
    public static readonly DiagnosticKind FileNotUtf8 = Of("FL-UTF8", Severity.Information,
        "A text log holds bytes that are not UTF-8; they are shown as U+FFFD.", "xentop cuts names by bytes: record with `xentop -b -f`, which does not.");

    public static readonly DiagnosticKind TraceNotTrace = Of("XT-NOTRACE", Severity.Error,
        "The first word is not a CPU_CHANGE record.", "Give a binary written by xentrace of Xen 3.2 or later.");
    public static readonly DiagnosticKind TraceOddSize = Of("XT-ODDSIZE", Severity.Warning,
        "The file size is not a multiple of 4; the tail bytes were left out.", "The copy may be incomplete: compare sizes with the source.");
    public static readonly DiagnosticKind TraceTruncatedWindow = Of("XT-TRUNC-WINDOW", Severity.DataLoss,
        "The last window runs past the end of the file.", "The trace was cut: its complete records were used; record again if the end matters.");
    public static readonly DiagnosticKind TraceTruncatedRecord = Of("XT-TRUNC-REC", Severity.DataLoss,
        "A record crosses the end of its window.", "The rest of that window was skipped; the trace is damaged there.");
    public static readonly DiagnosticKind TraceBadClass = Of("XT-BADCLASS", Severity.DataLoss,
        "A record has not exactly one event class.", "The trace is damaged there; three in a row end the window.");
    public static readonly DiagnosticKind TraceNoSync = Of("XT-NOSYNC", Severity.DataLoss,
        "No CPU_CHANGE record stands where a window ended; bytes were skipped up to the next one.", "The trace is damaged or was joined from pieces.");
    public static readonly DiagnosticKind TraceNested = Of("XT-NESTED", Severity.DataLoss,
        "A CPU_CHANGE record stands inside a window; the rest of that window was skipped.", "The trace is damaged or was joined from pieces.");
    public static readonly DiagnosticKind TraceLost = Of("XT-LOST", Severity.DataLoss,
        "Xen dropped records because its trace buffer was full.", "Record with a larger buffer (xentrace -S) or a narrower event mask (-e).");
    public static readonly DiagnosticKind TraceBadLength = Of("XT-BADLEN", Severity.Warning,
        "A record's length differs from every known layout of its event; it was counted, not decoded.", "Report the Xen version, so that the layout can be added.");
    public static readonly DiagnosticKind TraceUnknownEvent = Of("XT-UNKNOWN", Severity.Information,
        "Event ids outside the tables; they are counted by id.", "Nothing to do; see the table trace_events.");
    public static readonly DiagnosticKind TraceBackwardTsc = Of("XT-BACKTSC", Severity.Warning,
        "The TSC steps back on a pcpu; file order was kept and the time clamped.", "Check that the host's TSC is invariant.");
    public static readonly DiagnosticKind TraceRestarts = Of("XT-RESTART", Severity.DataLoss,
        "Windows begin well before the last record of their pcpu: another recording follows in the same file, or the host's clock was set back. They were left out.", "Cut the file before the first of them and ingest each recording by itself.");
    public static readonly DiagnosticKind TraceGap = Of("XT-GAP", Severity.DataLoss,
        "Windows are missing: no pcpu logged anything for long, or a vcpu leaves a pcpu that the records never gave it. What happened meanwhile counts as lost.", "Compare the size of the file with its source; a second recording may have been appended to it.");
    public static readonly DiagnosticKind TraceJump = Of("XT-JUMP", Severity.Warning,
        "The TSC of a pcpu jumps ahead by more than ten minutes, or the next record falls back behind it; the time is believed once a second record confirms it.", "The trace is damaged there, or the host was suspended.");
    public static readonly DiagnosticKind TraceLong = Of("XT-LONG", Severity.Warning,
        "The trace is longer than the table of intervals may become; the rest is in its last interval.", "Record shorter traces, or read the whole-window figures only.");
    public static readonly DiagnosticKind TraceReordered = Of("XT-REORDER", Severity.Warning,
        "Records of another pcpu arrived too late to be merged in order within the memory limit.", "Raise the limit for held records, or check the clocks.");
    public static readonly DiagnosticKind TraceStateMismatch = Of("XT-STATE", Severity.Warning,
        "A runstate record's old state differs from the state replayed so far; the record was believed, and longer times before it count as lost unless a clock that is behind explains it.", "Expected after lost records; otherwise windows are missing, or the trace is damaged.");
    public static readonly DiagnosticKind TraceTwoRunning = Of("XT-TWORUN", Severity.Warning,
        "Two vcpus run on one pcpu at once, or one vcpu on two.", "Suspect clock skew between pcpus, or lost records.");
    public static readonly DiagnosticKind TraceSkew = Of("XT-SKEW", Severity.Warning,
        "A pcpu's clock is behind: vcpus arrived on it before they had left another pcpu.", "Times across these pcpus are off by at least the cycles named; check `xl dmesg` for an unstable TSC, or add them with --assume tsc_behind.PCPU=CYCLES.");
    public static readonly DiagnosticKind TraceNoFrequency = Of("XT-NOHZ", Severity.Error,
        "No TSC frequency: not given, not in the manifest, and the trace does not allow to derive it.", "Set host.tsc_hz in run.json or pass --assume tsc_hz=HZ (see `xl info`).");
    public static readonly DiagnosticKind TraceFrequencyDiffers = Of("XT-HZDIFFERS", Severity.Warning,
        "The TSC frequency given differs from the one that the trace itself shows by more than 1 %.", "Check host.tsc_hz against `xl info` of the host.");
    public static readonly DiagnosticKind TraceOtherXen = Of("XT-VERSION", Severity.Warning,
        "The release of Xen that the manifest names does not write records such as the trace has.", "Check host.hypervisor in run.json against `xl info`, and that the trace is of this run.");
    public static readonly DiagnosticKind TraceNoScheduler = Of("XT-NOSCHED", Severity.Error,
        "No scheduler records: time cannot be attributed to domains.", "Record with the scheduler class enabled (xentrace -e all).");
    public static readonly DiagnosticKind TraceMethodC = Of("XT-METHODC", Severity.Warning,
        "No run-state records: metrics are by method C, which XenMon has, from records of switches.", "Compare them with others of method C only; Xen 3.4 and later log run states with xentrace -e all.");

    public static readonly DiagnosticKind XentopNoHeader = Of("XP-NOHEADER", Severity.Error,
        "No header line was found before the first domain.", "Record with `xentop -b`.");
    public static readonly DiagnosticKind XentopNoRows = Of("XP-NOROWS", Severity.Error,
        "No line of a domain could be read below the header.", "Record with `xentop -b` for at least one iteration; figures have a point before their decimals.");
    public static readonly DiagnosticKind XentopColumns = Of("XP-COLS", Severity.Warning,
        "A line has not the columns its header announces; it was skipped.", "Check the log around that line.");
    public static readonly DiagnosticKind XentopTruncated = Of("XP-TRUNC", Severity.Warning,
        "The last line is cut; it was skipped.", "The recorder was stopped in the middle of a line; nothing else is lost.");
    public static readonly DiagnosticKind XentopCurses = Of("XP-CURSES", Severity.Error,
        "The log holds terminal escape sequences.", "Record with `xentop -b`.");
    public static readonly DiagnosticKind XentopDuplicateName = Of("XP-DUPNAME", Severity.Warning,
        "Two domains of one iteration show the same name.", "Record with `xentop -b -f`, which does not cut names.");
    public static readonly DiagnosticKind XentopWrap = Of("XP-WRAP", Severity.Warning,
        "A CPU percentage is impossibly large; it is stored as unknown.", "A domain was restarted during the run.");
    public static readonly DiagnosticKind XentopRestarts = Of("XP-RESTART", Severity.Warning,
        "No domain has CPU in an iteration, as in the first one of a recording: another recording follows in the same file. Its first percentages are stored as unknown.", "Keep recordings in files of their own: only lines of date tell the time between them.");
    public static readonly DiagnosticKind XentopLong = Of("XP-LONG", Severity.DataLoss,
        "The log has more lines than are kept in memory; the rest was left out.", "Split the log, or log less often (xentop -d).");
    public static readonly DiagnosticKind XentopNoWindow = Of("XP-NOWINDOW", Severity.Information,
        "Neither manifest nor traffic say when in the load xentop ran; no iteration is marked as inside the load window.", "Set load_s and xentop.starts_after_s in run.json.");

    public static readonly DiagnosticKind XenmonColumns = Of("XM-COLS", Severity.Warning,
        "A row has not 16 numbers; it was skipped.", "Check the log around that line.");
    public static readonly DiagnosticKind XenmonNotNumber = Of("XM-NAN", Severity.Warning,
        "A row holds a figure that is no finite number; it was skipped.", "Nothing to do; XenMon divided by an empty interval.");
    public static readonly DiagnosticKind XenmonTimeFalls = Of("XM-NONMONO", Severity.DataLoss,
        "The time falls: logs of two runs were joined; the rows before were left out.", "Keep the logs of a run in a folder of their own.");
    public static readonly DiagnosticKind XenmonDomains = Of("XM-DOMMIX", Severity.Information,
        "A file holds rows of several domains; each row's own domain was believed.", "Nothing to do: XenMon fixes a file's name when it first writes to it.");
    public static readonly DiagnosticKind XenmonNewLayout = Of("XM-48LAYOUT", Severity.Warning,
        "XenMon misreads the records of Xen 4.8 and later: waiting time and allocation are stored as unknown.", "Use xentrace, which `colocate` reads itself.");
    public static readonly DiagnosticKind XenmonNoRows = Of("XM-NOROWS", Severity.Error,
        "No row could be read.", "Give a log written by `xenmon.py -n`.");

    public static readonly DiagnosticKind HttperfNoTotal = Of("HT-NOTOTAL", Severity.Error,
        "No `Total:` line: httperf was stopped before its report.", "Let httperf finish; the run has no throughput for this guest.");
    public static readonly DiagnosticKind HttperfPartial = Of("HT-PARTIAL", Severity.DataLoss,
        "The report ends before its last line.", "Let httperf finish; missing figures are stored as unknown.");
    public static readonly DiagnosticKind HttperfNan = Of("HT-NAN", Severity.Warning,
        "A figure is not a number; it is stored as unknown.", "Runs without replies have no means; nothing to do.");
    public static readonly DiagnosticKind HttperfMultiple = Of("HT-MULTI", Severity.Error,
        "The log holds several reports; the last one was used, the others were skipped.", "Keep one report a file.");
    public static readonly DiagnosticKind HttperfClientBound = Of("HT-CLIENT-BOUND", Severity.Warning,
        "The client ran out of descriptors or ports: it, not the server, limited the run.", "Raise the client's limits and repeat; the throughput is a lower bound.");
    public static readonly DiagnosticKind HttperfDuration = Of("HT-DURATION", Severity.Warning,
        "The test took much longer or shorter than its connections at the rate of the command line.", "Check whether the log was edited or joined from several; repeat the run if it was not.");
    public static readonly DiagnosticKind HttperfCounts = Of("HT-COUNTS", Severity.Warning,
        "There are more replies than requests, or more requests than the connections allow.", "Check whether the log was edited or joined from several; repeat the run if it was not.");
    public static readonly DiagnosticKind HttperfLine = Of("HT-LINE", Severity.Information,
        "A line is none that httperf prints; it was skipped.", "Keep the client's log free of other output.");

    public static readonly DiagnosticKind WrkNoTotal = Of("WR-NOTOTAL", Severity.Error,
        "No report: wrk was stopped before its end, or could not connect.", "Let wrk finish; the run has no throughput for this guest.");
    public static readonly DiagnosticKind WrkPartial = Of("WR-PARTIAL", Severity.DataLoss,
        "The report ends before its last line.", "Let wrk finish; missing figures are stored as unknown.");
    public static readonly DiagnosticKind WrkMultiple = Of("WR-MULTI", Severity.Error,
        "The file holds several reports; the last one was used, the others were skipped.", "Keep one report a file.");
    public static readonly DiagnosticKind WrkCounts = Of("WR-COUNTS", Severity.Warning,
        "Requests, duration and rate contradict each other.", "Check whether the log was edited or joined from several; repeat the run if it was not.");
    public static readonly DiagnosticKind WrkLine = Of("WR-LINE", Severity.Information,
        "A line is none that wrk prints; it was skipped.", "Keep the client's log free of other output.");

    public static readonly DiagnosticKind AbNoTotal = Of("AB-NOTOTAL", Severity.Error,
        "No report: ab was stopped before its end, or could not connect.", "Let ab finish; the run has no throughput for this guest.");
    public static readonly DiagnosticKind AbPartial = Of("AB-PARTIAL", Severity.DataLoss,
        "The report ends before its last line.", "Let ab finish; missing figures are stored as unknown.");
    public static readonly DiagnosticKind AbNan = Of("AB-NAN", Severity.Warning,
        "A figure is not a number; it is stored as unknown.", "Runs without replies have no means; nothing to do.");
    public static readonly DiagnosticKind AbMultiple = Of("AB-MULTI", Severity.Error,
        "The file holds several reports; the last one was used, the others were skipped.", "Keep one report a file.");
    public static readonly DiagnosticKind AbCounts = Of("AB-COUNTS", Severity.Warning,
        "Requests, duration and rate contradict each other.", "Check whether the log was edited or joined from several; repeat the run if it was not.");
    public static readonly DiagnosticKind AbLine = Of("AB-LINE", Severity.Information,
        "A line is none that ab prints; it was skipped.", "Keep the client's log free of other output.");

    public static readonly DiagnosticKind AbDataRow = Of("AD-ROW", Severity.Warning,
        "A row has not the columns of its header, or a time more than a week off; it was skipped.", "Check the row.");
    public static readonly DiagnosticKind AbDataNoRows = Of("AD-NOROWS", Severity.Error,
        "No row could be read.", "Let ab finish, so that it writes its data file.");
    public static readonly DiagnosticKind AbDataCoarse = Of("AD-COARSE", Severity.Information,
        "ab -g gives the begin of a request in whole seconds: the duration is good to a second, and so is the throughput.", "Give ab's own report as the client's log where the throughput matters.");
    public static readonly DiagnosticKind AbDataPercentiles = Of("AD-PERCENTILES", Severity.Information,
        "ab -e gives percentiles alone: the file holds no throughput.", "Give ab's own report as the client's log.");

    public static readonly DiagnosticKind NettraceDamaged = Of("NT-DAMAGED", Severity.DataLoss,
        "The event stream is damaged or ends early; events before that point were used.", "Stop the collector cleanly, so that it writes the end of the stream.");
    public static readonly DiagnosticKind NettraceVersion = Of("NT-VERSION", Severity.Error,
        "The trace is of a later version of the format than 6, the last that can be read.", "Collect with an older dotnet-trace, or take a newer Colocate.");
    public static readonly DiagnosticKind NettraceNoRequests = Of("NT-NOREQUESTS", Severity.Warning,
        "The trace holds no ASP.NET Core request events.", "Collect with the provider Microsoft.AspNetCore.Hosting.");
    public static readonly DiagnosticKind NettraceUnpaired = Of("NT-UNPAIRED", Severity.Information,
        "Requests that began before or ended after the trace; they are left out.", "Nothing to do.");
    public static readonly DiagnosticKind NettraceLost = Of("NT-LOST", Severity.DataLoss,
        "The collector dropped events.", "Collect with a larger buffer or fewer providers.");
    public static readonly DiagnosticKind NettraceFence = Of("NT-FENCE", Severity.Error,
        "The process that read the trace failed or went beyond its limits; nothing of the file was used.", "Record the trace again; where it is merely large, raise --guest-trace-memory or --guest-trace-time.");
    public static readonly DiagnosticKind NettraceNoActivity = Of("NT-NOACTIVITY", Severity.Warning,
        "Request events carry no activity id; such requests were paired by thread, which misses those that changed it.", "Collect with System.Threading.Tasks.TplEventSource, keyword 0x80, as well.");

    public static readonly DiagnosticKind PublishedRow = Of("PT-ROW", Severity.Warning,
        "A row of a published table has not the columns of its header, or a field that is no number; it was skipped.", "Check the row.");

    public static readonly DiagnosticKind ManifestInvalid = Of("MF-INVALID", Severity.Error,
        "The manifest breaks a rule; the run was set aside.", "Mend run.json and ingest again.");
    public static readonly DiagnosticKind ManifestDuplicate = Of("MF-DUPLICATE", Severity.Error,
        "Two manifests of the lab give the same run id; the later one by path was set aside.", "Give every run an id of its own.");
    public static readonly DiagnosticKind ManifestNoClient = Of("MF-NOCLIENT", Severity.Warning,
        "A loaded guest has no usable client result; the run gets metrics but no score.", "Keep the client's log beside run.json and name it in domains[].client.file.");

    public static readonly DiagnosticKind ScoreNoBase = Of("SC-NOBASE", Severity.Warning,
        "A workload has no saturated base run in its campaign or an earlier one; the run gets no score.", "Measure the workload alone at rate_fraction 1.");
    public static readonly DiagnosticKind ScoreHigh = Of("SC-HIGH", Severity.Warning,
        "A guest did better together than alone; its base case or its client log is suspect.", "Compare the client's log with those of the base runs, and repeat the one that is wrong.");
    public static readonly DiagnosticKind DomainUnseen = Of("RN-UNSEEN", Severity.Warning,
        "A domain that --assume names by its id stands in no trace or log of the run.", "Check the ids with `xl list`, or with the table domain_metrics.");
    public static readonly DiagnosticKind CpuDisagrees = Of("RN-CPU", Severity.Warning,
        "CPU time of a domain differs by more than 5 points between two tools.", "Their windows may differ; compare the tables xentop_samples, xenmon_samples and domain_intervals.");
    public static readonly DiagnosticKind ThroughputDisagrees = Of("RN-THROUGHPUT", Severity.Warning,
        "The client and the guest count different throughputs.", "Check that both logs are of this run and of the whole test; look for another client of the same guest.");
#pragma warning restore CS1591

    /// <summary>All kinds, ordered by code.</summary>
    public static IReadOnlyList<DiagnosticKind> All { get; } =
    [
        .. typeof(DiagnosticCatalogue).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(f => f.GetValue(null)).OfType<DiagnosticKind>().OrderBy(k => k.Code, StringComparer.Ordinal),
    ];

    private static DiagnosticKind Of(string code, Severity severity, string sentence, string remedy) => new(code, severity, sentence, remedy);
}
