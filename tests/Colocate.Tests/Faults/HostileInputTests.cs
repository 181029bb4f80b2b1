using System.Text.Json.Nodes;
using Colocate.Tests.Cli;
using ZstdSharp;

namespace Colocate.Tests.Faults;

/// <summary>Labs and lakes made with intent. Each gets its message and code, and what the lake held of others stays as it was, byte by byte.</summary>
public sealed class HostileInputTests
{
    private const string Good = "base-1-r3", Bad = "pair-1-1-r2";

    [Theory]
    [InlineData("file")]
    [InlineData("folder of the file")]
    [InlineData("manifest")]
    [InlineData("folder of the run")]
    [Trait("promise", "R6")]
    public async Task R6_A_link_out_of_the_lab_is_not_followed_and_nothing_of_its_target_is_told(string what)
    {
        using var lab = new LabCopy(Good, Bad);
        string[] good = await GoodAsync(lab);
        string secret = lab.Other("secret"), inside = lab.File(Bad, "httperf-vm1.txt");
        Directory.CreateDirectory(secret);
        File.WriteAllText(Path.Combine(secret, "httperf-vm1.txt"), "PASSWORD=hunter2\n");
        File.Copy(lab.File(Bad, "run.json"), Path.Combine(secret, "run.json"));
        switch (what)
        {
            case "file":
                File.Delete(inside);
                File.CreateSymbolicLink(inside, Path.Combine(secret, "httperf-vm1.txt"));
                break;
            case "folder of the file":
                Directory.CreateSymbolicLink(lab.File(Bad, "logs"), secret);
                lab.Edit(Bad, m => m["domains"]![1]!["client"]!["file"] = "logs/httperf-vm1.txt");
                break;
            case "manifest":
                File.Delete(lab.File(Bad, "run.json"));
                File.CreateSymbolicLink(lab.File(Bad, "run.json"), Path.Combine(secret, "run.json"));
                break;
            default:
                Directory.Delete(lab.Run(Bad), recursive: true);
                Directory.CreateSymbolicLink(lab.Run(Bad), secret);
                break;
        }

        CommandLine.Outcome outcome = await CommandLine.RunAsync("ingest", lab.Lab, "--lake", lab.Lake);
        Assert.Equal(3, outcome.Code);
        Assert.Contains("a link that leads out of the lab folder", outcome.Error, StringComparison.Ordinal);
        foreach (string text in (string[])[outcome.Error, outcome.Out, (await CommandLine.RunAsync("export", "diagnostics", "--lake", lab.Lake)).Out, (await CommandLine.RunAsync("export", "input_files", "--lake", lab.Lake)).Out])
            Assert.DoesNotContain("hunter2", text, StringComparison.Ordinal);
        await AssertAsBeforeAsync(good, lab);
    }

    [Fact]
    public async Task A_link_within_the_lab_is_followed()
    {
        using var lab = new LabCopy(Good);
        File.Move(lab.File(Good, "xentop.txt"), Path.Combine(lab.Lab, "shared.txt"));
        File.CreateSymbolicLink(lab.File(Good, "xentop.txt"), Path.Combine("..", "..", "shared.txt"));
        Assert.Equal(0, (await CommandLine.RunAsync("ingest", lab.Lab, "--lake", lab.Lake)).Code);
    }

    [Fact]
    [Trait("promise", "R6")]
    public async Task R6_A_bomb_is_read_as_far_as_its_size_allows_and_named()
    {
        using var lab = new LabCopy(Good, Bad);
        string[] good = await GoodAsync(lab);
        using (FileStream file = File.Create(lab.File(Bad, "httperf-vm1.txt")))
        using (var bomb = new CompressionStream(file))
        {
            bomb.Write("httperf --client=0/1 --server=10.0.0.1 --port=80\n"u8);
            byte[] lines = new byte[1 << 20];
            lines.AsSpan().Fill((byte)'\n');
            for (int i = 0; i < 600; i++)
                bomb.Write(lines);
        }

        Assert.True(new FileInfo(lab.File(Bad, "httperf-vm1.txt")).Length < 200_000);
        CommandLine.Outcome outcome = await CommandLine.RunAsync("ingest", lab.Lab, "--lake", lab.Lake);
        Assert.Equal(3, outcome.Code);
        Assert.Contains("FL-BOMB at 268435456", outcome.Error, StringComparison.Ordinal);
        await AssertAsBeforeAsync(good, lab);
    }

