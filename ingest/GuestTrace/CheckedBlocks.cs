using System.Buffers.Binary;
using Colocate.Ingest.Inputs;

namespace Colocate.Ingest.GuestTrace;

/// <summary>
/// Hands a .nettrace to TraceEvent one whole block at a time, after a look at what damage would make TraceEvent do: a wrong length may
/// make it ask for all memory there is. It honours cancellation and tells faults of the source from faults of the content.
/// </summary>
/// <remarks>
/// Framing: <c>NetTraceFormat.md</c> for version 6 and <c>NetTraceFormat_v5.md</c> for the versions before it, both in
/// <c>src/TraceEvent/EventPipe</c> of microsoft/perfview.
/// </remarks>
internal sealed class CheckedBlocks(Stream content, CancellationToken cancellation) : ReadOnlyStream(content)
{
    /// <summary>Largest block in bytes: what version 6 can express; the runtime writes far smaller ones in the versions before it.</summary>
    internal const int MaxBlockBytes = (1 << 24) - 1;

    /// <summary>Longest name of a block kind that a reader knows is Microsoft.DotNet.Runtime.EventPipeFile.</summary>
    private const int MaxNameBytes = 64;

    /// <summary>A Trace object of version 4 has no length of its own.</summary>
    private const int TraceObjectBytes = 48;

    /// <summary>The tag of FastSerialization that ends the stream where an object would begin.</summary>
    private const byte NullReference = 1;

    private byte[] _chunk = new byte[4096];
    private int _length;
    private int _served;
    private bool _begun;
    private bool _ended;
    private bool _isVersion6;

    /// <summary>Bytes read so far.</summary>
    internal long Taken { get; private set; }

    /// <summary>Bytes of the file up to the end of the last whole block; none of them was found damaged.</summary>
    internal long Whole { get; private set; }

    /// <summary>What the source itself threw; null when it threw nothing.</summary>
    internal Exception? Fault { get; private set; }

    /// <summary>Never returns bytes of two blocks at once: TraceEvent reads ahead, and must not meet the next block's fault in this one.</summary>
    /// <exception cref="InvalidDataException">The block cannot be as it says.</exception>
    /// <exception cref="EndOfStreamException">The file ends within the block.</exception>
    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        if (_served == _length && !_ended)
            FetchBlock();
        int read = Math.Min(buffer.Length, _length - _served);
        _chunk.AsSpan(_served, read).CopyTo(buffer);
        _served += read;
        return read;
    }

    private void FetchBlock()
    {
        cancellation.ThrowIfCancellationRequested();
        _length = _served = 0;
        if (!_begun)
            FetchHeader();
        else if (_isVersion6)
            FetchBlockOfVersion6();
        else
            FetchObject();
        Whole = Taken;
    }

    private void FetchHeader()
    {
        if (!Take(8).SequenceEqual("Nettrace"u8))
            throw new InvalidDataException("no Nettrace at the beginning");
        _isVersion6 = TakeInt32() == 0;
        Take(_isVersion6 ? 8 : "!FastSerialization.1"u8.Length);
        _begun = true;
    }

    private void FetchBlockOfVersion6()
    {
        int header = TakeInt32();
        Take(header & MaxBlockBytes);
        _ended = header >>> 24 == 0;
    }

    private void FetchObject()
    {
        _ended = Take(1)[0] == NullReference;
        if (_ended)
            return;

        // Two more tags, version and least reader version come before the name; a tag after it.
        Take(2 + 4 + 4);
        ReadOnlySpan<byte> name = Take(Bounded(TakeInt32(), MaxNameBytes));
        bool isTrace = name.SequenceEqual("Trace"u8);
        bool isMetadata = name.SequenceEqual("MetadataBlock"u8);
        Take(1);
        int size = isTrace ? TraceObjectBytes : Bounded(TakeInt32(), MaxBlockBytes);
        if (!isTrace)
            Take((int)(-Taken & 3));
        ReadOnlySpan<byte> block = Take(size);
        if (isMetadata)
            MetadataCheck.Check(block);
        Take(1);
    }

    private static int Bounded(int length, int max) =>
        length >= 0 && length <= max ? length : throw new InvalidDataException(FormattableString.Invariant($"a length of {length} bytes"));

    private int TakeInt32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    /// <summary>Reads bytes on to the end of the block; the result lives until the next call.</summary>
    private ReadOnlySpan<byte> Take(int count)
    {
        if (_length + count > _chunk.Length)
            Array.Resize(ref _chunk, Math.Max(_length + count, 2 * _chunk.Length));
        int read;
        try
        {
            read = Source.ReadAtLeast(_chunk.AsSpan(_length, count), count, throwOnEndOfStream: false);
        }
        catch (Exception e)
        {
            Fault = e;
            throw;
        }

        Taken += read;
        if (read < count)
            throw new EndOfStreamException();
        _length += count;
        return _chunk.AsSpan(_length - count, count);
    }
}
