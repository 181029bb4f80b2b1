using System.Text.RegularExpressions;

namespace Colocate.Tests.Architecture;

/// <summary>Every promise of the README has tests that bear its number.</summary>
public sealed partial class PromiseTests
{
    public static TheoryData<int> Numbers => [.. Enumerable.Range(1, 14)];

    [Theory]
    [MemberData(nameof(Numbers))]
    public void A_promise_has_its_line_in_the_README_and_a_test(int number)
    {
        Assert.Matches($@"(?m)^\| R{number} \| .+ \| .+ \|$", File.ReadAllText(Path.Combine(Repository.Root, "README.md")));
        string[] sources = [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests"), "*.cs", SearchOption.AllDirectories)];
        Assert.Contains(sources, s => Promise().Matches(File.ReadAllText(s)).Any(m => m.Groups[1].Value == $"{number}"));
    }

    [GeneratedRegex("""\[Trait\("promise", "R(\d+)"\)\]""")]
    private static partial Regex Promise();
}
