using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Colocate.Model.Errors;
using Colocate.Model.Tables;
using Colocate.Predict.Evaluation;
using Colocate.Predict.Features;
using Colocate.Predict.Profiles;
using Colocate.Predict.Regression;
using Colocate.Predict.Trainers;

namespace Colocate.Predict.Models;

/// <summary>
/// The file <c>model.zip</c>: <c>card.json</c> and its digest, the training data as <c>solo.csv</c>, <c>pairs.csv</c> and, if there are
/// any simulated pairs, <c>simulated.csv</c>, residuals, and for the whole fit and each fold fit a folder with its feature space and regressor
/// (JSON, or ML.NET's own zip). Entries carry a fixed time and order.
/// </summary>
internal static class ModelFile
{
    private const string Kind = "colocate-model";
    private const string CardEntry = "card.json", CardDigestEntry = "card.sha256";
    private const string SoloEntry = "solo.csv", PairsEntry = "pairs.csv", SimulatedEntry = "simulated.csv", IntervalsEntry = "intervals.json", RepliesEntry = "replies.json";
    private const string Retrain = "train the model again", GiveModel = "give a file that `colocate train` wrote";

    public static ModelCard Card(TrainingSet training, IModelTrainer trainer, CrossFit fit, int seed, IReadOnlyList<EvaluationRow> errors)
    {
        var whole = (ITrainedModel)fit.Whole;
        return new ModelCard
        {
            Kind = Kind,
            // An older program would answer without the simulator what was learned with it.
            FormatVersion = training.Simulated.Count > 0 ? ModelCard.CurrentFormatVersion : ModelCard.FormatVersionWithoutSimulation,
            Trainer = trainer.Name,
            Basis = trainer.Basis,
            Seed = seed,
            DataDigest = training.Digest(),
            Pairs = training.Pairs.Count,
            Workloads = training.Profiles.Count,
            Features =
            [
                .. whole.Solo.Columns.Select(c => FeatureCatalogue.Find(c.Name) is { } listed
                    ? new CardFeature(c.Name, listed.Unit, $"{listed.Source}: {listed.Definition}", c.Low, c.High)
                    : new CardFeature(c.Name, null, "column of solo.csv", c.Low, c.High)),
            ],
            PairFeatures = whole.PairFeatures,
            InnerMae = double.IsFinite(fit.InnerError) ? fit.InnerError : null,
            Errors = errors,
            Entries = new Dictionary<string, string>(),
        };
    }

    public static void Write(Stream stream, ModelCard card, TrainingSet training, CrossFit fit, HalfDifference halves, HalfBounds bounds, ReplyTimes? replies)
    {
        var entries = new SortedDictionary<string, byte[]>(StringComparer.Ordinal)
        {
            [SoloEntry] = Encoding.UTF8.GetBytes(SoloCsv.Write(training.Profiles)),
            [PairsEntry] = Encoding.UTF8.GetBytes(PairsCsv.Write(training.Pairs)),
            [IntervalsEntry] = SavedJson.Write(new SavedIntervals(
                fit.Folds.Count, fit.Residuals, [.. halves.Features.Select(f => f.Name)], halves.Scales, halves.Regressor.Weights, bounds.Residuals)),
        };
        if (training.Simulated.Count > 0)
            entries[SimulatedEntry] = Encoding.UTF8.GetBytes(training.Simulated.Write());
        if (replies is not null)
            entries[RepliesEntry] = SavedJson.Write(replies.Saved);
        foreach ((IPairModel model, int i) in fit.Folds.Prepend(fit.Whole).Select((m, i) => (m, i)))
        {
            foreach ((string name, byte[] bytes) in ((ITrainedModel)model).Save())
                entries[Folder(i) + name] = bytes;
        }

        byte[] cardBytes = SavedJson.Write(card with { Entries = entries.ToDictionary(e => e.Key, e => Digest(e.Value), StringComparer.Ordinal) });
        using var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        Add(zip, CardEntry, cardBytes);
        Add(zip, CardDigestEntry, Encoding.ASCII.GetBytes(Digest(cardBytes)));
        foreach ((string name, byte[] bytes) in entries)
            Add(zip, name, bytes);
    }

