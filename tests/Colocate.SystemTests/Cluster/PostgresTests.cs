using Colocate.SystemTests.Cli;

namespace Colocate.SystemTests.Cluster;

/// <summary>The shared catalogue in a real PostgreSQL.</summary>
public sealed class PostgresTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("colocate-shared-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_lake_listed_in_PostgreSQL_is_the_lake_of_one_process_and_outlives_the_server()
    {
        Assert.SkipWhen(PostgresServer.Missing is not null, PostgresServer.Missing ?? "");
        string lab = SmallRuns.CopyTo(In("lab"), 40), few = SmallRuns.CopyTo(In("few"), 3), alone = In("alone"), lake = In("lake"), other = In("other"), plan = In("plan.jsonl");
        await DoneAsync("ingest", lab, "--lake", alone, "--jobs", "1", "-q");

        await using PostgresServer server = await PostgresServer.StartAsync();
        Assert.Contains("PostgreSQL", await DoneAsync("catalogue", "--lake", lake, "--use", server.Connection), StringComparison.Ordinal);
        await File.WriteAllTextAsync(plan, await DoneAsync("plan", lab, "--lake", lake, "--chunks", "4", "-q"), TestContext.Current.CancellationToken);
        await Task.WhenAll(new[] { 0, 1, 2, 3, 2, 1 }.Select(chunk => DoneAsync("work", plan, "--lake", lake, "--chunk", $"{chunk}", "-q")));
        await DoneAsync("commit", plan, "--lake", lake, "-q");
        Assert.False(File.Exists(Path.Combine(lake, "catalogue.db")));
        await LakeState.AssertEqualAsync(alone, lake);

        // Another lake in the same database is another lake; a lab that shrinks is known to have shrunk.
        await DoneAsync("catalogue", "--lake", other, "--use", server.Connection);
        await DoneAsync("ingest", few, "--lake", other, "-q");
        Assert.Equal(3, Lines(await DoneAsync("runs", "--lake", other)));
        Assert.Equal(40, Lines(await DoneAsync("runs", "--lake", lake)));
        Directory.Delete(Path.Combine(lake, "manifests", "base-1-r2"), recursive: true);
        Assert.Equal(39, Lines(await DoneAsync("runs", "--lake", lake)));
        await DoneAsync("ingest", lab, "--lake", lake, "-q");
        await LakeState.AssertEqualAsync(alone, lake);

        await server.StopAsync();
        (int code, string output, string error) = await ColocateProcess.RunAsync("runs", "--lake", lake);
        Assert.Equal((1, ""), (code, output));
        Assert.Contains("The shared catalogue of this lake cannot be used", error, StringComparison.Ordinal);
        Assert.Contains("colocate catalogue --use sqlite", error, StringComparison.Ordinal);
        await DoneAsync("catalogue", "--lake", lake, "--use", "sqlite");
        await LakeState.AssertEqualAsync(alone, lake);
    }

    [Theory]
    [InlineData("Host=/nowhere;Database=x;Username=y", 1, "cannot be used")]
    [InlineData("Host=/nowhere;Database=x;Username=y;Password=secret", 2, "password")]
    [InlineData("no connection string", 2, "is no connection string")]
    public async Task A_database_that_cannot_be_used_is_refused_and_the_old_catalogue_stays(string connection, int expected, string says)
    {
        string lab = SmallRuns.CopyTo(In("lab"), 1), lake = In("lake");
        await DoneAsync("ingest", lab, "--lake", lake, "-q");
        (int code, string output, string error) = await ColocateProcess.RunAsync("catalogue", "--lake", lake, "--use", connection);
        Assert.Equal((expected, ""), (code, output));
        Assert.Contains(says, error, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error, StringComparison.Ordinal);
        Assert.Equal(1, Lines(await DoneAsync("runs", "--lake", lake)));
    }

    private static int Lines(string output) => output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length;

    private static async Task<string> DoneAsync(params string[] args)
    {
        (int code, string output, string error) = await ColocateProcess.RunAsync(args);
        Assert.True(code == 0, $"{string.Join(' ', args)}: {code}\n{error}");
        return output;
    }

    private string In(string name) => Path.Combine(_folder.FullName, name);
}
