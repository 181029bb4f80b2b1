using System.Text;
using Colocate.Ingest.Formats;
using Colocate.Model.Diagnostics;

namespace Colocate.Ingest.Text;

/// <summary>Splits a text log into lines in bounded memory, whatever the content.</summary>
public static class LineReader
{
    /// <summary>Longest line in bytes, its end included. No known log comes near; a longer one is no text.</summary>
    public const int MaxLineBytes = 64 * 1024;

    /// <summary>The lines of <paramref name="content"/> in order, as they are asked for.</summary>
    /// <remarks>
    /// A line longer than <see cref="MaxLineBytes"/> is left out: its bytes are counted as skipped and FL-LONGLINE is found. Bytes of the
    /// lines that are returned are for the caller to account for.
    /// </remarks>
    /// <param name="content">Text; may return fewer bytes than asked for.</param>
    /// <param name="context">Receives bytes skipped and findings.</param>
    /// <param name="cancellation">Ends the enumeration with an <see cref="OperationCanceledException"/>.</param>
    public static IEnumerable<TextLine> Read(Stream content, InputContext context, CancellationToken cancellation)
    {
        byte[] buffer = new byte[MaxLineBytes];
        int held = 0;
        long number = 1;
        long overlong = 0;
        int read;
        do
        {
            cancellation.ThrowIfCancellationRequested();
            read = content.Read(buffer, held, buffer.Length - held);
            int end = held + read;
            int start = 0;
            for (int newline; (newline = buffer.AsSpan(Math.Max(start, held)..end).IndexOf((byte)'\n')) >= 0; number++)
            {
                int next = Math.Max(start, held) + newline + 1;
                if (overlong > 0)
                    Skip(context, overlong + next - start, number);
                else
                    yield return Decode(buffer.AsSpan(start..next), number, context);
                overlong = 0;
                start = next;
            }

            held = end - start;
            if (start > 0)
                buffer.AsSpan(start, held).CopyTo(buffer);
            if (held == buffer.Length)
            {
                overlong += held;
                held = 0;
            }
        }
        while (read > 0);

        if (overlong > 0)
            Skip(context, overlong + held, number);
        else if (held > 0)
            yield return Decode(buffer.AsSpan(0, held), number, context);
    }

    /// <summary>The lines of a file's first bytes, for recognising; the last one may be cut.</summary>
    public static IEnumerable<string> Split(ReadOnlySpan<byte> head) =>
        Encoding.UTF8.GetString(head).Split('\n').Select(l => l.TrimEnd('\r').TrimStart('\uFEFF'));

    private static void Skip(InputContext context, long bytes, long number)
    {
        context.Bytes.Skipped += bytes;
        context.Findings.Add(DiagnosticCatalogue.FileLongLine, number, detail: $"{bytes} bytes");
    }

    private static TextLine Decode(ReadOnlySpan<byte> line, long number, InputContext context)
    {
        bool isTerminated = line[^1] == '\n';
        ReadOnlySpan<byte> content = isTerminated ? line[..^1] : line;
        if (content is [.., (byte)'\r'])
            content = content[..^1];
        if (number == 1 && content.StartsWith("\uFEFF"u8))
            content = content[3..];
        string text = Encoding.UTF8.GetString(content);
        if (text.Contains('\uFFFD'))
            context.Findings.Add(DiagnosticCatalogue.FileNotUtf8, number);
        return new TextLine(text, number, line.Length, isTerminated);
    }
}
