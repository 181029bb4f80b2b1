using System.Text.Json.Nodes;

namespace Colocate.Tests.Cli;

/// <summary>Some runs of the sample lab, copied to a folder of their own, to be harmed.</summary>
internal sealed class LabCopy : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    internal LabCopy(params string[] runs)
    {
        foreach (string run in runs)
        {
            Directory.CreateDirectory(Run(run));
            foreach (string file in Directory.EnumerateFiles(Path.Combine(Repository.SampleLab, "runs", run)))
                System.IO.File.Copy(file, Path.Combine(Run(run), Path.GetFileName(file)));
        }
    }

    internal string Lab => _folder.File("lab");

    internal string Lake => _folder.File("lake");

    internal string Other(string name) => _folder.File(name);

    internal string Run(string run) => Path.Combine(Lab, "runs", run);

    internal string File(string run, string file) => Path.Combine(Run(run), file);

    internal void Edit(string run, Action<JsonObject> edit)
    {
        JsonObject manifest = JsonNode.Parse(System.IO.File.ReadAllText(File(run, "run.json")))!.AsObject();
        edit(manifest);
        System.IO.File.WriteAllText(File(run, "run.json"), manifest.ToJsonString());
    }

    public void Dispose() => _folder.Dispose();
}
