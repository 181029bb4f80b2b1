using Colocate.Model.Lake;
using Colocate.Model.Scores;
using Colocate.Model.Tables;

namespace Colocate.Cli.Pipeline;

/// <summary>Scores computed from the tables of a lake.</summary>
internal static class LakeScores
{
    /// <summary>Scores by the rule that the lake's own base cases were made with.</summary>
    internal static async Task<ScoreTables> ComputeAsync(Lake lake)
    {
        bool max = (await lake.ReadAsync<BaseCaseRow>().ConfigureAwait(false)).Any(b => b.Rule == "max");
        return await ComputeAsync(lake, max ? BaseRule.Max : BaseRule.Mean).ConfigureAwait(false);
    }

    internal static async Task<ScoreTables> ComputeAsync(Lake lake, BaseRule rule) => ScoreBook.Compute(
        await lake.ReadAsync<RunRow>().ConfigureAwait(false),
        await lake.ReadAsync<RunDomainRow>().ConfigureAwait(false),
        await lake.ReadAsync<ClientResultRow>(ScoreBook.ClientColumns).ConfigureAwait(false),
        rule);
}
