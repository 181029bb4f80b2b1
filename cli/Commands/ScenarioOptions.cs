using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Colocate.Cli.Pipeline;
using Colocate.Model.Errors;
using Colocate.Model.Lake;
using Colocate.Simulate.Clients;
using Colocate.Simulate.Experiments;
using Colocate.Simulate.Parameters;
using Colocate.Simulate.Scenarios;
using Colocate.Simulate.Schedulers;

namespace Colocate.Cli.Commands;

/// <summary>What to simulate: guests, their loads and shares, the host; or a measured run.</summary>
internal sealed class ScenarioOptions
{
    private readonly Option<string[]> _vms = new("--vm") { Description = "Workload of a guest: one that was measured alone; several as 1KB:0.9+100KB:0.1, each with its fraction of the requests; cpu, or cpu:0.5, for a process on each vcpu that computes for that fraction of the time; or idle. Repeat for several guests.", HelpName = "W", DefaultValueFactory = _ => [] };
    private readonly Option<double[]?> _rates = List("--rate", "Offered load as a fraction of the base case B: one for all guests, or one each. Default: 1.", "F[,F]", v => v is >= 1e-6 and <= 100, "numbers from 1E-06 to 100", 1);
    private readonly Option<double[]?> _weights = List("--weight", "Scheduler weight, a whole number: one for all guests, or one each. Default: 256.", "N[,N]", v => v is >= 1 and <= 65535 && double.IsInteger(v), "whole numbers from 1 to 65535", 1);
    private readonly Option<double[]?> _caps = List("--cap", "Scheduler cap in per cent of one pcpu, 0 = none: one for all guests, or one each. Default: 0.", "P[,P]", v => v is 0 or (>= 1 and <= 100), "0 or numbers from 1 to 100", 100);
    private readonly Option<double[]?> _bursts = List("--burst", "Requests that come at once, at the same mean rate: one for all guests, or one each. Default: 1.", "N[,N]", v => v is >= 1 and <= 100_000 && double.IsInteger(v), "whole numbers from 1 to 100000", 1);
    private readonly Option<double[]?> _closed = List("--closed", "Users who each wait for their reply before they ask again, in place of a rate; 0 = at a rate: one for all guests, or one each. Default: 0.", "N[,N]", v => v is >= 0 and <= 100_000 && double.IsInteger(v), "whole numbers from 0 to 100000", 1);
    private readonly Option<ThinkTime?> _think = new("--think")
    {
        Description = "Time from a reply to the next request of a user of --closed, as 10ms or 2s; exp:10ms for exponential times with that mean. Default: 0s.",
        HelpName = "T",
        CustomParser = result => ThinkTime.Parse(result.Tokens[0].Value) is { } time ? time : Fail<ThinkTime?>(result, $"--think {result.Tokens[0].Value}: give a time up to 1e6 s, for instance 10ms, 2s or exp:10ms"),
    };

    private readonly Option<double[]?> _vcpus = List("--vcpus", "Vcpus: one for all guests, or one each. Default: those of the calibrated host.", "N[,N]", v => v is >= 1 and <= 128 && double.IsInteger(v), "whole numbers from 1 to 128", 1);
    private readonly Option<int?> _driverVcpus = new("--dom0-vcpus") { Description = "Vcpus of Dom0. Default: those of the calibrated host.", HelpName = "N" };
    private readonly Option<PinnedGuest[]> _pins = new("--pin")
    {
        Description = "Pcpus that a guest is pinned to, counted from 0, as vm1=0,1; repeat for several guests. Default: none.",
        HelpName = "VM=P[,P]",
        DefaultValueFactory = _ => [],
        CustomParser = result =>
        {
            PinnedGuest?[] pins = [.. result.Tokens.Select(t => PinnedGuest.Parse(t.Value))];
            int wrong = Array.IndexOf(pins, null);
            return wrong < 0 ? [.. pins.OfType<PinnedGuest>()] : Fail<PinnedGuest[]>(result, $"--pin {result.Tokens[wrong].Value}: give a guest and pcpus from 0 to 63, for instance vm1=0,1");
        },
    };

