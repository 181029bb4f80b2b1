using System.Globalization;
using Colocate.Model.Lake;
using Colocate.Model.Tables;
using Colocate.Predict.Evaluation;

namespace Colocate.Cli.Plans;

/// <summary>Folds of an evaluation that were worked on one by one.</summary>
internal static class EvaluationParts
{
    internal const string Stage = "evaluate";

    /// <summary>What determines the predictions of one fold.</summary>
    internal static string Key(string whole, string protocol, int fold)
    {
        using var key = new Fingerprint();
        return key.Add("whole", whole).Add("protocol", protocol).Add("fold", fold.ToString(CultureInfo.InvariantCulture)).Finish();
    }

    internal static IReadOnlyList<EvaluationPairRow>? TryRead(Lake lake, string whole, Protocol protocol, int fold) => lake.ReadPart<EvaluationPairRow[]>(Stage, Key(whole, protocol.Name, fold));
}
