namespace Colocate.Model.Errors;

/// <summary>
/// A request that cannot be served as asked. It ends the command with one line on standard error and
/// <see cref="ExitCode"/>; bad <em>data</em> never travels this road, it becomes a diagnostic.
/// </summary>
public sealed class RequestException : Exception
{
    /// <summary>Creates the failure.</summary>
    /// <param name="exitCode">The code the command ends with.</param>
    /// <param name="message">What is wrong, where, and why.</param>
    /// <param name="remedy">What to do about it.</param>
    public RequestException(ExitCode exitCode, string message, string remedy)
        : base(message)
    {
        ExitCode = exitCode;
        Remedy = remedy;
    }

    /// <summary>The code the command ends with.</summary>
    public ExitCode ExitCode { get; }

    /// <summary>What the user can do about it.</summary>
    public string Remedy { get; }
}
