using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Colocate.Tests.Cli;

public sealed partial class DoctorCommandTests
{
    [Fact]
    public async Task A_lake_that_is_not_there_yet_is_fine_and_nothing_is_left_behind()
    {
        using var folder = new TemporaryFolder();
        Assert.True((bool)(await LakeFolder(0, folder.File("a/b")))["ok"]!);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/below")]
    public async Task A_file_is_no_lake_nor_can_one_lie_in_it(string below)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("file"), "");
        JsonObject check = await LakeFolder(1, folder.File("file") + below);
        Assert.False((bool)check["ok"]!);
        Assert.Contains($"'{folder.File("file")}' is a file, not a folder", (string)check["detail"]!, StringComparison.Ordinal);
        Assert.DoesNotMatch(Guid(), (string)check["detail"]!);
    }

    [Fact]
    public async Task A_lake_of_a_newer_layout_is_reported()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("lake.json"), """{ "layout": 99 }""");
        JsonObject check = await LakeFolder(1, folder.Path);
        Assert.False((bool)check["ok"]!);
        Assert.Contains("has layout 99", (string)check["detail"]!, StringComparison.Ordinal);
    }

    private static async Task<JsonObject> LakeFolder(int code, string lake)
    {
        CommandLine.Outcome outcome = await CommandLine.RunAsync("doctor", "--lake", lake, "--format", "json");
        Assert.Equal(code, outcome.Code);
        return outcome.Json.Single(r => (string)r["check"]! == "lake folder");
    }

    [GeneratedRegex("[0-9a-f]{32}")]
    private static partial Regex Guid();
}
