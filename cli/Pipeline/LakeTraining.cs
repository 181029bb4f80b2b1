using Colocate.Model.Lake;
using Colocate.Model.Scores;
using Colocate.Model.Tables;
using Colocate.Predict.Profiles;

namespace Colocate.Cli.Pipeline;

/// <summary>Solo profiles, measured pairs and simulated pairs of a lake.</summary>
internal static class LakeTraining
{
    internal static async Task<TrainingSet> ReadAsync(Lake lake)
    {
        ScoreTables scores = await LakeScores.ComputeAsync(lake).ConfigureAwait(false);
        return Set(await ProfilesAsync(lake, scores).ConfigureAwait(false), scores, await SimulatedAsync(lake).ConfigureAwait(false));
    }

    internal static TrainingSet Set(IReadOnlyList<SoloProfile> profiles, ScoreTables scores, SimulatedPairs simulated) =>
        new(profiles, scores.PairScores.Select(MeasuredPair.From), simulated);

    internal static async Task<SimulatedPairs> SimulatedAsync(Lake lake) => SimulatedPairs.From(
        await lake.ReadAsync<SimulatedRunRow>().ConfigureAwait(false),
        await lake.ReadAsync<SimulatedDomainRow>().ConfigureAwait(false));

    internal static async Task<IReadOnlyList<SoloProfile>> ProfilesAsync(Lake lake, ScoreTables scores) => SoloProfiles.From(new SoloTables
    {
        Runs = await lake.ReadAsync<RunRow>().ConfigureAwait(false),
        Domains = await lake.ReadAsync<RunDomainRow>().ConfigureAwait(false),
        BaseCases = scores.BaseCases,
        Clients = await lake.ReadAsync<ClientResultRow>().ConfigureAwait(false),
        Hosts = await lake.ReadAsync<HostMetricsRow>().ConfigureAwait(false),
        DomainMetrics = await lake.ReadAsync<DomainMetricsRow>().ConfigureAwait(false),
    });
}
