namespace Colocate.SystemTests.Cluster;

/// <summary>A real PostgreSQL server of Debian 12 on a socket in a temporary folder; gone when disposed.</summary>
internal sealed class PostgresServer : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("colocate-postgres-");

    private PostgresServer()
    {
    }

    /// <summary>Why there can be none; null when there can.</summary>
    internal static string? Missing { get; } = new[] { "initdb", "pg_ctl" }.Any(p => Shell.Find(p) is null) ? "PostgreSQL is not installed (Debian: apt-get install postgresql-15)" : null;

    /// <summary>How to connect to it.</summary>
    internal string Connection => $"Host={_folder.FullName};Database=postgres;Username=postgres";

    private string Data => Path.Combine(_folder.FullName, "data");

    internal static async Task<PostgresServer> StartAsync()
    {
        var server = new PostgresServer();
        if (Environment.UserName == "root")
            await Shell.RunAsync("chown", new Dictionary<string, string>(), "postgres:", server._folder.FullName);
        await RunAsync("initdb", "-D", server.Data, "-A", "trust", "-U", "postgres", "--no-sync", "--locale=C.UTF-8", "--encoding=UTF8");
        await RunAsync("pg_ctl", "-D", server.Data, "-w", "-l", Path.Combine(server._folder.FullName, "log"), "-o", $"-k '{server._folder.FullName}' -c listen_addresses=''", "start");
        return server;
    }

    internal Task StopAsync() => RunAsync("pg_ctl", "-D", Data, "-w", "-m", "immediate", "stop");

    public async ValueTask DisposeAsync()
    {
        if (File.Exists(Path.Combine(Data, "postmaster.pid")))
            await StopAsync();
        _folder.Delete(recursive: true);
    }

    /// <summary>The server refuses to run as root.</summary>
    private static Task<string> RunAsync(string program, params string[] args)
    {
        string path = Shell.Find(program)!;
        return Environment.UserName == "root" ? Shell.RunAsync("runuser", new Dictionary<string, string>(), ["-u", "postgres", "--", path, .. args]) : Shell.RunAsync(path, new Dictionary<string, string>(), args);
    }
}
