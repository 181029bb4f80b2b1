using System.Text.Encodings.Web;
using System.Text.Json;

namespace Colocate.Model.Runs;

/// <summary>Writes a manifest as <c>run.json</c>: the fields that <see cref="ManifestReader"/> reads, same manifest, same bytes.</summary>
public static class ManifestWriter
{
    private static readonly JsonWriterOptions s_options = new() { Indented = true, IndentSize = 1, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The manifest as JSON, UTF-8, with a line end behind.</summary>
    public static byte[] Write(RunManifest run)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, s_options))
        {
            json.WriteStartObject();
            json.WriteString("run", run.Run);
            json.WriteString("campaign", run.Campaign);
            json.WriteString("kind", run.KindDeclared);
            WriteHost(json, run.Host);
            Number(json, "rate_fraction", run.RateFraction);
            Text(json, "start", run.Start?.UtcDateTime.ToString("O", System.Globalization.CultureInfo.InvariantCulture));
            Number(json, "load_s", run.LoadS);
            WriteLogs(json, run);
            json.WriteStartArray("domains");
            foreach (DomainSpec domain in run.Domains)
                WriteDomain(json, domain);
            json.WriteEndArray();
            json.WriteString("notes", run.Notes);
            json.WriteEndObject();
        }

        bytes.WriteByte((byte)'\n');
        return bytes.ToArray();
    }

    private static void WriteHost(Utf8JsonWriter json, HostSpec host)
    {
        json.WriteStartObject("host");
        Text(json, "name", host.Name);
        Text(json, "hypervisor", host.Hypervisor);
        Text(json, "scheduler", host.Scheduler);
        Number(json, "tslice_ms", host.TsliceMs);
        Number(json, "ratelimit_us", host.RatelimitUs);
        json.WriteNumber("pcpus", host.Pcpus);
        Number(json, "tsc_hz", host.TscHz);
        if (host.NicMbit is not null)
        {
            json.WriteStartObject("nic");
            Number(json, "mbit", host.NicMbit);
            Number(json, "burst_bytes", host.NicBurstBytes);
            Number(json, "queue_bytes", host.NicQueueBytes);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteLogs(Utf8JsonWriter json, RunManifest run)
    {
        if (run.Trace is { } trace)
        {
            json.WriteStartObject("trace");
            json.WriteString("file", trace.File);
            Text(json, "events", trace.Events);
            Number(json, "starts_after_s", trace.StartsAfterS);
            Number(json, "seconds", trace.Seconds);
            json.WriteEndObject();
        }

        if (run.Xentop is { } xentop)
        {
            json.WriteStartObject("xentop");
            json.WriteString("file", xentop.File);
            Number(json, "interval_s", xentop.IsIntervalKnown ? xentop.IntervalS : null);
            Number(json, "starts_after_s", xentop.StartsAfterS);
            json.WriteEndObject();
        }

        if (run.XenmonFiles.Count == 0)
            return;
        json.WriteStartArray("xenmon");
        foreach (string file in run.XenmonFiles)
            WriteFile(json, null, file);
        json.WriteEndArray();
    }

    private static void WriteDomain(Utf8JsonWriter json, DomainSpec domain)
    {
        json.WriteStartObject();
        json.WriteString("name", domain.Name);
        Number(json, "domid", domain.Domid);
        json.WriteNumber("vcpus", domain.Vcpus);
        Number(json, "memory_mb", domain.MemoryMb);
        Number(json, "weight", domain.Weight);
        Number(json, "cap_percent", domain.CapFraction * 100);
        json.WriteString("role", domain.Role);
        Text(json, "workload", domain.Workload);
        Number(json, "reply_bytes", domain.ReplyBytes);
        Number(json, "offered_per_s", domain.OfferedPerS);
        if (domain.Server is { } server)
        {
            json.WriteStartObject("server");
            Text(json, "name", server.Name);
            Number(json, "workers", server.Workers);
            Number(json, "backlog", server.Backlog);
            json.WriteEndObject();
        }

        if (domain.Client is { } client)
        {
            json.WriteStartObject("client");
            Text(json, "tool", client.Tool);
            json.WriteString("file", client.File);
            Number(json, "timeout_s", client.TimeoutS);
            Number(json, "requests_per_connection", client.RequestsPerConnection);
            Text(json, "arrivals", client.Arrivals);
            json.WriteEndObject();
        }

        if (domain.GuestTraceFile is { } guestTrace)
            WriteFile(json, "guest_trace", guestTrace);
        json.WriteEndObject();
    }

    private static void WriteFile(Utf8JsonWriter json, string? field, string file)
    {
        if (field is null)
            json.WriteStartObject();
        else
            json.WriteStartObject(field);
        json.WriteString("file", file);
        json.WriteEndObject();
    }

    private static void Text(Utf8JsonWriter json, string field, string? value)
    {
        if (value is not null)
            json.WriteString(field, value);
    }

    private static void Number(Utf8JsonWriter json, string field, double? value)
    {
        if (value is { } number)
            json.WriteNumber(field, number);
    }
}
