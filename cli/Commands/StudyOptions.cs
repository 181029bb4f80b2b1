using System.CommandLine;
using Colocate.Predict;

namespace Colocate.Cli.Commands;

/// <summary>The options that every study has: seed, level of intervals, fits at the same time.</summary>
internal sealed class StudyOptions
{
    private readonly Option<int> _seed = CommonOptions.Seed();
    private readonly Option<int> _jobs = CommonOptions.Jobs();
    private readonly Option<double> _level = CommonOptions.Level();

    internal void AddTo(Command command)
    {
        command.Add(_level);
        command.Add(_seed);
        command.Add(_jobs);
    }

    internal int Jobs(ParseResult parsed) => parsed.GetValue(_jobs);

    internal StudySettings Read(ParseResult parsed) => new() { Seed = parsed.GetValue(_seed), Level = parsed.GetValue(_level), Parallelism = parsed.GetValue(_jobs) };
}
