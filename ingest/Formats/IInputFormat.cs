using Colocate.Model.Tables;

namespace Colocate.Ingest.Formats;

/// <summary>
/// One input format: how it is recognised and how it becomes rows. Adding a format is one folder with an implementation and one line in
/// <see cref="FormatCatalogue"/>; contract tests then run over it by themselves.
/// </summary>
/// <remarks>Implementations have no state and may be used by several threads at once.</remarks>
public interface IInputFormat
{
    /// <summary>Short name for <c>--input-format</c> and the table <c>input_files</c>.</summary>
    string Id { get; }

    /// <summary>What it is, as one sentence for people.</summary>
    string Title { get; }

    /// <summary>Where the format is defined.</summary>
    string Definition { get; }

    /// <summary>Version of the reader's meaning: raised whenever the same bytes yield other rows, so that runs are ingested anew.</summary>
    int Version { get; }

    /// <summary>What of the format no file from a real tool has exercised here: it is read as the tool's source says, and tested on made files. Empty when nothing is.</summary>
    IReadOnlyList<string> SyntheticOnly => [];

    /// <summary>What files of this format are used for.</summary>
    InputRole Role { get; }

    /// <summary>Diagnostics prefix, for instance <c>XT</c>.</summary>
    string DiagnosticPrefix { get; }

    /// <summary>Tables that reading fills.</summary>
    IReadOnlyList<Table> Fills { get; }

    /// <summary>True when the first bytes of the decoded content look like this format.</summary>
    /// <param name="head">Up to <see cref="FormatCatalogue.HeadBytes"/> bytes; all there is when the content is shorter. Never empty.</param>
    bool Recognises(ReadOnlySpan<byte> head);

    /// <summary>
    /// Reads decoded content to its end and adds rows. Bad data never throws: it is counted in <see cref="InputContext.Findings"/> and
    /// every byte read is accounted for in <see cref="InputContext.Bytes"/>.
    /// </summary>
    /// <param name="content">Decoded content from its first byte; not seekable; may return fewer bytes than asked for.</param>
    /// <param name="context">Run, domain, settings, and where findings go.</param>
    /// <param name="rows">Receives the rows.</param>
    /// <param name="cancellation">Stops reading; the rows are then worthless.</param>
    void Read(Stream content, InputContext context, RowSink rows, CancellationToken cancellation);
}
