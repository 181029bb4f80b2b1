using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Colocate.Tests.Cli.Timeline;

/// <summary>Reads a timeline with tools that share nothing with its writer: protoc and Google's library for Python, on a schema of the reader's own.</summary>
internal static class IndependentReader
{
    private const string Protoc = "/usr/bin/protoc", Python = "/usr/bin/python3";

    private static string Here => Path.Combine(Repository.Root, "tests", "Colocate.Tests", "Cli", "Timeline");

    /// <summary>What each track holds, by its path; skips the test where the tools are missing.</summary>
    internal static JsonObject Read(string trace)
    {
        Assert.SkipUnless(File.Exists(Protoc) && File.Exists(Python) && Run(Python, ["-c", "import google.protobuf"]).Code == 0,
            "protoc or Python's protobuf is not installed (Debian: apt-get install protobuf-compiler python3-protobuf): nobody but us reads the timeline.");
        using var folder = new TemporaryFolder();
        (int code, string output) = Run(Protoc, ["-I" + Here, "--python_out=" + folder.Path, "reader.proto"]);
        Assert.True(code == 0, output);
        (code, output) = Run(Python, [Path.Combine(Here, "read_timeline.py"), folder.Path, trace]);
        Assert.True(code == 0, output);
        return JsonNode.Parse(output)!.AsObject();
    }

    private static (int Code, string Output) Run(string program, string[] args)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        foreach (string arg in args)
            start.ArgumentList.Add(arg);
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, process.ExitCode == 0 ? output : output + error.Result);
    }
}
