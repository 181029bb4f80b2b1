using System.Text.Json.Nodes;

namespace Colocate.Tests.Cli;

/// <summary><c>formats</c> does not claim what no real file has shown.</summary>
public sealed class FormatsCommandTests
{
    /// <summary>None of these stands in a trace or log that somebody recorded and that could be had.</summary>
    [Theory]
    [InlineData("xentrace", "schedulers other than credit and credit2")]
    [InlineData("xentrace", "idle states")]
    [InlineData("xentrace", "GUEST")]
    [InlineData("xentrace", "domains created, destroyed")]
    [InlineData("xentrace", "populate-on-demand")]
    [InlineData("xentrace", "TSC skew")]
    [InlineData("xentop", "network interfaces (-n)")]
    [InlineData("httperf", "sessions")]
    [InlineData("httperf", "periodic stats")]
    [InlineData("httperf", "fd-unavail")]
    [InlineData("xenmon", "all of it")]
    public async Task What_no_real_file_has_shown_is_named(string format, string what)
    {
        JsonObject line = (await CommandLine.RunAsync("formats", "--format", "json")).Json.Single(f => (string)f["format"]! == format);
        Assert.Contains(line["synthetic_only"]!.AsArray(), s => ((string)s!).Contains(what, StringComparison.Ordinal));
    }
}
