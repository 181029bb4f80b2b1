using System.Text.Json.Nodes;

namespace Colocate.Tests.Cli;

/// <summary>`check` names whatever is not as it was committed.</summary>
public sealed class CheckCommandTests
{
    private const string Run = "base-1-r3";

    [Fact]
    [Trait("promise", "R8")]
    public async Task One_flipped_byte_in_any_table_is_found_and_named_and_ingesting_again_mends_it()
    {
        using var lab = new LabCopy(Run);
        await CommandLine.RunAsync("ingest", lab.Lab, "--lake", lab.Lake);
        string[] good = LakeDigests.OfAll(lab.Lake);
        string[] tables = [.. Directory.EnumerateFiles(Path.Combine(lab.Lake, "tables"), "*", SearchOption.AllDirectories)];
        Assert.True(tables.Length > 5);
        foreach (string table in tables)
        {
            byte[] bytes = File.ReadAllBytes(table);
            bytes[bytes.Length / 2] ^= 1;
            File.WriteAllBytes(table, bytes);
            CommandLine.Outcome check = await CommandLine.RunAsync("check", "--lake", lab.Lake);
            Assert.Equal(1, check.Code);
            Assert.Equal(Path.GetRelativePath(lab.Lake, table), (string)check.Json.Single()["path"]!);
            Assert.Contains("its bytes are not those committed", check.Out, StringComparison.Ordinal);
            bytes[bytes.Length / 2] ^= 1;
            File.WriteAllBytes(table, bytes);
        }

        CommandLine.Outcome fine = await CommandLine.RunAsync("check", "--lake", lab.Lake);
        Assert.Equal((0, ""), (fine.Code, fine.Out));
        Assert.Contains("all as committed", fine.Error, StringComparison.Ordinal);
        Assert.Equal(good, LakeDigests.OfAll(lab.Lake));
    }

    [Theory]
    [InlineData("table gone", "the file is gone")]
    [InlineData("manifest gone", "no manifest lists this file")]
    [InlineData("manifest damaged", "no manifest can be read here")]
    [InlineData("manifest moved", "this manifest belongs to")]
    [InlineData("rows", "rows,")]
    [InlineData("fingerprint", "its fingerprint is not that of")]
    [InlineData("inputs", "its inputs are not those of")]
    [InlineData("stranger", "no manifest lists this file")]
    [InlineData("out of the lake", "no manifest can be read here")]
    [Trait("promise", "R4")]
    public async Task Whatever_does_not_agree_is_named(string harm, string says)
    {
        using var lab = new LabCopy(Run);
        await CommandLine.RunAsync("ingest", lab.Lab, "--lake", lab.Lake);
        string manifest = Path.Combine(lab.Lake, "manifests", Run, "ingest.json"), table = Directory.EnumerateFiles(Path.Combine(lab.Lake, "tables", "runs"), "*.parquet", SearchOption.AllDirectories).Single();
        switch (harm)
        {
            case "table gone": File.Delete(table); break;
            case "manifest gone": File.Delete(manifest); break;
            case "manifest damaged": File.WriteAllText(manifest, File.ReadAllText(manifest)[..200]); break;
            case "manifest moved": Directory.Move(Path.GetDirectoryName(manifest)!, Path.Combine(lab.Lake, "manifests", "other")); break;
            case "stranger": File.Copy(table, table + ".copy"); break;
            case "out of the lake": Edit(manifest, m => m["files"]![0]!["path"] = "tables/../../outside.parquet"); break;
            case "rows": Edit(manifest, m => m["files"]![0]!["rows"] = 77); break;
            case "inputs": Edit(manifest, m => m["inputs"]![0]!["sha256"] = new string('0', 64)); break;
            default: Edit(manifest, m => m["fingerprint"] = new string('0', 64)); break;
        }

        CommandLine.Outcome check = await CommandLine.RunAsync("check", "--lake", lab.Lake);
        Assert.Equal(1, check.Code);
        Assert.Contains(says, check.Out, StringComparison.Ordinal);
        Assert.All(check.Json, p => Assert.NotEmpty((string)p["remedy"]!));

        static void Edit(string path, Action<JsonNode> edit)
        {
            JsonNode content = JsonNode.Parse(File.ReadAllText(path))!;
            edit(content);
            File.WriteAllText(path, content.ToJsonString());
        }
    }
}
