namespace Colocate.Tests.Cli.Query;

/// <summary>The sample lab, ingested once for all tests that only read.</summary>
public sealed class SampleLake : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    internal string Lake => _folder.File("lake");

    internal string File(string name) => _folder.File(name);

    public async ValueTask InitializeAsync() => Assert.Equal(0, (await CommandLine.RunAsync("ingest", Repository.SampleLab, "--lake", Lake, "--quiet")).Code);

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
