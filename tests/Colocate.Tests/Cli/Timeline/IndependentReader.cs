using System.Text.Json.Nodes;

namespace Colocate.Tests.Cli.Timeline;

/// <summary>Reads a timeline with tools that share nothing with its writer: protoc and Google's library for Python, on a schema of the reader's own.</summary>
internal static class IndependentReader
{
    private const string Protoc = "/usr/bin/protoc";

    private static string Here => Path.Combine(Repository.Root, "tests", "Colocate.Tests", "Cli", "Timeline");

    /// <summary>What each track holds, by its path; skips the test where the tools are missing.</summary>
    internal static JsonObject Read(string trace)
    {
        Assert.SkipUnless(File.Exists(Protoc) && OutsideProgram.HasPythonModule("google.protobuf"),
            "protoc or Python's protobuf is not installed (Debian: apt-get install protobuf-compiler python3-protobuf): nobody but us reads the timeline.");
        using var folder = new TemporaryFolder();
        (int code, string output, string error) = OutsideProgram.Run(Protoc, ["-I" + Here, "--python_out=" + folder.Path, "reader.proto"]);
        Assert.True(code == 0, error);
        (code, output, error) = OutsideProgram.RunPython(Path.Combine(Here, "read_timeline.py"), folder.Path, trace);
        Assert.True(code == 0, error);
        return JsonNode.Parse(output)!.AsObject();
    }
}
