using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Colocate.SystemTests.Cluster;

/// <summary>A real Slurm of one controller and two nodes with a processor each, on this machine, from Debian's packages; gone when disposed.</summary>
internal sealed class SlurmCluster : IAsyncDisposable
{
    private static readonly string[] s_needed = ["slurmctld", "slurmd", "munged", "sbatch", "runuser"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("colocate-slurm-");

    private SlurmCluster()
    {
    }

    /// <summary>Why there can be none; null when there can.</summary>
    internal static string? Missing { get; } =
        s_needed.Where(p => Shell.Find(p) is null).ToArray() is { Length: > 0 } missing ? $"{string.Join(", ", missing)} not installed (Debian: apt-get install slurm-wlm munge)"
        : Environment.UserName != "root" ? "Slurm's daemons are started as root" : null;

    /// <summary>Environment of programs that talk to it.</summary>
    internal Dictionary<string, string> Environments { get; } = [];

    internal static async Task<SlurmCluster> StartAsync(CancellationToken cancellation)
    {
        var cluster = new SlurmCluster();
        try
        {
            await cluster.StartDaemonsAsync(cancellation);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    internal Task<string> RunAsync(string program, params string[] args) => Shell.RunAsync(program, Environments, args);

    /// <summary>Ids of the tasks of a job that run now, as JOB_TASK.</summary>
    internal async Task<string[]> RunningAsync(string job) => (await RunAsync("squeue", "--noheader", "--array", "--states=R", "--format=%i", "--jobs", job)).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Waits until no job is left in the queue.</summary>
    internal async Task DrainQueueAsync(TimeSpan longest, CancellationToken cancellation)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        late.CancelAfter(longest);
        while ((await RunAsync("squeue", "--noheader")).Trim().Length > 0)
            await Task.Delay(100, late.Token);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (string pid in Directory.EnumerateFiles(_folder.FullName, "*.pid", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            if (int.TryParse(await File.ReadAllTextAsync(pid), out int id))
                await EndAsync(id);
        }

        _folder.Delete(recursive: true);
    }

    private static async Task EndAsync(int id)
    {
        try
        {
            using var process = System.Diagnostics.Process.GetProcessById(id);
            await Shell.RunAsync("kill", new Dictionary<string, string>(), $"{id}");
            using var late = new CancellationTokenSource(TimeSpan.FromSeconds(10));
            await process.WaitForExitAsync(late.Token);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or OperationCanceledException)
        {
            // It has ended by itself, or does not listen.
        }
    }

    private async Task StartDaemonsAsync(CancellationToken cancellation)
    {
        string root = _folder.FullName, munge = Path.Combine(root, "munge"), key = Path.Combine(munge, "key");
        Directory.CreateDirectory(munge);
        Directory.CreateDirectory(Path.Combine(root, "state"));
        await Shell.RunAsync("chmod", Environments, "755", root);
        await File.WriteAllBytesAsync(key, RandomNumberGenerator.GetBytes(1024), cancellation);
        await Shell.RunAsync("chmod", Environments, "400", key);
        await Shell.RunAsync("chown", Environments, "-R", "munge:", munge);
        await Shell.RunAsync("runuser", Environments, "-u", "munge", "--", Shell.Find("munged")!, "--force", $"--key-file={key}", $"--socket={munge}/socket", $"--pid-file={munge}/0.pid", $"--log-file={munge}/log", $"--seed-file={munge}/seed");
        string configuration = Path.Combine(root, "slurm.conf"), host = Dns.GetHostName();
        int[] ports = FreePorts(3);
        await File.WriteAllTextAsync(
            configuration,
            $"""
            ClusterName=colocate
            SlurmctldHost={host}(localhost)
            SlurmctldPort={ports[0]}
            SlurmUser=root
            AuthType=auth/munge
            AuthInfo=socket={munge}/socket,cred_expire=5
            ProctrackType=proctrack/linuxproc
            TaskPlugin=task/none
            JobAcctGatherType=jobacct_gather/none
            SelectType=select/cons_tres
            SelectTypeParameters=CR_CPU
            MpiDefault=none
            ReturnToService=2
            SchedulerParameters=sched_min_interval=0,batch_sched_delay=0,sched_interval=1
            StateSaveLocation={root}/state
            SlurmdSpoolDir={root}/spool-%n
            SlurmctldPidFile={root}/2.pid
            SlurmdPidFile={root}/1-%n.pid
            SlurmctldLogFile={root}/slurmctld.log
            SlurmdLogFile={root}/slurmd-%n.log
            NodeName=n1 NodeHostname={host} NodeAddr=localhost Port={ports[1]} CPUs=1
            NodeName=n2 NodeHostname={host} NodeAddr=localhost Port={ports[2]} CPUs=1
            PartitionName=all Nodes=n1,n2 Default=YES MaxTime=INFINITE State=UP

            """,
            cancellation);
        Environments["SLURM_CONF"] = configuration;
        await RunAsync("slurmctld", "-f", configuration);
        await RunAsync("slurmd", "-f", configuration, "-N", "n1");
        await RunAsync("slurmd", "-f", configuration, "-N", "n2");
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        late.CancelAfter(TimeSpan.FromSeconds(60));
        while (!await IsReadyAsync())
            await Task.Delay(100, late.Token);
    }

    private async Task<bool> IsReadyAsync()
    {
        try
        {
            return (await RunAsync("sinfo", "--noheader", "--Node", "--format=%t")).Split('\n', StringSplitOptions.RemoveEmptyEntries) is ["idle", "idle"];
        }
        catch (InvalidOperationException)
        {
            // The controller does not answer yet.
            return false;
        }
    }

    private static int[] FreePorts(int count)
    {
        TcpListener[] listeners = [.. Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0))];
        foreach (TcpListener listener in listeners)
            listener.Start();
        int[] ports = [.. listeners.Select(l => ((IPEndPoint)l.LocalEndpoint).Port)];
        foreach (TcpListener listener in listeners)
            listener.Stop();
        return ports;
    }
}
