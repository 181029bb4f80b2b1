using System.Text.Json.Nodes;
using Colocate.Tests.Cli;

namespace Colocate.Tests.Model.Lake;

/// <summary>Promise R10: lakes of every released version stay readable, and are gone on with.</summary>
public sealed class OldVersionTests : IDisposable
{
    private static readonly string s_versions = Path.Combine(Repository.Corpus, "old-versions");

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Versions => [.. Directory.EnumerateDirectories(s_versions).Select(d => Path.GetFileName(d)!).Order(StringComparer.Ordinal)];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Versions))]
    [Trait("promise", "R10")]
    public async Task R10_An_old_lake_is_read_checked_and_gone_on_with(string version)
    {
        string lake = _folder.File("lake"), old = Path.Combine(s_versions, version);
        foreach (string file in Directory.EnumerateFiles(old, "*", SearchOption.AllDirectories).Where(f => !f.EndsWith(".jsonl", StringComparison.Ordinal)))
        {
            string target = Path.Combine(lake, Path.GetRelativePath(old, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        string[] before = LakeDigests.OfAll(lake);
        foreach (string command in (string[])["runs", "scores", "metrics"])
        {
            CommandLine.Outcome outcome = await CommandLine.RunAsync(command, "--lake", lake, "--format", "json");
            Assert.Equal(0, outcome.Code);
            JsonObject[] expected = [.. File.ReadLines(Path.Combine(old, command + ".jsonl")).Select(l => JsonNode.Parse(l)!.AsObject())];
            Assert.True(expected.Length > 0);
            Assert.Equal(expected.Length, outcome.Json.Count);
            foreach ((JsonObject was, JsonObject now) in expected.Zip(outcome.Json))
                Assert.All(was, field => Assert.True(JsonNode.DeepEquals(field.Value, now[field.Key]), $"{command}: {field.Key}: {field.Value} became {now[field.Key]}"));
        }

        Assert.Equal(0, (await CommandLine.RunAsync("check", "--lake", lake)).Code);
        Assert.Equal(before, LakeDigests.OfAll(lake));

        using var lab = new LabCopy("base-1-r3", "pair-1-1-r2");
        Assert.Equal(0, (await CommandLine.RunAsync("ingest", lab.Lab, "--lake", lake)).Code);
        Assert.Equal(["base-1-r3", "pair-1-1-r2"], (await CommandLine.RunAsync("runs", "--lake", lake)).Json.Select(r => (string)r["run"]!));
        Assert.Equal(0, (await CommandLine.RunAsync("check", "--lake", lake)).Code);
    }
}
