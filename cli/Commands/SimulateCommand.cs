using System.CommandLine;
using Colocate.Cli.Output;
using Colocate.Cli.Pipeline;
using Colocate.Cli.Progress;
using Colocate.Model.Lake;
using Colocate.Model.Runs;
using Colocate.Model.Tables;
using Colocate.Simulate.Experiments;
using Colocate.Simulate.Parameters;

namespace Colocate.Cli.Commands;

/// <summary><c>simulate</c>: any number of guests on the calibrated host.</summary>
internal static class SimulateCommand
{
    internal static Command Create(Terminal terminal)
    {
        var parameters = new Option<string>("--params", "-p") { Description = "Parameters made by calibrate or run.", HelpName = "JSON", Required = true };
        Option<string> lake = CommonOptions.Lake();
        var scenario = new ScenarioOptions();
        Option<int> replicas = CommonOptions.Replicas(), seed = CommonOptions.Seed(), jobs = CommonOptions.Jobs();
        Option<double> level = CommonOptions.Level();
        var xentrace = new Option<string?>("--xentrace")
        {
            Description = "Also write the first replica's window of metrics as a trace in xentrace's format (Xen 4.17, TSC of 1 GHz), for ingest or xenalyze; with -n 1 it is the run whose figures are printed.",
            HelpName = "FILE",
        };
        Option<bool> quiet = CommonOptions.Quiet();
        Option<OutputFormat?> format = CommonOptions.Format();
        var command = new Command("simulate", "What if: workloads side by side on the calibrated host, or a measured run again.") { parameters, lake, replicas, level, seed, jobs, xentrace, quiet, format };
        scenario.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            CalibratedHost host = ParameterFiles.Read(parsed.GetValue(parameters)!);
            Experiment experiment = await scenario.ReadAsync(parsed, host, () => Lake.Open(parsed.GetValue(lake)!)).ConfigureAwait(false);
            string? trace = parsed.GetValue(xentrace);
            if (trace is not null)
                WholeFile.CheckWritable(trace);
            using var progress = new ProgressDisplay(terminal, parsed.GetValue(quiet));
            var settings = new ExperimentSettings { Replicas = parsed.GetValue(replicas), Level = parsed.GetValue(level), Seed = parsed.GetValue(seed), Jobs = parsed.GetValue(jobs) };
            var laboratory = new Laboratory(host, settings);
            ExperimentResult result = laboratory.Run([experiment], new ExperimentReport(progress, laboratory.Replicas), cancellation)[0];
            if (trace is not null)
                TraceFiles.Write(laboratory.Replica(experiment, 0), laboratory.Parameters(0), trace, cancellation);
            Record all = Describe(result);
            RecordWriter.Write(terminal, parsed.GetValue(format), RecordWriter.Chosen(terminal, parsed.GetValue(format)) == OutputFormat.Json ? [all] : Lines(result));
            return 0;
        });
        return command;
    }

    private static Record Describe(ExperimentResult result)
    {
        SimulatedRunRow run = result.Run;
        string? noScore = result.Domains.Skip(1).Select(NoBase).FirstOrDefault(r => r is not null) ?? (result.Domains.Skip(1).All(IsIdle) ? "no guest is loaded" : null);
        string? noRange = noScore ?? (run.Replicas == 1 ? "one replica does not tell the spread" : null);
        return new Record
        {
            { "vms", result.Domains.Skip(1).Select(Guest).ToList() },
            { "dom0", Domain(result.Domains[0]) },
            { "host", Host(run) },
            { "combined", run.Combined, noScore }, { "combined_low", run.CombinedLow, noRange }, { "combined_high", run.CombinedHigh, noRange }, { "level", run.Level },
            { "combined_standard_error", run.CombinedStandardError, noRange }, { "replicas", run.Replicas }, { "simulated_s", run.SimulatedS }, { "sim_events", run.SimEvents }, { "like", run.LikeRun },
        };
    }

    /// <summary>The same for people and spreadsheets: a line for each guest, the driver domain and the host, which carries the combined score.</summary>
    private static List<Record> Lines(ExperimentResult result) =>
    [
        .. result.Domains.Skip(1).Select(Guest),
        new Record { { "domain", result.Domains[0].Domain } }.With(Domain(result.Domains[0])),
        new Record { { "domain", "host" }, { "score", result.Run.Combined }, { "low", result.Run.CombinedLow }, { "high", result.Run.CombinedHigh }, { "level", result.Run.Level } }.With(Host(result.Run)),
    ];

    private static bool IsIdle(SimulatedDomainRow d) => d.Workload == DomainSpec.IdleWorkload;

    private static string? NoBase(SimulatedDomainRow d) => d.ThroughputPerS is not null && d.BasePerS is null ? $"the simulator was not calibrated with a workload '{d.Workload}'" : null;

    private static Record Guest(SimulatedDomainRow d)
    {
        string? idle = IsIdle(d) ? "the guest is not loaded" : null, noClient = idle ?? (d.ThroughputPerS is null ? "the guest has no clients" : null), noBase = NoBase(d);
        var record = new Record
        {
            { "domain", d.Domain }, { "workload", d.Workload }, { "offered_per_s", d.OfferedPerS, noClient ?? "a closed loop has no rate of its own" }, { "throughput_per_s", d.ThroughputPerS, noClient }, { "base_per_s", d.BasePerS, noClient ?? noBase },
            { "score", d.Score, idle ?? noBase }, { "reply_ms", d.ReplyMs, noClient ?? "there was no reply" }, { "net_kb_per_s", d.NetKbPerS, noClient },
        };
        AddMeasures(record, d);
        return record;
    }

    private static Record Domain(SimulatedDomainRow d)
    {
        var record = new Record();
        AddMeasures(record, d);
        return record;
    }

    private static void AddMeasures(Record record, SimulatedDomainRow d)
    {
        record.Add("cpu_fraction", d.CpuFraction);
        record.Add("wait_fraction", d.WaitFraction);
        record.Add("block_fraction", d.BlockFraction);
        record.Add("executions_per_s", d.ExecutionsPerS);
        record.Add("events_per_s", d.EventsPerS);
        record.Add("switches_per_s", d.SwitchesPerS);
        record.Add("pages_per_s", d.PagesPerS);
        record.Add("pages_per_execution", d.PagesPerExecution);
    }

    private static Record Host(SimulatedRunRow r) => new()
    {
        { "cpu_fraction", r.CpuFraction }, { "executions_per_s", r.ExecutionsPerS }, { "events_per_s", r.EventsPerS }, { "switches_per_s", r.SwitchesPerS }, { "pages_per_s", r.PagesPerS },
        { "pages_per_execution", r.PagesPerExecution },
    };
}
