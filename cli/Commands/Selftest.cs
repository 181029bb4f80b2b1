using System.Globalization;
using Colocate.Model.Lake;
using Colocate.Model.Tables;
using Colocate.Predict;
using Colocate.Predict.Models;
using Colocate.Predict.Profiles;
using Colocate.Predict.Trainers;

namespace Colocate.Cli.Commands;

/// <summary>Small real tasks that need the libraries they test.</summary>
internal static class Selftest
{
    /// <summary>Trains each trainer on a made-up lab of four workloads; native libraries that cannot be loaded show here.</summary>
    internal static string Regression()
    {
        string[] names = ["a", "b", "c", "d"];
        var profiles = names.Select((n, i) => new SoloProfile(n, [new("throughput_per_s", 100.0 - 20 * i), new("host_cpu_fraction", 0.9 - 0.2 * i)])).ToList();
        var pairs = from i in Enumerable.Range(0, 4) from j in Enumerable.Range(i, 4 - i) select MeasuredPair.Of(names[i], names[j], 0.5 + 0.05 * j, 0.5 + 0.05 * i, 1);
        var study = new Study(new TrainingSet(profiles, pairs), new StudySettings());
        foreach (IPairTrainer trainer in TrainerCatalogue.All)
        {
            PredictionModel model = study.Train(trainer.Name, []);
            if (!double.IsFinite(model.Predict("a", "d").Combined))
                throw new InvalidOperationException($"{trainer.Name} predicts no number");
        }

        return "trains " + string.Join(", ", TrainerCatalogue.All.Select(t => t.Name));
    }

    /// <summary>Writes a row to a lake in the system's temporary folder and reads it back, through Parquet and SQLite.</summary>
    internal static string LakeRoundTrip()
    {
        string folder = Path.Combine(Path.GetTempPath(), "colocate-doctor-" + Guid.NewGuid().ToString("N"));
        try
        {
            using Lake lake = Lake.OpenForWriting(folder);
            lake.CommitAsync(new StageOutput { Stage = "doctor", Fingerprint = new string('0', 64), Tables = [new(Table.Of<RunRow>(), [new RunRow { Run = "doctor", Pcpus = 1 }])] }).GetAwaiter().GetResult();
            return lake.ReadAsync<RunRow>().GetAwaiter().GetResult() is [{ Run: "doctor" }] ? "one row written and read back" : throw new IOException("the row written was not read back");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IOException(e.Message.Replace(folder, Path.GetTempPath(), StringComparison.Ordinal), e);
        }
        finally
        {
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Opens the lake where there is one, then writes, renames and removes a file where it is or would be created.</summary>
    internal static string Writable(string folder)
    {
        if (Lake.Exists(folder))
            Lake.Open(folder).Dispose();
        string existing = folder;
        while (!Directory.Exists(existing))
        {
            if (File.Exists(existing))
                throw new IOException($"'{existing}' is a file, not a folder");
            existing = Path.GetDirectoryName(existing) ?? throw new DirectoryNotFoundException(folder);
        }

        string file = Path.Combine(existing, "colocate-doctor-" + Guid.NewGuid().ToString("N")), renamed = file + ".renamed";
        try
        {
            File.WriteAllBytes(file, [0]);
            File.Move(file, renamed);
            File.Delete(renamed);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The folder is what the user knows; the file was made up here.
            throw new IOException(e.Message.Replace(renamed, existing, StringComparison.Ordinal).Replace(file, existing, StringComparison.Ordinal), e);
        }

        long free = new DriveInfo(existing).AvailableFreeSpace;
        return string.Create(CultureInfo.InvariantCulture, $"{folder}: writable, {free / 1e9:F1} GB free");
    }
}
