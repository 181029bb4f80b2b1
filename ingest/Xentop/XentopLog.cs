using System.Runtime.InteropServices;
using Colocate.Ingest.Formats;
using Colocate.Ingest.Text;
using Colocate.Model.Diagnostics;
using Colocate.Model.Tables;

namespace Colocate.Ingest.Xentop;

/// <summary>
/// Puts the domain lines of one log into iterations, decides which CPU percentages are known, and which iterations lie in the load.
/// </summary>
/// <remarks>
/// <para>
/// <b>Iterations.</b> A header begins an iteration. With -r a header stands before every domain; then a name that was seen already does.
/// The log shows which of the two it is: as soon as two domains follow one header, it is not -r.
/// </para>
/// <para>
/// <b>CPU(%).</b> xentop prints 0.0 when it has no earlier sample of the domain. So the value is unknown in a domain's first line, after
/// it was absent for an iteration, and when its CPU(sec) fell, which means a new domain of that name. An iteration in which no domain at
/// all has CPU, Domain-0 among them, is the first one of another recording: xentop itself runs there.
/// </para>
/// <para>
/// <b>Load window.</b> The log holds no time. The load ends <c>load_s - trace.starts_after_s</c> seconds after the first iteration, when
/// xentop and the trace began together. The interval is at least the nominal one, and longer on a busy host, where xentop itself waits
/// for CPU. How long it really was follows from the log: CPU(%) of an interval times its length is CPU time, and CPU(sec) counts CPU
/// time, hence <c>interval = sum of CPU(sec) increments / sum of CPU fractions</c> over all domains and iterations. CPU(sec) is cut to
/// whole seconds; the difference of two such values has a standard deviation of sqrt(1/6) s a domain. That much is added, so
/// that a doubtful iteration is outside, and the estimate is used only where the error is below a tenth; elsewhere the host was
/// too idle to stretch the interval, and the nominal one holds. An iteration is inside when the whole interval that it closes
/// is; the first one closes none. Where lines of date stand in the log, they tell the times (<see cref="XentopClock"/>), cut to seconds. When the manifest does not say when xentop began, the traffic in the log tells (<see cref="LoadSeen"/>);
/// where it does not, none is inside and XP-NOWINDOW is found.
/// </para>
/// </remarks>
internal sealed class XentopLog(InputContext context)
{
    /// <summary>xentop's own interval without -d: <c>delay</c> in <c>tools/xentop/xentop.c</c>.</summary>
    private const double DefaultIntervalS = 3;

    /// <summary>A percentage beyond this multiple of a domain's vcpus is no measurement but an unsigned difference below zero.</summary>
    private const double WrapFactor = 2;

    /// <summary>Largest error of the estimated interval, as a fraction, at which it is believed.</summary>
    private const double MaxIntervalError = 0.1;

    /// <summary>The domain that xentop runs in, as Xen's tools call it.</summary>
    private const string Driver = "Domain-0";

    /// <summary>What the difference of two times that are cut to seconds may lack.</summary>
    private const double StampErrorS = 1;

    private readonly List<XentopSampleRow> _rows = [];
    private readonly double _nominalS = context.Run.Xentop?.IntervalS ?? DefaultIntervalS;

    /// <summary>CPU(sec) by name and occurrence of that name, in the iteration before and in this one.</summary>
    private Dictionary<(string Name, int Occurrence), double?> _before = [];
    private Dictionary<(string Name, int Occurrence), double?> _now = [];

    /// <summary>How often each name stands in this iteration.</summary>
    private readonly Dictionary<string, int> _names = [];

    private readonly XentopDetails _details = new(context.Run);
    private readonly XentopSeries _series = new();
    private readonly XentopClock _clock = new();

    /// <summary>Names whose CPU time entered the sums below; each brings one truncation error.</summary>
    private readonly HashSet<(string Name, int Occurrence)> _measured = [];
    private double _cpuS;
    private double _cpuFractions;

    /// <summary>Iterations that begin a recording, and the line of the latest one's first domain.</summary>
    private readonly HashSet<int> _begins = [0];
    private long _sampleLine;

    /// <summary>CPU(sec) that the domains of this iteration gained, and what they say they used.</summary>
    private readonly List<((string Name, int Occurrence) Key, double GainedS, double Fraction)> _used = [];
    private bool _hasDriver;
    private bool _hasCpu;

    private int _sample = -1;
    private int _linesInBlock;
    private bool _headerBeginsIteration;

    /// <summary>Rows kept so far.</summary>
    internal int Rows => _rows.Count + _details.Rows;

    /// <summary>A header line.</summary>
    internal void BeginBlock() => _linesInBlock = 0;

    /// <summary>A domain line.</summary>
    internal void Add(XentopLine line, long lineNumber)
    {
        _linesInBlock++;
        _headerBeginsIteration |= _linesInBlock == 2;
        if (_linesInBlock == 1 && (_sample < 0 || _headerBeginsIteration || _names.ContainsKey(line.Name)))
        {
            EndIteration();
            _sample++;
            _sampleLine = lineNumber;
            (_before, _now) = (_now, []);
            _names.Clear();
        }

        int occurrence = CollectionsMarshal.GetValueRefOrAddDefault(_names, line.Name, out _)++;
        if (occurrence > 0)
            context.Findings.Add(DiagnosticCatalogue.XentopDuplicateName, lineNumber, detail: line.Name);
        _now.Add((line.Name, occurrence), line.Number("CPU(sec)"));
        _hasDriver |= line.Name == Driver;
        _hasCpu |= line.Number("CPU(%)") is not 0.0;
        _details.BeginDomain(line.Name, occurrence, _sample);
        _rows.Add(Row(line, CpuFraction(line, (line.Name, occurrence), lineNumber)) with { Occurrence = occurrence, Series = _series.Of((line.Name, occurrence), line) });
    }

