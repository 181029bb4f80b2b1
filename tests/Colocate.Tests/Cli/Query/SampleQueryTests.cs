using System.Globalization;

namespace Colocate.Tests.Cli.Query;

/// <summary>The questions of samples/queries, asked in SQL and of the CSV export by pandas: both give the stored answer.</summary>
public sealed class SampleQueryTests(SampleLake sample) : IClassFixture<SampleLake>
{
    private static string Folder => Path.Combine(Repository.Root, "samples", "queries");

    public static TheoryData<string> Questions => [.. Directory.EnumerateFiles(Folder, "*.sql").Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Questions))]
    public async Task Sql_gives_the_stored_answer(string question)
    {
        CommandLine.Outcome outcome = await CommandLine.RunAsync("query", "--file", Path.Combine(Folder, question + ".sql"), "--lake", sample.Lake, "--format", "csv");
        Assert.True(outcome.Code == 0, outcome.Error);
        AssertAnswer(question, outcome.Out);
    }

    [Theory]
    [MemberData(nameof(Questions))]
    public async Task Pandas_gives_the_stored_answer(string question)
    {
        Assert.SkipUnless(OutsideProgram.HasPythonModule("pandas"), "Debian's pandas is not installed (apt-get install python3-pandas): nobody reads the export.");
        string csv = sample.File("csv");
        if (!Directory.Exists(csv))
            Assert.Equal(0, (await CommandLine.RunAsync("export", "--all", "--lake", sample.Lake, "--out", csv, "--quiet")).Code);

        (int code, string output, string error) = OutsideProgram.RunPython(Path.Combine(Folder, question + ".py"), csv);
        Assert.True(code == 0, error);
        AssertAnswer(question, output);
    }

    /// <summary>Sums of doubles may differ in the order in which they are taken: a figure of six places may be one off in the last.</summary>
    private static void AssertAnswer(string question, string answer)
    {
        string[][] expected = Cells(File.ReadAllText(Path.Combine(Folder, "answers", question + ".csv"))), actual = Cells(answer);
        Assert.True(expected.Length > 2, "the stored answer is empty");
        Assert.Equal(expected.Select(r => r.Length), actual.Select(r => r.Length));
        foreach ((string[] row, string[] got) in expected.Zip(actual))
        {
            foreach ((string cell, string ours) in row.Zip(got))
            {
                if (double.TryParse(cell, CultureInfo.InvariantCulture, out double number))
                    Assert.Equal(number, double.Parse(ours, CultureInfo.InvariantCulture), 1.5e-6);
                else
                    Assert.Equal(cell, ours);
            }
        }
    }

    private static string[][] Cells(string csv) => [.. csv.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.TrimEnd('\r').Split(','))];
}
