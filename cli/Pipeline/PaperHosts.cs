using Colocate.Simulate.Claims;

namespace Colocate.Cli.Pipeline;

/// <summary>Where the evidence for the paper's claims comes from.</summary>
internal static class PaperHosts
{
    /// <summary>The paper's host that a file describes; null when it describes the host of a lab, on which the paper's rates mean nothing.</summary>
    /// <exception cref="Model.Errors.RequestException">Wrong use: there is no such file, or it describes no host.</exception>
    internal static IPaperHost? Read(string path)
    {
        // A file of parameters that can be read is a lab's: the calibration fits nothing else.
        ParameterFiles.Read(path);
        return null;
    }
}
