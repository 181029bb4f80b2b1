using Microsoft.ML;
using Microsoft.ML.Data;

namespace Colocate.Predict.Regression;

/// <summary>Regression rows as ML.NET reads them.</summary>
internal static class MlNetRows
{
    public const string Weight = nameof(Row.Weight);

    /// <summary>Fewest rows that ML.NET's trainers are asked to fit; below, the mean is all that can be said.</summary>
    public const int Fewest = 4;

    public static IDataView View(MLContext context, RegressionRows rows, double offset)
    {
        SchemaDefinition schema = SchemaDefinition.Create(typeof(Row));
        schema[nameof(Row.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, rows.Features);
        return context.Data.LoadFromEnumerable(
            rows.X.Select((x, i) => new Row
            {
                Features = [.. x.Select(v => (float)v)],
                Label = (float)(rows.Y[i] - offset),
                Weight = (float)rows.Weights[i],
            }).ToArray(),
            schema);
    }

    private sealed class Row
    {
        public float[] Features { get; init; } = [];

        public float Label { get; init; }

        public float Weight { get; init; }
    }
}
