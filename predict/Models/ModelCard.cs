using Colocate.Model.Tables;

namespace Colocate.Predict.Models;

/// <summary>What a reader must know of a model before believing it; the file <c>card.json</c> inside <c>model.zip</c>.</summary>
public sealed record ModelCard
{
    /// <summary>Newest version of the file format that this program writes and reads: the first with simulated pairs.</summary>
    public const int CurrentFormatVersion = 2;

    /// <summary>Version of the file format of a model that knows no simulated pair.</summary>
    public const int FormatVersionWithoutSimulation = 1;

    /// <summary>Always <c>colocate-model</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Version of the file format, from 1.</summary>
    public required int FormatVersion { get; init; }

    /// <summary>Trainer that was chosen or asked for.</summary>
    public required string Trainer { get; init; }

    /// <summary>What that trainer does.</summary>
    public required string Basis { get; init; }

    /// <summary>Seed of the training.</summary>
    public required int Seed { get; init; }

    /// <summary>SHA-256, lower-case hex, over the canonical training data inside the file.</summary>
    public required string DataDigest { get; init; }

    /// <summary>Measured pairs trained on.</summary>
    public required int Pairs { get; init; }

    /// <summary>Workloads trained on.</summary>
    public required int Workloads { get; init; }

    /// <summary>Solo features in use, with unit and the range seen in training.</summary>
    public required IReadOnlyList<CardFeature> Features { get; init; }

    /// <summary>Pair features of the regression, by name.</summary>
    public required IReadOnlyList<string> PairFeatures { get; init; }

    /// <summary>Mean absolute error over the inner leave-one-workload-out folds; null when no fold could be fitted.</summary>
    public double? InnerMae { get; init; }

    /// <summary>Reply times that the model predicts beside the score; null when no pair's were measured.</summary>
    public CardReplies? Replies { get; init; }

    /// <summary>Errors by protocol and model; empty when the training was not evaluated.</summary>
    public required IReadOnlyList<EvaluationRow> Errors { get; init; }

    /// <summary>SHA-256, lower-case hex, of every other entry of the file, by name; filled in when the model is saved.</summary>
    public required IReadOnlyDictionary<string, string> Entries { get; init; }
}
