using System.CommandLine;
using System.Globalization;
using System.Runtime.InteropServices;
using Colocate.Cli.Output;
using Colocate.Cli.Report;
using Colocate.Model.Errors;
using Colocate.Model.Lake;

namespace Colocate.Cli.Commands;

/// <summary><c>doctor</c>: what is installed and whether it works; the first thing a bug report includes.</summary>
internal static class DoctorCommand
{
    internal static Command Create(Terminal terminal)
    {
        Option<string> lake = CommonOptions.Lake();
        Option<OutputFormat?> format = CommonOptions.Format();
        var command = new Command("doctor", "Check the installation: runtime, native libraries, and writing where the lake is or would be.") { lake, format };
        command.SetAction(parsed =>
        {
            string folder = Path.GetFullPath(parsed.GetValue(lake)!);
            List<Record> records =
            [
                Check("colocate", () => Lake.ToolVersion),
                Check("runtime", () => $"{RuntimeInformation.FrameworkDescription} on {RuntimeInformation.OSDescription} {RuntimeInformation.OSArchitecture}"),
                Check("processors", () => Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture)),
                Check("byte order", () => BitConverter.IsLittleEndian ? "little-endian" : throw new PlatformNotSupportedException("traces are decoded on little-endian machines only")),
                Check("report script", () => $"plotly.js, {PlotlyScript.Source.Length} characters"),
                Check("regression library", Selftest.Regression),
                Check("lake round trip", () => Selftest.LakeRoundTrip()),
                Check("lake folder", () => Selftest.Writable(folder)),
            ];
            RecordWriter.Write(terminal, parsed.GetValue(format), records);
            return records.All(r => r.Any(f => f is { Key: "ok", Value: true })) ? 0 : (int)ExitCode.Unexpected;
        });
        return command;
    }

    private static Record Check(string what, Func<string> check)
    {
        try
        {
            return new Record { { "check", what }, { "ok", true }, { "detail", check() } };
        }
        catch (Exception e)
        {
            // Whatever fails is the finding: a doctor that stops at the first illness is of no use.
            return new Record { { "check", what }, { "ok", false }, { "detail", $"{e.GetType().Name}: {e.Message}" } };
        }
    }
}