    [Theory]
    [InlineData("vm\u001b[2J\u001b]0;owned\u0007")]
    [InlineData("'; drop table outputs; --")]
    [InlineData("=cmd|'/c calc'!A0")]
    [InlineData("[bold red]x[/] [link=http://x]y[/]")]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("\u202egnp.exe")]
    public async Task Names_are_data_wherever_they_show(string name)
    {
        using var lab = new LabCopy(Good, Bad);
        lab.Edit(Good, m => m["domains"]![1]!["workload"] = name);
        lab.Edit(Bad, m =>
        {
            m["domains"]![1]!["workload"] = name;
            m["domains"]![2]!["workload"] = name;
            m["domains"]![1]!.AsObject().Remove("client");
        });
        CommandLine.Outcome ingest = await CommandLine.RunAsync("ingest", lab.Lab, "--lake", lab.Lake);
        Assert.Equal(0, ingest.Code);
        CommandLine.Outcome json = await CommandLine.RunAsync("scores", "--lake", lab.Lake, "--bases");
        Assert.Equal(name, (string)json.Json.Single()["workload"]!);
        foreach (string[] command in (string[][])[["runs"], ["scores"], ["scores", "--bases"], ["metrics"], ["query", "from run_domains"]])
        {
            CommandLine.Outcome table = await CommandLine.RunAsync([.. command, "--lake", lab.Lake, "--format", "table"]);
            Assert.Equal(0, table.Code);
            foreach (string text in (string[])[table.Out, table.Error, ingest.Error])
                Assert.True(text.AsSpan().IndexOfAny('\u001b', '\u0007', '\u202e') < 0, $"{command[0]}: {text}");
        }

        string csv = (await CommandLine.RunAsync("export", "base_cases", "--lake", lab.Lake, "--format", "csv")).Out;
        Assert.DoesNotContain(",=cmd", csv, StringComparison.Ordinal);
        Assert.Equal(2, (await CommandLine.RunAsync("runs", "--lake", lab.Lake)).Json.Count);
        Assert.Equal(0, (await CommandLine.RunAsync("check", "--lake", lab.Lake)).Code);
    }

    [Fact]
    public async Task A_manifest_of_the_lake_that_names_foreign_files_has_none_of_them_read_or_removed()
    {
        using var lab = new LabCopy(Good, Bad);
        await CommandLine.RunAsync("ingest", lab.Lab, "--lake", lab.Lake);
        string mine = lab.Other("mine.parquet"), manifest = Path.Combine(lab.Lake, "manifests", Bad, "ingest.json");
        File.WriteAllText(mine, "precious");
        JsonNode content = JsonNode.Parse(File.ReadAllText(manifest))!;
        foreach (JsonNode? file in content["files"]!.AsArray())
            file!["path"] = "tables/../../mine.parquet";
        File.WriteAllText(manifest, content.ToJsonString());
        Directory.Delete(lab.Run(Bad), recursive: true);
        await CommandLine.RunAsync("ingest", lab.Lab, "--lake", lab.Lake, "--prune");
        Assert.Equal("precious", File.ReadAllText(mine));
        Assert.Equal([Good], (await CommandLine.RunAsync("runs", "--lake", lab.Lake)).Json.Select(r => (string)r["run"]!));
    }

    [Fact]
    public async Task A_lock_that_is_a_link_is_refused_and_one_left_by_the_dead_is_none()
    {
        using var lab = new LabCopy(Good);
        await CommandLine.RunAsync("ingest", lab.Lab, "--lake", lab.Lake);
        string held = Path.Combine(lab.Lake, "lake.lock"), target = lab.Other("target");
        Assert.Equal(0, (await CommandLine.RunAsync("ingest", lab.Lab, "--lake", lab.Lake)).Code);
        File.Delete(held);
        File.CreateSymbolicLink(held, target);
        string[] before = LakeDigests.OfAll(lab.Lake);
        CommandLine.Outcome outcome = await CommandLine.RunAsync("ingest", lab.Lab, "--lake", lab.Lake);
        Assert.Equal(2, outcome.Code);
        Assert.Contains("is a link", outcome.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(target));
        Assert.Equal(before, LakeDigests.OfAll(lab.Lake));
    }

    private static async Task<string[]> GoodAsync(LabCopy lab)
    {
        Assert.Equal(0, (await CommandLine.RunAsync("ingest", lab.Lab, "--lake", lab.Lake)).Code);
        return [.. LakeDigests.OfAll(lab.Lake).Where(f => f.Contains(Good, StringComparison.Ordinal))];
    }

    /// <summary>
    /// What the lake held of others stays as it was, reading the same input again changes no byte, and when the input is gone the lake is the one it would have been without it.
    /// </summary>
    private static async Task AssertAsBeforeAsync(string[] good, LabCopy lab)
    {
        Assert.NotEmpty(good);
        string[] after = LakeDigests.OfAll(lab.Lake);
        Assert.Equal(good, after.Where(f => f.Contains(Good, StringComparison.Ordinal)));
        await CommandLine.RunAsync("ingest", lab.Lab, "--lake", lab.Lake);
        Assert.Equal(after, LakeDigests.OfAll(lab.Lake));

        string without = lab.Other("without");
        if (File.GetAttributes(lab.Run(Bad)).HasFlag(FileAttributes.ReparsePoint))
            File.Delete(lab.Run(Bad));
        else
            Directory.Delete(lab.Run(Bad), recursive: true);
        Assert.Equal(0, (await CommandLine.RunAsync("ingest", lab.Lab, "--lake", lab.Lake, "--prune")).Code);
        Assert.Equal(0, (await CommandLine.RunAsync("ingest", lab.Lab, "--lake", without)).Code);
        Assert.Equal(LakeDigests.OfAll(without), LakeDigests.OfAll(lab.Lake));
        Assert.Equal((await CommandLine.RunAsync("catalogue", "--dump", "--lake", without)).Out, (await CommandLine.RunAsync("catalogue", "--dump", "--lake", lab.Lake)).Out);
    }
}
