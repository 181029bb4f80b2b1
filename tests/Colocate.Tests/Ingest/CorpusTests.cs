namespace Colocate.Tests.Ingest;

public sealed class CorpusTests
{
    /// <summary>Whoever runs the tests may name the corpus folder here; what reading yields now is then written there for review.</summary>
    private const string WriteCorpusTo = "COLOCATE_WRITE_CORPUS";

    public static TheoryData<string> WithExpectation =>
        [.. from file in CorpusFile.All where File.Exists(file.ExpectedPath) || WriteTo is not null select file.Name];

    private static string? WriteTo => Environment.GetEnvironmentVariable(WriteCorpusTo) is { Length: > 0 } folder ? folder : null;

    [Theory]
    [MemberData(nameof(WithExpectation))]
    public void Reading_yields_what_stands_beside_the_file(string name)
    {
        CorpusFile file = CorpusFile.All.Single(f => f.Name == name);
        string text = Reading.Of(file.Format, file.Bytes()).ToString();
        if (WriteTo is { } folder)
            File.WriteAllText(Path.Combine(folder, name + CorpusFile.ExpectedSuffix), text);
        else
            Assert.Equal(File.ReadAllText(file.ExpectedPath), text);
    }

    [Fact]
    public void No_expectation_stands_alone() => Assert.All(
        Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "corpus"), "*" + CorpusFile.ExpectedSuffix, SearchOption.AllDirectories),
        expected => Assert.Contains(CorpusFile.All, f => f.ExpectedPath == expected));
}
