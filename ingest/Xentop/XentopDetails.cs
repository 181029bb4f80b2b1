using System.Globalization;
using System.Text.RegularExpressions;
using Colocate.Ingest.Formats;
using Colocate.Model.Runs;
using Colocate.Model.Tables;

namespace Colocate.Ingest.Xentop;

/// <summary>The lines that -v, -n and -x add below a domain, and -p below an iteration.</summary>
/// <remarks><c>do_vcpu</c>, <c>do_network</c>, <c>do_vbd</c> and <c>do_pcpu</c> in <c>tools/xentop/xentop.c</c>.</remarks>
internal sealed partial class XentopDetails(RunManifest run)
{
    private readonly List<XentopVcpuRow> _vcpus = [];
    private readonly List<XentopNetworkRow> _networks = [];
    private readonly List<XentopDeviceRow> _devices = [];
    private readonly List<XentopPcpuRow> _pcpus = [];
    private string _domain = "";
    private int _occurrence;
    private int _sample;
    private bool _continuesVcpus;

    /// <summary>Rows kept so far.</summary>
    internal int Rows => _vcpus.Count + _networks.Count + _devices.Count + _pcpus.Count;

    /// <summary>What follows belongs to this domain of this iteration.</summary>
    internal void BeginDomain(string name, int occurrence, int sample) => (_domain, _occurrence, _sample, _continuesVcpus) = (name, occurrence, sample, false);

    /// <summary>Takes a line in; false when it holds no figures.</summary>
    internal bool Add(string text)
    {
        Match vcpus = Vcpus().Match(text);
        bool isContinued = _continuesVcpus;
        _continuesVcpus = vcpus.Success && (isContinued || text.StartsWith('V'));
        if (_continuesVcpus)
            AddVcpus(vcpus);
        else if (Network().Match(text) is { Success: true } network)
            AddNetwork(network);
        else if (Device().Match(text) is { Success: true } device)
            AddDevice(device);
        else if (Pcpu().Match(text) is { Success: true } pcpu)
            AddPcpu(pcpu);
        else
            return false;
        return true;
    }

    /// <summary>Hands over the rows.</summary>
    /// <param name="rows">Receives them.</param>
    /// <param name="isFirst">True for the first iteration of a recording, in which usage is printed as 0.0 and unknown.</param>
    internal void AddRows(RowSink rows, Func<int, bool> isFirst)
    {
        _vcpus.ForEach(rows.Add);
        _networks.ForEach(rows.Add);
        _devices.ForEach(rows.Add);
        _pcpus.ForEach(p => rows.Add(isFirst(p.SampleIndex) ? p with { BusyFraction = null } : p));
    }

    private void AddVcpus(Match match)
    {
        for (int i = 0; i < match.Groups[1].Captures.Count; i++)
        {
            _vcpus.Add(new XentopVcpuRow
            {
                Run = run.Run, Campaign = run.Campaign, Domain = _domain, Occurrence = _occurrence, SampleIndex = _sample, Vcpu = (int)Number(match.Groups[1].Captures[i])!, CpuS = Number(match.Groups[2].Captures[i])!.Value,
            });
        }
    }

    private void AddNetwork(Match match)
    {
        long Of(int group) => Number(match.Groups[group])!.Value;
        _networks.Add(new XentopNetworkRow
        {
            Run = run.Run, Campaign = run.Campaign, Domain = _domain, Occurrence = _occurrence, SampleIndex = _sample, Network = (int)Of(1), RxBytes = Of(2), RxPackets = Of(3), RxErrors = Of(4), RxDropped = Of(5),
            TxBytes = Of(6), TxPackets = Of(7), TxErrors = Of(8), TxDropped = Of(9),
        });
    }

    private void AddDevice(Match match) => _devices.Add(new XentopDeviceRow
    {
        Run = run.Run, Campaign = run.Campaign, Domain = _domain, Occurrence = _occurrence, SampleIndex = _sample, Backend = match.Groups[1].Value, Device = Number(match.Groups[2])!.Value,
        MajorMinor = match.Groups[3].Value + ":" + match.Groups[4].Value, Delayed = Number(match.Groups[5]), Reads = Number(match.Groups[6]), Writes = Number(match.Groups[7]),
        ReadSectors = Number(match.Groups[8]), WriteSectors = Number(match.Groups[9]),
    });

    private void AddPcpu(Match match) => _pcpus.Add(new XentopPcpuRow
    {
        Run = run.Run, Campaign = run.Campaign, SampleIndex = _sample, Pcpu = (int)Number(match.Groups[1])!,
        BusyFraction = Math.Round(double.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture) / 100, 3),
    });

    private static long? Number(Capture figure) => long.TryParse(figure.Value, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : null;

    [GeneratedRegex(@"^(?:VCPUs\(sec\):| {7,}(?=[0-9]))(?: *([0-9]{1,9}): +([0-9]{1,15})s)* *$", RegexOptions.CultureInvariant)]
    private static partial Regex Vcpus();

    [GeneratedRegex(
        @"^Net([0-9]{1,9}) +RX: *([0-9]{1,18})bytes *([0-9]{1,18})pkts *([0-9]{1,18})err *([0-9]{1,18})drop +TX: *([0-9]{1,18})bytes *([0-9]{1,18})pkts *([0-9]{1,18})err *([0-9]{1,18})drop$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Network();

    [GeneratedRegex(
        @"^VBD (\w+) +([0-9]{1,18}) \[ *([0-9a-f]+): *([0-9a-f]+)\] +OO: +([0-9]{1,18}|-) +RD: +([0-9]{1,18}|-) +WR: +([0-9]{1,18}|-)(?: +RSECT: +([0-9]{1,18}|-) +WSECT: +([0-9]{1,18}|-))?$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Device();

    [GeneratedRegex(@"^\| *([0-9]{1,9}) *\| *([0-9]{1,3}\.[0-9])% *\|$", RegexOptions.CultureInvariant)]
    private static partial Regex Pcpu();
}
