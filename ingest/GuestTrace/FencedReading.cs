using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Colocate.Ingest.Formats;
using Colocate.Model.Diagnostics;

namespace Colocate.Ingest.GuestTrace;

/// <summary>
/// Has a guest trace read by a process of its own, within limits of memory and time. Whatever becomes of that process, the content is read
/// to its end here and accounted for, and the batch goes on.
/// </summary>
internal static class FencedReading
{
    private const int LookEveryMs = 50;

    internal static void Read(Stream content, InputContext context, RowSink rows, GuestTraceFence fence, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        (long bytes, GuestTraceAnswer? answer, string? fault) = ReadAsync(content, fence, cancellation).GetAwaiter().GetResult();
        if (answer is not null && answer.Parsed + answer.Skipped + answer.SetAside == bytes)
        {
            answer.Give(context, rows);
            return;
        }

        context.Bytes.SetAside = bytes;
        context.Findings.Add(DiagnosticCatalogue.NettraceFence, detail: fault ?? "its answer is not about these bytes");
    }

    private static async Task<(long Bytes, GuestTraceAnswer? Answer, string? Fault)> ReadAsync(Stream content, GuestTraceFence fence, CancellationToken cancellation)
    {
        using Process worker = Start(fence);
        using var limits = new CancellationTokenSource(TimeSpan.FromSeconds(fence.MaxTimeS));
        Task<string?> watched = WatchAsync(worker, fence, limits.Token, cancellation);
        Task<GuestTraceAnswer?> answered = AnswerAsync(worker.StandardOutput.BaseStream);
        Task talk = worker.StandardError.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
        try
        {
            long bytes = await HandOverAsync(content, worker, cancellation).ConfigureAwait(false);
            string? fault = await watched.ConfigureAwait(false);
            cancellation.ThrowIfCancellationRequested();
            GuestTraceAnswer? answer = await answered.ConfigureAwait(false);
            await talk.ConfigureAwait(false);
            return (bytes, fault is null ? answer : null, fault);
        }
        finally
        {
            if (!worker.HasExited)
                worker.Kill(entireProcessTree: true);
        }
    }

    private static Process Start(GuestTraceFence fence)
    {
        var start = new ProcessStartInfo(fence.Program, fence.Arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };

        // The runtime then refuses to grow instead of making the whole host swap; what TraceEvent takes beside it is watched.
        start.Environment["DOTNET_GCHeapHardLimit"] = string.Create(CultureInfo.InvariantCulture, $"0x{fence.MaxMemoryBytes:X}");
        return Process.Start(start) ?? throw new IOException($"'{fence.Program}' could not be started");
    }

    /// <summary>Waits for the process' end, and ends it beyond its limits; says what went wrong, null when nothing did.</summary>
    private static async Task<string?> WatchAsync(Process worker, GuestTraceFence fence, CancellationToken limit, CancellationToken cancellation)
    {
        string? fault = null;
        while (!worker.HasExited)
        {
            if (limit.IsCancellationRequested || cancellation.IsCancellationRequested)
                fault ??= string.Create(CultureInfo.InvariantCulture, $"it took more than {fence.MaxTimeS} s");
            else if (MemoryOf(worker) > fence.MaxMemoryBytes)
                fault ??= string.Create(CultureInfo.InvariantCulture, $"it took more than {fence.MaxMemoryBytes >> 20} MiB of memory");
            if (fault is not null)
                worker.Kill(entireProcessTree: true);
            await Task.WhenAny(worker.WaitForExitAsync(CancellationToken.None), Task.Delay(LookEveryMs, CancellationToken.None)).ConfigureAwait(false);
        }

        return fault ?? (worker.ExitCode == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"it ended with {worker.ExitCode}"));
    }

    private static long MemoryOf(Process worker)
    {
        try
        {
            worker.Refresh();
            return worker.WorkingSet64;
        }
        catch (InvalidOperationException)
        {
            // It has ended meanwhile.
            return 0;
        }
    }

    /// <summary>Null when the process wrote no whole answer.</summary>
    private static async Task<GuestTraceAnswer?> AnswerAsync(Stream output)
    {
        try
        {
            return await JsonSerializer.DeserializeAsync<GuestTraceAnswer>(output).ConfigureAwait(false);
        }
        catch (JsonException)
        {
            await output.CopyToAsync(Stream.Null).ConfigureAwait(false);
            return null;
        }
    }

    /// <summary>Gives the process the whole content, as long as it takes it, and counts the bytes.</summary>
    private static async Task<long> HandOverAsync(Stream content, Process worker, CancellationToken cancellation)
    {
        byte[] buffer = new byte[64 * 1024];
        long bytes = 0;
        bool isTaken = true;
        for (int read; (read = content.Read(buffer)) > 0; bytes += read)
        {
            cancellation.ThrowIfCancellationRequested();
            isTaken = isTaken && await TryAsync(() => worker.StandardInput.BaseStream.WriteAsync(buffer.AsMemory(0, read), cancellation).AsTask()).ConfigureAwait(false);
        }

        await TryAsync(async () => await worker.StandardInput.DisposeAsync().ConfigureAwait(false)).ConfigureAwait(false);
        return bytes;
    }

    /// <summary>False when the process ended: it takes nothing any more, and its end is told elsewhere.</summary>
    private static async Task<bool> TryAsync(Func<Task> hand)
    {
        try
        {
            await hand().ConfigureAwait(false);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
