namespace Colocate.Tests.Cli.Query;

public sealed class ColumnPageTests
{
    [Fact]
    public async Task The_committed_pages_are_what_the_code_says()
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        using var folder = new TemporaryFolder();
        Assert.Equal(0, (await CommandLine.RunAsync("tables", "--pages", folder.Path)).Code);
        string committed = Path.Combine(Repository.Root, "model", "docs", "tables");
        string[] names = [.. Directory.EnumerateFiles(folder.Path).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];
        Assert.Equal(names, Directory.EnumerateFiles(committed).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal));
        foreach (string name in names)
            Assert.True((await File.ReadAllTextAsync(folder.File(name), cancellation)) == (await File.ReadAllTextAsync(Path.Combine(committed, name), cancellation)), $"model/docs/tables/{name} is old: write it anew with `colocate tables --pages model/docs/tables`");
    }
}