    public static PredictionModel Read(Stream stream, string name)
    {
        try
        {
            using ZipArchive zip = Open(stream, name);
            ModelCard card = ReadCard(zip, name);
            Dictionary<string, byte[]> entries = card.Entries.ToDictionary(e => e.Key, e => Bytes(zip, e.Key, e.Value), StringComparer.Ordinal);
            if (TrainerCatalogue.Find(card.Trainer) is not IModelTrainer trainer)
                throw new FormatException($"its trainer '{card.Trainer}' is not known");
            var training = new TrainingSet(
                SoloCsv.Read(Text(SoloEntry), $"{name}:{SoloEntry}"),
                PairsCsv.Read(Text(PairsEntry), $"{name}:{PairsEntry}"),
                entries.ContainsKey(SimulatedEntry) ? SimulatedPairs.Read(Text(SimulatedEntry), $"{name}:{SimulatedEntry}") : null);
            SavedIntervals intervals = SavedJson.Read<SavedIntervals>(entries[IntervalsEntry]);
            IPairModel[] models = [.. Enumerable.Range(0, intervals.Folds + 1).Select(i => trainer.Restore(Inside(entries, Folder(i))))];
            SoloSpace solo = ((ITrainedModel)models[0]).Solo;
            var halves = new HalfDifference(
                solo,
                SavedFit.Pick(PairFeatureCatalogue.AllOrdered(solo), intervals.OrderedFeatures),
                [.. intervals.OrderedScales],
                new LinearRegressor(0, [.. intervals.OrderedWeights]));
            ReplyTimes? replies = entries.TryGetValue(RepliesEntry, out byte[]? saved) ? ReplyTimes.Restore(solo, SavedJson.Read<SavedReplyTimes>(saved)) : null;
            return new PredictionModel(
                training, trainer, new CrossFit(models[0], models[1..], intervals.Residuals), halves, new HalfBounds(intervals.HalfResiduals ?? []), replies, card.Seed, card.Errors);

            StreamReader Text(string entry) => new(new MemoryStream(entries[entry]));
        }
        catch (Exception e) when (e is FormatException or InvalidDataException or JsonException or KeyNotFoundException or EndOfStreamException)
        {
            throw new RequestException(ExitCode.WrongUse, $"{name} is damaged: {e.Message}", $"restore the file, or {Retrain}");
        }
    }

    private static ZipArchive Open(Stream stream, string name)
    {
        try
        {
            return new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
        }
        catch (InvalidDataException)
        {
            throw NotModel(name, "it is no zip file, or was cut short");
        }
    }

    private static ModelCard ReadCard(ZipArchive zip, string name)
    {
        if (zip.GetEntry(CardEntry) is null)
            throw NotModel(name, $"it has no {CardEntry}");
        byte[] bytes = Bytes(zip, CardEntry, null);
        // The version is looked at before anything else, so that a newer file is never called damaged.
        using JsonDocument document = JsonDocument.Parse(bytes);
        JsonElement card = document.RootElement;
        if (card.ValueKind != JsonValueKind.Object || !card.TryGetProperty("kind", out JsonElement kind)
            || kind.ValueKind != JsonValueKind.String || !kind.ValueEquals(Kind))
            throw NotModel(name, $"its {CardEntry} is something else");
        if (!card.TryGetProperty("format_version", out JsonElement number) || number.ValueKind != JsonValueKind.Number || !number.TryGetInt32(out int version))
            throw new FormatException("no format version");
        if (version > ModelCard.CurrentFormatVersion)
        {
            throw new RequestException(
                ExitCode.WrongUse,
                $"{name} has format {version}, this program reads up to {ModelCard.CurrentFormatVersion}",
                $"use the newer program, or {Retrain} with this one");
        }

        if (Encoding.ASCII.GetString(Bytes(zip, CardDigestEntry, null)) != Digest(bytes))
            throw new FormatException($"{CardEntry} does not match its digest");
        return SavedJson.Read<ModelCard>(bytes);
    }

    private static RequestException NotModel(string name, string why) =>
        new(ExitCode.WrongUse, $"{name} is not a model: {why}", $"{GiveModel}, or {Retrain}");

    private static void Add(ZipArchive zip, string name, byte[] bytes)
    {
        ZipArchiveEntry entry = zip.CreateEntry(name, CompressionLevel.Optimal);
        entry.LastWriteTime = MlNetModel.Epoch;
        using Stream target = entry.Open();
        target.Write(bytes);
    }

    private static Dictionary<string, byte[]> Inside(Dictionary<string, byte[]> entries, string folder) =>
        entries.Where(e => e.Key.StartsWith(folder, StringComparison.Ordinal)).ToDictionary(e => e.Key[folder.Length..], e => e.Value, StringComparer.Ordinal);

    private static byte[] Bytes(ZipArchive zip, string entry, string? digest)
    {
        using Stream source = zip.GetEntry(entry)?.Open() ?? throw new FormatException($"{entry} is missing");
        using var bytes = new MemoryStream();
        source.CopyTo(bytes);
        byte[] read = bytes.ToArray();
        return digest is null || Digest(read) == digest ? read : throw new FormatException($"{entry} does not match its digest");
    }

    private static string Digest(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static string Folder(int fit) => fit == 0 ? "whole/" : $"fold-{fit}/";
}
