namespace Colocate.SystemTests.Cluster;

/// <summary>Runs of the sample lab that have no trace: quick to ingest, and all the same real.</summary>
internal static class SmallRuns
{
    /// <summary>Copies the first runs into a lab folder.</summary>
    internal static string CopyTo(string lab, int count)
    {
        string[] runs = [.. Directory.EnumerateDirectories(Path.Combine(Cli.SampleLabTests.Lab, "runs")).Where(r => !File.Exists(Path.Combine(r, "xentrace.bin.zst"))).Order(StringComparer.Ordinal).Take(count)];
        foreach (string run in runs)
        {
            string target = Path.Combine(lab, "runs", Path.GetFileName(run));
            Directory.CreateDirectory(target);
            foreach (string file in Directory.EnumerateFiles(run))
                File.Copy(file, Path.Combine(target, Path.GetFileName(file)), overwrite: true);
        }

        return lab;
    }
}
