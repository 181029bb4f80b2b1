using System.Diagnostics;

namespace Colocate.Tests;

/// <summary>Programs that tests hold ours against.</summary>
internal static class OutsideProgram
{
    /// <summary>Debian's Python with its packages, whatever other Python comes first on the path.</summary>
    private const string Python = "/usr/bin/python3";

    /// <summary>True when Debian's Python has a module.</summary>
    internal static bool HasPythonModule(string module) => File.Exists(Python) && RunPython("-c", "import " + module).Code == 0;

    internal static (int Code, string Out, string Error) RunPython(params string[] args) => Run(Python, args);

    internal static (int Code, string Out, string Error) Run(string program, string[] args)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        foreach (string arg in args)
            start.ArgumentList.Add(arg);
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }
}
