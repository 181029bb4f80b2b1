using Colocate.Model.Tables;

namespace Colocate.Model.Scores;

/// <summary>Everything that follows from holding runs against their base cases.</summary>
/// <param name="BaseCases">B by campaign and workload.</param>
/// <param name="GuestScores">T / B of every loaded guest of every run.</param>
/// <param name="PairScores">Combined score of every measured pair, over its repeats.</param>
/// <param name="Diagnostics">Runs that could not be scored.</param>
public sealed record ScoreTables(
    IReadOnlyList<BaseCaseRow> BaseCases,
    IReadOnlyList<GuestScoreRow> GuestScores,
    IReadOnlyList<PairScoreRow> PairScores,
    IReadOnlyList<DiagnosticRow> Diagnostics);
