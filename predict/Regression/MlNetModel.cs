using System.IO.Compression;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Colocate.Predict.Regression;

/// <summary>A fitted ML.NET model as bytes: its own zip, packed again, and the offset that was taken from the targets.</summary>
internal static class MlNetModel
{
    private const string OffsetEntry = "offset";

    /// <summary>Time of every entry, the zip epoch: ML.NET stamps its entries with the wall clock, and equal models would differ in bytes.</summary>
    public static readonly DateTimeOffset Epoch = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static byte[] Save(MLContext context, ITransformer model, DataViewSchema schema, double offset)
    {
        using var original = new MemoryStream();
        context.Model.Save(model, schema, original);
        using var packed = new MemoryStream();
        using (var from = new ZipArchive(original, ZipArchiveMode.Read))
        using (var to = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (ZipArchiveEntry entry in from.Entries.OrderBy(e => e.FullName, StringComparer.Ordinal))
            {
                using Stream source = entry.Open();
                using Stream target = Create(to, entry.FullName);
                source.CopyTo(target);
            }

            using Stream number = Create(to, OffsetEntry);
            number.Write(BitConverter.GetBytes(offset));
        }

        return packed.ToArray();
    }

    public static (TParameters Parameters, double Offset) Load<TParameters>(byte[] saved)
        where TParameters : class
    {
        try
        {
            using var zip = new ZipArchive(new MemoryStream(saved), ZipArchiveMode.Read);
            using Stream number = zip.GetEntry(OffsetEntry)?.Open() ?? throw new FormatException("no offset");
            var offset = new byte[sizeof(double)];
            number.ReadExactly(offset);
            ITransformer model = new MLContext().Model.Load(new MemoryStream(saved), out _);
            ITransformer last = model is TransformerChain<ITransformer> chain ? chain.LastTransformer : model;
            return last is ISingleFeaturePredictionTransformer<object> { Model: TParameters parameters }
                ? (parameters, BitConverter.ToDouble(offset))
                : throw new FormatException($"not a {typeof(TParameters).Name}");
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or InvalidOperationException or ArgumentException)
        {
            throw new FormatException("not an ML.NET model", e);
        }
    }

    private static Stream Create(ZipArchive zip, string name)
    {
        ZipArchiveEntry entry = zip.CreateEntry(name, CompressionLevel.Optimal);
        entry.LastWriteTime = Epoch;
        return entry.Open();
    }
}
