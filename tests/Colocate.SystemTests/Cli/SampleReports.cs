using Colocate.SystemTests.Cli;

[assembly: AssemblyFixture(typeof(SampleReports))]

namespace Colocate.SystemTests.Cli;

/// <summary>The samples as <c>colocate run</c> leaves them, made once for all tests that look at them.</summary>
public sealed class SampleReports : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("colocate-samples-").FullName;
    private readonly Lazy<Task<Sample>> _lab;
    private readonly Lazy<Task<Sample>> _paper;

    public SampleReports()
    {
        _lab = new(() => RunAsync("lab"));
        // Few candidates and replicas: what the host is worth does not matter here, only that the page tells the same as the lake.
        _paper = new(() => RunAsync("paper", "--evaluations", "2", "--replicas", "2"));
    }

    public static string Root { get; } = FindRoot();

    /// <summary>Runs a sample on the first call.</summary>
    public async Task<Sample> GetAsync(string name)
    {
        Sample sample = await (name == "lab" ? _lab : _paper).Value;
        Assert.True(sample.Code == 0, sample.Error);
        return sample;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task<Sample> RunAsync(string name, params string[] more)
    {
        string output = Path.Combine(_folder, name);
        (int code, string text, string error) = await ColocateProcess.RunAsync(["run", Path.Combine(Root, "samples", name), "--out", output, "--format", "json", .. more]);
        return new Sample(output, code, text, error);
    }

    private static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Pipeline.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests run outside the repository.");
    }
}

/// <summary>What one run of a sample left and said.</summary>
public sealed record Sample(string Folder, int Code, string Out, string Error)
{
    public string Report => Path.Combine(Folder, "report.html");

    public string Lake => Path.Combine(Folder, "lake");
}
