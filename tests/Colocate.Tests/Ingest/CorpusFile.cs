using Colocate.Ingest.Formats;

namespace Colocate.Tests.Ingest;

/// <summary>One input file of <c>tests/corpus</c>; its name is the sentence under test.</summary>
/// <param name="Format">The format that its folder names.</param>
/// <param name="IsGood">True under <c>good</c>.</param>
/// <param name="Path">Where it lies beside the tests.</param>
public sealed record CorpusFile(IInputFormat Format, bool IsGood, string Path)
{
    /// <summary>Ends the name of what reading a file must yield.</summary>
    public const string ExpectedSuffix = ".expected.txt";

    private static readonly string s_root = System.IO.Path.Combine(AppContext.BaseDirectory, "corpus");

    /// <summary>The files of every format, in order of format and name.</summary>
    public static IReadOnlyList<CorpusFile> All { get; } =
    [
        .. from format in FormatCatalogue.All
           from goodness in (string[])["good", "bad"]
           let folder = System.IO.Path.Combine(s_root, goodness, format.Id)
           where Directory.Exists(folder)
           from path in Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal)
           where !path.EndsWith(ExpectedSuffix, StringComparison.Ordinal) && !path.EndsWith(".md", StringComparison.Ordinal)
           select new CorpusFile(format, goodness == "good", path),
    ];

    /// <summary>The path from the corpus folder on.</summary>
    public string Name => System.IO.Path.GetRelativePath(s_root, Path).Replace('\\', '/');

    public string ExpectedPath => Path + ExpectedSuffix;

    public byte[] Bytes() => File.ReadAllBytes(Path);
}