    private readonly Option<double[]?> _driverPins = List("--dom0-pin", "Pcpus that Dom0 is pinned to, counted from 0. Default: none.", "P[,P]", v => v is >= 0 and <= 63 && double.IsInteger(v), "pcpus from 0 to 63", 1);
    private readonly Option<int?> _pcpus = new("--pcpus") { Description = "Physical cpus. Default: those of the calibrated host.", HelpName = "N" };
    private readonly Option<double?> _nic = new("--nic-mbit") { Description = "Rate of the network card in Mbit/s. Default: that of the calibrated host.", HelpName = "R" };
    private readonly Option<string?> _scheduler = new("--scheduler")
    {
        Description = "Scheduler: " + string.Join("; ", SchedulerCatalogue.All.Select(s => $"{s.Name} ({s.Meaning})")) + ". Default: that of the calibrated host.",
        HelpName = "NAME",
    };

    private readonly Option<string?> _like = new("--like") { Description = "Repeat a measured run of --lake at its own offered rates: starts cold, lasts as long, T the same way.", HelpName = "RUN" };

    private readonly Option<double?> _duration = new("--duration")
    {
        Description = "Seconds of load, as 20s or 20. Default: as long as the base runs lasted.",
        HelpName = "S",
        CustomParser = result => double.TryParse(result.Tokens[0].Value.TrimEnd('s'), NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds) && seconds is >= 0.001 and <= 1e6
            ? seconds
            : Fail<double?>(result, $"--duration {result.Tokens[0].Value}: give seconds from 0.001 to 1000000, for instance 20s"),
    };

