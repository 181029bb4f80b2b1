using System.Text;

namespace Colocate.Cli;

/// <summary>The two streams of a command: stdout is data, stderr is talk.</summary>
public sealed class Terminal
{
    /// <summary>Thousands of lines are written in few calls.</summary>
    private const int BufferChars = 1 << 15;

    /// <summary>Where data goes.</summary>
    public required TextWriter Out { get; init; }

    /// <summary>Where talk goes: progress, warnings, summaries, errors.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>What a person types, or another program sends; empty when nobody does.</summary>
    public Stream In { get; init; } = Stream.Null;

    /// <summary>The same by lines of UTF-8. Only one of the two is read.</summary>
    public TextReader InLines => field ??= new StreamReader(In, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);

    /// <summary>True when a person can be asked.</summary>
    public bool IsInInteractive { get; init; }

    /// <summary>True when a person reads the data on a terminal.</summary>
    public bool IsOutInteractive { get; init; }

    /// <summary>True when a person reads the talk on a terminal.</summary>
    public bool IsErrorInteractive { get; init; }

    /// <summary>Columns of the terminal that data goes to; wide enough for any table when it is none.</summary>
    public int Width { get; init; } = 1000;

    /// <summary>True when talk may use colour: on a terminal, unless NO_COLOR is set or the terminal is dumb.</summary>
    public bool UsesColour { get; init; }

    /// <summary>The console of this process. Text is UTF-8 without a byte-order mark, lines end in LF, on every system.</summary>
    public static Terminal OfProcess()
    {
        bool dumb = Environment.GetEnvironmentVariable("TERM") == "dumb" || !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        return new Terminal
        {
            Out = Writer(Console.OpenStandardOutput(), autoFlush: false),
            Error = Writer(Console.OpenStandardError(), autoFlush: true),
            In = Console.OpenStandardInput(),
            IsInInteractive = !Console.IsInputRedirected,
            IsOutInteractive = !Console.IsOutputRedirected,
            IsErrorInteractive = !Console.IsErrorRedirected,
            Width = Columns() ?? (Console.IsOutputRedirected ? 1000 : Math.Max(40, Console.WindowWidth)),
            UsesColour = !Console.IsErrorRedirected && !dumb,
        };
    }

    /// <summary>What COLUMNS asks for, as for other programs; null when it is not set to a number.</summary>
    private static int? Columns() => int.TryParse(Environment.GetEnvironmentVariable("COLUMNS"), out int columns) && columns > 0 ? Math.Max(40, columns) : null;

    private static StreamWriter Writer(Stream stream, bool autoFlush) =>
        new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), BufferChars) { AutoFlush = autoFlush, NewLine = "\n" };
}
