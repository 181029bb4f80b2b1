using System.CommandLine;

namespace Colocate.Cli.Completions;

/// <summary>A shell that can be taught to complete commands, options and the values that are listed for them.</summary>
internal interface ICompletionShell
{
    /// <summary>Its name, as users type it.</summary>
    string Name { get; }

    /// <summary>How its users load a script, as one line of that shell.</summary>
    string Load { get; }

    /// <summary>Writes the script.</summary>
    void Write(IReadOnlyList<Command> commands, TextWriter script);
}