    internal void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_vms, _rates, _bursts, _closed, _think, _weights, _caps, _vcpus, _pins, _driverVcpus, _driverPins, _pcpus, _nic, _scheduler, _like, _duration])
            command.Add(option);
        _scheduler.AcceptOnlyFromAmong([.. SchedulerCatalogue.All.Select(s => s.Name)]);
        command.Validators.Add(Check);
    }

    /// <summary>The experiment asked for; the lake is opened only for a measured run.</summary>
    internal async Task<Experiment> ReadAsync(ParseResult parsed, CalibratedHost host, Func<Lake> lake)
    {
        if (parsed.GetValue(_like) is { } run)
        {
            using Lake opened = lake();
            return await LakeSimulation.LikeAsync(opened, run).ConfigureAwait(false);
        }

        string[] workloads = parsed.GetValue(_vms)!;
        double[] rates = Spread(parsed.GetValue(_rates), workloads.Length, 1), weights = Spread(parsed.GetValue(_weights), workloads.Length, HostScenario.DefaultWeight), caps = Spread(parsed.GetValue(_caps), workloads.Length, 0);
        double[] bursts = Spread(parsed.GetValue(_bursts), workloads.Length, 1), users = Spread(parsed.GetValue(_closed), workloads.Length, 0), vcpus = Spread(parsed.GetValue(_vcpus), workloads.Length, host.GuestVcpus);
        Dictionary<string, IReadOnlyList<int>> pins = parsed.GetValue(_pins)!.ToDictionary(p => p.Guest, p => p.Pcpus);
        ThinkTime? think = parsed.GetValue(_think);
        HostScenario scenario = WhatIf.Scenario(host, [.. workloads.Zip(rates)], parsed.GetValue(_scheduler));
        scenario = scenario with
        {
            Guests = [.. scenario.Guests.Select((g, i) => g with
            {
                Weight = (int)weights[i], CapFraction = caps[i], Vcpus = (int)vcpus[i], Pins = pins.GetValueOrDefault(g.Domain),
                Client = g.Client is not { Load: OpenLoad load } client ? g.Client : client with
                {
                    Load = users[i] == 0 ? load with { Burst = (int)bursts[i] } : new ClosedLoad((int)users[i]) { ThinkS = think?.MeanS ?? 0, ExponentialThink = think?.IsExponential ?? false },
                },
            })],
            DriverVcpus = parsed.GetValue(_driverVcpus) ?? scenario.DriverVcpus,
            DriverPins = parsed.GetValue(_driverPins) is { Length: > 0 } driverPins ? [.. driverPins.Select(p => (int)p)] : null,
            DurationS = parsed.GetValue(_duration) ?? scenario.DurationS,
            Pcpus = parsed.GetValue(_pcpus) ?? scenario.Pcpus,
            NicMbit = parsed.GetValue(_nic) ?? scenario.NicMbit,
        };
        if (!SchedulerCatalogue.Find(scenario.SchedulerName)!.HasShares && scenario.Guests.Any(g => g.Weight != HostScenario.DefaultWeight || g.CapFraction > 0))
            throw new RequestException(ExitCode.WrongUse, $"the scheduler {scenario.SchedulerName} has no weights and caps", "leave out --weight and --cap, or choose another scheduler");
        if (scenario.Guests.Select(g => g.Pins).Append(scenario.DriverPins).OfType<IReadOnlyList<int>>().SelectMany(p => p).FirstOrDefault(p => p >= scenario.Pcpus, -1) is var absent and >= 0)
            throw new RequestException(ExitCode.WrongUse, FormattableString.Invariant($"the host has {scenario.Pcpus} pcpus, counted from 0, and none numbered {absent}"), "pin to others, or give more with --pcpus");
        return new Experiment($"what_if/{string.Join("+", workloads)}", "what_if", null, rates.Distinct().Count() == 1 ? rates[0] : null, scenario);
    }

    private void Check(CommandResult result)
    {
        // A value that could not be read has its message already, and asking for it would throw.
        if (result.Children.OfType<OptionResult>().Any(o => o.Errors.Any()))
            return;
        int guests = result.GetValue(_vms)!.Length;
        bool like = result.GetValue(_like) is not null;
        if (like == guests > 0)
            result.AddError("give either guests with --vm or a measured run with --like");
        foreach (Option<double[]?> option in (Option<double[]?>[])[_rates, _bursts, _closed, _weights, _caps, _vcpus])
        {
            if (result.GetResult(option) is null || result.GetValue(option) is not { } values)
                continue;
            if (like)
                result.AddError($"{option.Name} does not go with --like: the run has its own");
            else if (values.Length != 1 && values.Length != guests)
                result.AddError($"{option.Name} has {values.Length} values for {guests} guests: give one, or one each");
        }

        foreach (Option option in (Option[])[_think, _pins, _driverVcpus, _driverPins, _pcpus, _nic, _scheduler, _duration])
        {
            if (like && result.GetResult(option) is not null)
                result.AddError($"{option.Name} does not go with --like: the run has its own");
        }

        CheckLoads(result, guests);
        foreach (IGrouping<string, PinnedGuest> pinned in result.GetValue(_pins)!.GroupBy(p => p.Guest))
        {
            if (!like && !Enumerable.Range(1, guests).Any(i => pinned.Key == FormattableString.Invariant($"vm{i}")))
                result.AddError(FormattableString.Invariant($"--pin {pinned.Key}: the guests are vm1 to vm{guests}"));
            else if (pinned.Count() > 1)
                result.AddError($"--pin {pinned.Key}: give all its pcpus together");
        }

        if (result.GetValue(_driverVcpus) is < 1 or > 128)
            result.AddError("--dom0-vcpus must lie between 1 and 128");
        if (result.GetValue(_pcpus) is < 1 or > 4096)
            result.AddError("--pcpus must lie between 1 and 4096");
        if (result.GetValue(_nic) is { } rate && rate is not (>= 1e-6 and <= 1e9))
            result.AddError("--nic-mbit must be above 0");
    }

    /// <summary>An option that every guest would pass over is a mistake.</summary>
    private void CheckLoads(CommandResult result, int guests)
    {
        double[] users = Spread(result.GetValue(_closed), guests, 0), bursts = Spread(result.GetValue(_bursts), guests, 1);
        if (result.GetResult(_think) is not null && users.All(u => u == 0))
            result.AddError("--think goes with --closed: others do not wait");
        if (users.Length > 0 && users.All(u => u > 0) && result.GetResult(_rates) is not null)
            result.AddError("--rate does not go with --closed: its users ask as fast as they are answered");
        if (users.Zip(bursts).Any(g => g is { First: > 0, Second: > 1 }))
            result.AddError("--burst does not go with --closed: its users ask as fast as they are answered");
    }

    private static double[] Spread(double[]? given, int guests, double otherwise) => given is null or [] ? [.. Enumerable.Repeat(otherwise, guests)] : given.Length == 1 ? [.. Enumerable.Repeat(given[0], guests)] : given;

    private static Option<double[]?> List(string name, string description, string helpName, Func<double, bool> isValid, string valid, double divisor) => new(name)
    {
        Description = description,
        HelpName = helpName,
        CustomParser = result =>
        {
            var values = new List<double>();
            foreach (string part in result.Tokens.SelectMany(t => t.Value.Split(',')))
            {
                if (!double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) || !isValid(value))
                {
                    result.AddError($"{name} {string.Join(",", result.Tokens.Select(t => t.Value))}: give {valid}, separated by commas");
                    return null;
                }

                values.Add(value / divisor);
            }

            return [.. values];
        },
    };

    private static T? Fail<T>(ArgumentResult result, string message)
    {
        result.AddError(message);
        return default;
    }
}
