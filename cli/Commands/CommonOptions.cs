using System.CommandLine;
using System.Globalization;
using Colocate.Cli.Output;
using Colocate.Ingest.Formats;
using Colocate.Model.Scores;

namespace Colocate.Cli.Commands;

/// <summary>Options that several commands share, worded once.</summary>
internal static class CommonOptions
{
    internal static Option<string> Lake() => new("--lake", "-l") { Description = "Folder of the lake.", HelpName = "DIR", DefaultValueFactory = _ => "lake" };

    internal static Option<OutputFormat?> Format() => new("--format", "-f")
    {
        Description = "How to write data to stdout: table, json (one object a line) or csv. Default: table on a terminal, else json.",
        HelpName = "table|json|csv",
        CustomParser = result => Enum.TryParse(result.Tokens[0].Value, ignoreCase: true, out OutputFormat format) && Enum.IsDefined(format) && !char.IsAsciiDigit(result.Tokens[0].Value[0])
            ? format
            : Fail<OutputFormat?>(result, $"--format {result.Tokens[0].Value}: use table, json or csv"),
    };

    internal static Option<BaseRule> Base() => new("--base")
    {
        Description = "How the saturated base runs of a workload make its base case: their mean or their maximum. Default: mean.",
        HelpName = "mean|max",
        CustomParser = result => result.Tokens[0].Value switch
        {
            "mean" => BaseRule.Mean,
            "max" => BaseRule.Max,
            var other => Fail<BaseRule>(result, $"--base {other}: use mean or max"),
        },
    };

    internal static Option<MetricMethod> Method() => new("--method")
    {
        Description = "How metrics of traces come about: m from run states, c as XenMon counts, from switches alone, to be compared with its logs. Default: m.",
        HelpName = "m|c",
        CustomParser = result => result.Tokens[0].Value switch
        {
            "m" or "M" => MetricMethod.M,
            "c" or "C" => MetricMethod.C,
            var other => Fail<MetricMethod>(result, $"--method {other}: use m or c"),
        },
    };

    internal static Option<int> Jobs() => Positive("--jobs", "-j", "Work done at the same time; never changes results.", Environment.ProcessorCount);

    internal static Option<int> Seed() => new("--seed") { Description = "Seed of everything random.", HelpName = "N", DefaultValueFactory = _ => 1 };

    internal static Option<int> Evaluations() => Positive("--evaluations", "-e", "Candidates that a calibration may try; at least two generations of its search are.", new Simulate.Calibration.CalibrationSettings().Evaluations);

    /// <param name="standard">How many when the option is not given.</param>
    internal static Option<int> Bands(int standard)
    {
        int full = new Simulate.Calibration.IdentificationSettings().Accepted;
        return new Option<int>("--bands")
        {
            Description = "Look for N parameter vectors that explain the runs about as well as the best and simulate pairs with all of them, so that intervals say how far the runs leave the parameters open, "
                + "and report what the runs tell of each parameter; 0 = none. Without a number: "
                + string.Create(CultureInfo.InvariantCulture, $"{full}; without the option: {standard}."),
            HelpName = "N",
            Arity = ArgumentArity.ZeroOrOne,
            CustomParser = result => result.Tokens.Count == 0 ? full
                : int.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, out int count) && count is >= 0 and <= 1000 ? count
                : Fail<int>(result, $"--bands {result.Tokens[0].Value}: give a whole number from 0 to 1000"),
            DefaultValueFactory = _ => standard,
        };
    }

    internal static Option<bool> Profiles() => new("--profiles") { Description = "Follow a profile curve for each fitted parameter: how well the runs can be explained when it is held elsewhere." };

    internal static Option<string[]> PairRuns() => new("--pair-run")
    {
        Description = "Fit the extra cost of a switch (cold_us), which runs with one loaded guest cannot tell, to these runs of pairs (with --paper: to pairs of its pairs.csv, such as 1+1). Their pairs then count as seen. Default: none.",
        HelpName = "RUN[,RUN]",
        CustomParser = result => [.. result.Tokens.SelectMany(t => t.Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).Distinct()],
        DefaultValueFactory = _ => [],
    };

    internal static Option<int> Replicas() => Positive("--replicas", "-n", "Simulations of one scenario, each with random numbers and a CPU speed of its own.", new Simulate.Experiments.ExperimentSettings().Replicas, 10_000);

    internal static Option<double> Level()
    {
        var option = new Option<double>("--level") { Description = "Level of intervals, between 0 and 1.", HelpName = "L", DefaultValueFactory = _ => 0.9 };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double>() is not (> 0 and < 1))
                result.AddError("--level must lie between 0 and 1");
        });
        return option;
    }

    /// <summary>A point of time of a trace, in seconds since its first record.</summary>
    internal static Option<double?> Seconds(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "SECONDS",
        CustomParser = result =>
        {
            if (double.TryParse(result.Tokens[0].Value.TrimEnd('s'), NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds) && seconds is >= 0 and < 1e9)
                return seconds;
            return Fail<double?>(result, $"{name} {result.Tokens[0].Value}: give seconds, as in 2.5 or 2.5s");
        },
    };

    internal static Option<bool> Quiet() => new("--quiet", "-q") { Description = "Say nothing but errors." };

    internal static Option<string[]> Assume() => new("--assume")
    {
        Description = "What run.json would have said, as key=value; repeat for several. Keys: "
            + string.Join("; ", Ingest.Runs.Assumptions.Keys.Select(k => $"{k.Key} ({k.Meaning})")) + ".",
        HelpName = "KEY=VALUE",
        DefaultValueFactory = _ => [],
    };

    private static Option<int> Positive(string name, string alias, string description, int value, int most = int.MaxValue)
    {
        var option = new Option<int>(name, alias) { Description = description, HelpName = "N", DefaultValueFactory = _ => value };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is var given && (given < 1 || given > most))
                result.AddError(most == int.MaxValue ? $"{name} must be at least 1" : string.Create(CultureInfo.InvariantCulture, $"{name} must lie between 1 and {most}"));
        });
        return option;
    }

    private static T? Fail<T>(System.CommandLine.Parsing.ArgumentResult result, string message)
    {
        result.AddError(message);
        return default;
    }
}
