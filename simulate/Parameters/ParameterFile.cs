using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Colocate.Model.Errors;
using Colocate.Simulate.Scenarios;
using Colocate.Simulate.Schedulers;

namespace Colocate.Simulate.Parameters;

/// <summary>
/// <c>params.json</c>: a calibrated host as text that people can read, compare and change. Field names carry their units. The same host gives
/// the same bytes.
/// </summary>
public static class ParameterFile
{
    private const int Format = 1;

    private static readonly JsonSerializerOptions s_layout = new() { WriteIndented = true, IndentSize = 1, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes a host.</summary>
    public static void Write(Stream stream, CalibratedHost host)
    {
        using var writer = new StreamWriter(stream, leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine(Document(host).ToJsonString(s_layout));
    }

    /// <summary>Reads what <see cref="Write"/> wrote. Parameters that the file leaves out have their start value.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="name">What errors call it, usually the path.</param>
    /// <exception cref="RequestException">Wrong use: not such a file, a field that is missing or out of range, or a newer format.</exception>
    public static CalibratedHost Read(Stream stream, string name)
    {
        try
        {
            JsonObject root = Object(JsonNode.Parse(stream), "the document");
            if (Number(root, "format", 0, int.MaxValue) > Format)
                throw new RequestException(ExitCode.WrongUse, $"{name} was written by a newer version", "use that version, or calibrate again");
            return Host(root);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw new RequestException(ExitCode.WrongUse, $"{name} is not a file of parameters: {e.Message}", "make one with `colocate calibrate`");
        }
    }

    private static JsonObject Document(CalibratedHost host) => new()
    {
        ["format"] = Format,
        ["parameters"] = new JsonArray([.. ParameterCatalogue.All.Select(p => Entry(p, host))]),
        ["host"] = new JsonObject
        {
            ["generation"] = host.Generation.Name,
            ["pcpus"] = host.Pcpus,
            ["threads_per_core"] = host.ThreadsPerCore,
            ["dom0_vcpus"] = host.DriverVcpus,
            ["guest_vcpus"] = host.GuestVcpus,
            ["scheduler"] = host.Scheduler,
            ["tslice_ms"] = host.TsliceMs,
            ["ratelimit_us"] = host.RatelimitUs,
            ["nic_mbit"] = host.NicMbit,
            ["nic_burst_bytes"] = host.NicBurstBytes,
            ["nic_queue_bytes"] = host.NicQueueBytes,
            ["load_s"] = host.LoadS,
            ["speed_sd"] = host.SpeedSd,
        },
        ["workloads"] = new JsonArray([.. host.Workloads.Select(w => new JsonObject
        {
            ["workload"] = w.Workload,
            ["reply_bytes"] = w.ReplyBytes,
            ["base_per_s"] = w.BasePerS,
            ["simulated_base_per_s"] = w.SimulatedBasePerS,
            ["timeout_s"] = w.TimeoutS,
            ["poisson"] = w.Poisson,
            ["workers"] = w.Workers,
            ["backlog"] = w.Backlog,
        })]),
        ["calibration"] = new JsonObject
        {
            ["seed"] = host.Seed,
            ["evaluations"] = host.Evaluations,
            ["loss"] = host.Loss,
            ["runs"] = new JsonArray([.. host.Runs.Select(r => JsonValue.Create(r))]),
            ["pair_runs"] = new JsonArray([.. host.PairRuns.Select(r => JsonValue.Create(r))]),
        },
        ["accepted"] = AcceptedVectors.Document(host),
    };

    private static JsonObject Entry(ParameterDefinition parameter, CalibratedHost host)
    {
        FittedParameter? fitted = host.Fitted.FirstOrDefault(f => f.Definition == parameter);
        return new JsonObject
        {
            ["name"] = parameter.Name,
            ["value"] = host.Parameters[parameter],
            ["unit"] = parameter.Unit,
            ["meaning"] = parameter.Meaning,
            ["fitted"] = fitted is not null,
            ["start"] = fitted?.Start,
            ["low"] = fitted?.Low,
            ["high"] = fitted?.High,
            ["prior_sd"] = fitted?.PriorSd,
            ["source"] = parameter.Source,
        };
    }

    private static CalibratedHost Host(JsonObject root)
    {
        JsonObject host = Object(Part(root, "host"), "host"), calibration = Object(Part(root, "calibration"), "calibration");
        (ParameterDefinition Parameter, double Value, FittedParameter? Fitted)[] parameters = [.. Part(root, "parameters").AsArray().Select(Parameter)];
        CalibratedWorkload[] workloads = [.. Part(root, "workloads").AsArray().Select(Workload)];
        OnlyOnce("parameter", parameters.Select(p => p.Parameter.Name));
        OnlyOnce("workload", workloads.Select(w => w.Workload));
        var read = new CalibratedHost
        {
            Parameters = HostParameters.Start.With(parameters.Select(p => (p.Parameter, p.Value))),
            Fitted = [.. parameters.Where(p => p.Fitted is not null).Select(p => p.Fitted!).OrderBy(f => f.Definition.Index)],
            Workloads = workloads,
            Generation = Generation(host["generation"]?.GetValue<string>() ?? HostGeneration.Xen417.Name),
            Pcpus = (int)Number(host, "pcpus", 1, 4096),
            ThreadsPerCore = host["threads_per_core"] is null ? 1 : (int)Number(host, "threads_per_core", 1, 8),
            DriverVcpus = host["dom0_vcpus"] is null ? 1 : (int)Number(host, "dom0_vcpus", 1, 128),
            GuestVcpus = host["guest_vcpus"] is null ? 1 : (int)Number(host, "guest_vcpus", 1, 128),
            Scheduler = Scheduler(host["scheduler"]?.GetValue<string>() ?? SchedulerCatalogue.Default),
            TsliceMs = (int)Number(host, "tslice_ms", 1, 1000),
            RatelimitUs = host["ratelimit_us"] is JsonValue none && none.TryGetValue(out int us) && us == 0 ? 0 : (int)Number(host, "ratelimit_us", 100, 500_000),
            NicMbit = Number(host, "nic_mbit", 1e-6, 1e9),
            NicBurstBytes = host["nic_burst_bytes"] is null ? null : (long)Number(host, "nic_burst_bytes", 1, 1e15),
            NicQueueBytes = (long)Number(host, "nic_queue_bytes", 1, 1e15),
            LoadS = Number(host, "load_s", 1e-3, 1e9),
            SpeedSd = Number(host, "speed_sd", 0, 10),
            Seed = Part(calibration, "seed").GetValue<long>(),
            Evaluations = (int)Number(calibration, "evaluations", 0, int.MaxValue),
            Loss = Number(calibration, "loss", 0, double.MaxValue),
            Runs = Names(Part(calibration, "runs"), "runs"),
            PairRuns = calibration["pair_runs"] is { } pairs ? Names(pairs, "pair_runs") : [],
        };
        return read with { Accepted = AcceptedVectors.Read(root["accepted"], read) };
    }

    private static HostGeneration Generation(string name) => HostGeneration.Find(name) ?? throw new FormatException($"there is no generation '{name}' of hosts");

    private static string Scheduler(string name) => SchedulerCatalogue.Find(name)?.Name ?? throw new FormatException($"there is no scheduler '{name}'");

    private static (ParameterDefinition Parameter, double Value, FittedParameter? Fitted) Parameter(JsonNode? node)
    {
        JsonObject entry = Object(node, "an entry of 'parameters'");
        string name = Part(entry, "name").GetValue<string>();
        ParameterDefinition parameter = ParameterCatalogue.All.FirstOrDefault(p => p.Name == name) ?? throw new FormatException($"there is no parameter '{name}'");
        return (parameter, Number(entry, "value", parameter.Least, parameter.Most, name), entry["low"] is null ? null : Fitted(entry, parameter));
    }

    /// <summary>Files of earlier versions have neither start nor prior; theirs were those of the catalogue.</summary>
    private static FittedParameter Fitted(JsonObject entry, ParameterDefinition parameter)
    {
        double low = Number(entry, "low", Math.Max(parameter.Least, double.Epsilon), parameter.Most, parameter.Name), high = Number(entry, "high", low, parameter.Most, parameter.Name);
        double start = entry["start"] is null ? Math.Clamp(parameter.Start, low, high) : Number(entry, "start", low, high, parameter.Name);
        var fitted = new FittedParameter(parameter, start, low, high);
        return entry["prior_sd"] is null ? fitted : fitted with { PriorSd = Number(entry, "prior_sd", double.Epsilon, double.MaxValue, parameter.Name) };
    }

    private static CalibratedWorkload Workload(JsonNode? node)
    {
        JsonObject entry = Object(node, "an entry of 'workloads'");
        string name = Part(entry, "workload").GetValue<string>();
        return new CalibratedWorkload
        {
            Workload = name,
            ReplyBytes = (long)Number(entry, "reply_bytes", 0, 1e15, name),
            BasePerS = Number(entry, "base_per_s", 1e-9, 1e9, name),
            SimulatedBasePerS = Number(entry, "simulated_base_per_s", 1e-9, 1e9, name),
            TimeoutS = Number(entry, "timeout_s", 1e-3, 1e6, name),
            Poisson = Part(entry, "poisson", name).GetValue<bool>(),
            Workers = (int)Number(entry, "workers", 1, 1 << 20, name),
            Backlog = (int)Number(entry, "backlog", 0, 1 << 20, name),
        };
    }

    private static string[] Names(JsonNode list, string field) => [.. list.AsArray().Select(r => r?.GetValue<string>() ?? throw new FormatException($"'{field}' has an entry without a name"))];

    private static void OnlyOnce(string what, IEnumerable<string> names)
    {
        if (names.GroupBy(n => n).FirstOrDefault(n => n.Count() > 1) is { } twice)
            throw new FormatException($"the {what} '{twice.Key}' is given twice");
    }

    internal static JsonObject Object(JsonNode? node, string name) => node as JsonObject ?? throw new FormatException($"{name} is not an object");

    internal static JsonNode Part(JsonObject parent, string field, string? of = null) => parent[field] ?? throw new FormatException($"'{field}'{Of(of)} is missing");

    internal static double Number(JsonObject parent, string field, double least, double most, string? of = null)
    {
        JsonNode part = Part(parent, field, of);
        if (part.GetValueKind() != JsonValueKind.Number)
            throw new FormatException($"'{field}'{Of(of)} is not a number");
        double value = part.GetValue<double>();
        return value >= least && value <= most ? value : throw new FormatException(FormattableString.Invariant($"'{field}'{Of(of)} is {value}, outside {least} to {most}"));
    }

    private static string Of(string? name) => name is null ? "" : $" of '{name}'";
}