    /// <summary>A line that holds no figures, and perhaps a time.</summary>
    internal void AddSideLine(string line) => _clock.Add(line, _sample);

    /// <summary>A line below a domain or an iteration; false when it holds no figures.</summary>
    internal bool AddDetail(TextLine line) => _sample >= 0 && line.IsTerminated && _details.Add(line.Text);

    /// <summary>Hands over the rows, once the whole log tells how long its interval was.</summary>
    internal void Finish(RowSink rows)
    {
        EndIteration();
        double[]? times = _clock.Times(_sample + 1, _nominalS);
        (int First, int Last)? window = Window(times);
        if (window is null && _rows.Count > 0)
            context.Findings.Add(DiagnosticCatalogue.XentopNoWindow);
        foreach (XentopSampleRow row in _rows)
        {
            rows.Add(row with
            {
                TimeS = times?[row.SampleIndex] ?? row.TimeS, CpuFraction = _begins.Contains(row.SampleIndex) ? null : row.CpuFraction,
                InLoadWindow = row.SampleIndex > 0 && row.SampleIndex >= window?.First && row.SampleIndex <= window?.Last,
            });
        }

        _details.AddRows(rows, _begins.Contains);
    }

    /// <summary>Once all its domains are there an iteration shows whether it is the first one of a recording: what it prints of CPU is then no measurement.</summary>
    private void EndIteration()
    {
        if (_sample > 0 && _hasDriver && !_hasCpu)
        {
            _begins.Add(_sample);
            context.Findings.Add(DiagnosticCatalogue.XentopRestarts, _sampleLine);
        }
        else
        {
            foreach (((string Name, int Occurrence) key, double gainedS, double fraction) in _used)
            {
                _measured.Add(key);
                _cpuFractions += fraction;
                _cpuS += gainedS;
            }
        }

        _used.Clear();
        _hasDriver = _hasCpu = false;
    }

    /// <summary>Iterations inside the load: by the manifest where it says when xentop began, else by the traffic in the log.</summary>
    private (int First, int Last)? Window(double[]? times)
    {
        double? startS = context.Run.Xentop?.StartsAfterS ?? context.Run.Trace?.StartsAfterS;
        if (context.Run.LoadS - startS is not { } loadS)
            return LoadSeen.Find(context.Run, _rows);
        return (1, times is null ? (int)Math.Clamp(loadS / IntervalS(), 0, int.MaxValue) : times.Count(t => t + StampErrorS <= loadS) - 1);
    }

    private double? CpuFraction(XentopLine line, (string Name, int Occurrence) key, long lineNumber)
    {
        double? fraction = Fraction(line, "CPU(%)");
        if (fraction > WrapFactor * Math.Max(1, line.Count("VCPUS") ?? 1))
        {
            context.Findings.Add(DiagnosticCatalogue.XentopWrap, lineNumber, detail: FormattableString.Invariant($"{key.Name}: {fraction}"));
            return null;
        }

        if (!_before.TryGetValue(key, out double? cpuBefore) || line.Number("CPU(sec)") < cpuBefore)
            return null;
        if (fraction is { } known && line.Number("CPU(sec)") - cpuBefore is { } gained)
            _used.Add((key, gained, known));
        return fraction;
    }

    /// <summary>Per cent are printed with one decimal; the quotient of doubles would show digits that were never there.</summary>
    private static double? Fraction(XentopLine line, string column) => line.Number(column) is { } percent ? Math.Round(percent / 100, 3) : null;

    private double IntervalS()
    {
        double errorS = Math.Sqrt(_measured.Count / 6.0);
        return _cpuS * MaxIntervalError < errorS || _cpuFractions <= 0 ? _nominalS : Math.Max(_nominalS, (_cpuS + errorS) / _cpuFractions);
    }

    private XentopSampleRow Row(XentopLine line, double? cpuFraction) => new()
    {
        Run = context.Run.Run,
        Campaign = context.Run.Campaign,
        Domain = line.Name,
        SampleIndex = _sample,
        TimeS = _sample * _nominalS,
        State = line.State,
        CpuS = line.Number("CPU(sec)"),
        CpuFraction = cpuFraction,
        MemoryKib = line.Number("MEM(k)"),
        Vcpus = line.SmallCount("VCPUS"),
        Nets = line.SmallCount("NETS"),
        NetTxKib = line.Number("NETTX(k)"),
        NetRxKib = line.Number("NETRX(k)"),
        Vbds = line.SmallCount("VBDS"),
        VbdRead = line.Count("VBD_RD"),
        VbdWrite = line.Count("VBD_WR"),
        MemoryFraction = Fraction(line, "MEM(%)"),
        MaxMemoryKib = line.Number("MAXMEM(k)"),
        MaxMemoryFraction = Fraction(line, "MAXMEM(%)"),
        VbdDelayed = line.Count("VBD_OO"),
        VbdReadSectors = line.Count("VBD_RSECT"),
        VbdWriteSectors = line.Count("VBD_WSECT"),
        Ssid = line.Count("SSID"),
    };
}
