using Colocate.Model.Lake;
using Colocate.Model.Scores;
using Colocate.Model.Tables;

namespace Colocate.Cli.Pipeline;

/// <summary>Scores computed from the tables of a lake.</summary>
internal static class LakeScores
{
    internal static async Task<ScoreTables> ComputeAsync(Lake lake, BaseRule rule) => ScoreBook.Compute(
        await lake.ReadAsync<RunRow>().ConfigureAwait(false),
        await lake.ReadAsync<RunDomainRow>().ConfigureAwait(false),
        await lake.ReadAsync<ClientResultRow>().ConfigureAwait(false),
        rule);
}
