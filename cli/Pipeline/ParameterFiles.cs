using Colocate.Model.Errors;
using Colocate.Simulate.Parameters;

namespace Colocate.Cli.Pipeline;

/// <summary>Calibrated hosts on disk: written whole or not at all.</summary>
internal static class ParameterFiles
{
    internal static void Write(CalibratedHost host, string path) => WholeFile.Write(path, stream => ParameterFile.Write(stream, host));

    internal static CalibratedHost Read(string path)
    {
        if (!File.Exists(path))
            throw new RequestException(ExitCode.WrongUse, $"There are no parameters at '{path}'", "make them with `colocate calibrate`");
        using FileStream file = File.OpenRead(path);
        return ParameterFile.Read(file, path);
    }
}
