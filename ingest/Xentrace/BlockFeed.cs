using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using Colocate.Ingest.Formats;
using Colocate.Model.Diagnostics;

namespace Colocate.Ingest.Xentrace;

/// <summary>
/// Hands out the blocks of a trace in the order of the file. One thread takes them, and fetches the next one itself when none is ready; another one that has nothing else to do
/// may fetch ahead. So reading, hashing and decompressing are done by whichever of the two has time, and each byte is brought once to where it is counted.
/// </summary>
/// <param name="content">The decoded trace. Nobody else may read it.</param>
/// <param name="findings">Hears of damage between windows, and of windows that are cut.</param>
internal sealed class BlockFeed(Stream content, FindingLog findings)
{
    /// <summary>Content that may be ready, and blocks of it: more than is counted while the other thread is busy, and no more than a processor's caches hold.</summary>
    private const int MostReadyBytes = 4 << 20, MostReady = 64;

    private readonly Lock _fetching = new();
    private readonly ByteAccount _gaps = new();
    private readonly ConcurrentQueue<RecordBlock> _ready = new(), _free = new();
    private WindowReader? _windows;
    private ExceptionDispatchInfo? _error;
    private bool _isInWindow;
    private volatile bool _hasEnded;
    private int _readyBytes;

    /// <summary>Bytes handed out so far, with all between them.</summary>
    internal long Offset { get; private set; }

    /// <summary>Those of them that lie between windows or are no whole word; once nothing more came.</summary>
    internal long SkippedBytes => _gaps.Skipped;

    /// <summary>True when the trace ends within a window; once nothing more came.</summary>
    internal bool IsCut => _windows?.IsCut ?? false;

    /// <summary>The next block; null at the end of the trace. An error of the stream is thrown where its bytes would have come.</summary>
    internal RecordBlock? Next()
    {
        if (!_ready.TryDequeue(out RecordBlock? block))
        {
            lock (_fetching)
            {
                if (!_ready.TryDequeue(out block) && (block = Fetch()) is null)
                {
                    _error?.Throw();
                    Offset = _windows!.Offset;
                    return null;
                }
            }
        }

        Interlocked.Add(ref _readyBytes, -block.Bytes);
        Offset = block.FileOffset + block.Bytes;
        return block;
    }

    /// <summary>Takes back a block that nobody reads any more.</summary>
    internal void Release(RecordBlock block) => _free.Enqueue(block);

    /// <summary>Fetches one block ahead; false when enough are ready, or nothing is left. For any thread, while another one takes blocks.</summary>
    internal bool FetchAhead()
    {
        if (_hasEnded || _ready.Count >= MostReady || Volatile.Read(ref _readyBytes) >= MostReadyBytes)
            return false;
        lock (_fetching)
        {
            if (Fetch() is not { } block)
                return false;
            _ready.Enqueue(block);
            return true;
        }
    }

    private RecordBlock? Fetch()
    {
        if (_hasEnded)
            return null;
        try
        {
            _windows ??= new WindowReader(content, new TraceFaults(findings, _gaps));
            if (_isInWindow || _windows.NextWindow())
            {
                RecordBlock block = _free.TryDequeue(out RecordBlock? used) ? used : new RecordBlock();
                _windows.ReadBlock(block);
                _isInWindow = !block.EndsWindow;
                Interlocked.Add(ref _readyBytes, block.Bytes);
                return block;
            }
        }
        catch (Exception e)
        {
            // Blocks that came before the error are counted first; whoever asks for the one after them hears of it.
            _error = ExceptionDispatchInfo.Capture(e);
        }

        _hasEnded = true;
        return null;
    }
}
