using System.Diagnostics;

namespace Colocate.Tests.Cli;

public sealed class LauncherTests
{
    [Fact]
    public void The_launcher_finds_its_sources_through_absolute_and_relative_links()
    {
        using var folder = new TemporaryFolder();
        // A program that echoes stands in for dotnet, so that nothing is built or run.
        string program = Path.Combine(folder.Path, "clone/artifacts/bin/Colocate.Cli/release/colocate.dll");
        foreach (string made in (string[])["clone/cli", "clone/predict", "clone/simulate", "clone/ingest", "clone/model", "bin", "links"])
            Directory.CreateDirectory(folder.File(made));
        File.Copy(Path.Combine(Repository.Root, "cli", "colocate"), folder.File("clone/cli/colocate"));
        File.WriteAllText(folder.File("clone/global.json"), "{}");
        File.WriteAllText(folder.File("clone/Directory.Build.props"), "<Project />");
        Directory.CreateDirectory(Path.GetDirectoryName(program)!);
        File.WriteAllText(program, "");
        // Copied first, because a copy of the launcher may be executed and a new file may not.
        File.Copy(folder.File("clone/cli/colocate"), folder.File("bin/dotnet"));
        File.WriteAllText(folder.File("bin/dotnet"), "#!/bin/sh\necho \"$@\"\n");
        File.CreateSymbolicLink(folder.File("links/direct"), "../clone/cli/colocate");
        File.CreateSymbolicLink(folder.File("again"), folder.File("links/direct"));

        foreach (string called in (string[])["clone/cli/colocate", "links/direct", "again"])
        {
            var start = new ProcessStartInfo("sh", [folder.File(called), "runs"]) { RedirectStandardOutput = true };
            start.Environment["PATH"] = folder.File("bin") + ":" + start.Environment["PATH"];
            using var process = Process.Start(start)!;
            string said = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            Assert.Equal((0, $"{program} runs\n"), (process.ExitCode, said));
        }
    }
}
