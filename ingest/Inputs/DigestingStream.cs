using Colocate.Model.Lake;

namespace Colocate.Ingest.Inputs;

/// <summary>
/// A file that a thread of its own fetches ahead and hashes, so that its bytes are fetched once and whoever reads spends no time on either. Holds four megabytes at most.
/// An I/O error of the file is thrown where its bytes would have been read.
/// </summary>
internal sealed class DigestingStream : ReadOnlyStream
{
    /// <summary>Bytes handed over at a time: waking a thread costs as much as hashing a tenth of that.</summary>
    private const int PieceBytes = 1024 * 1024;

    private const int Pieces = 4;

    /// <summary>Bytes asked of the file at a time: many enough to make calls cheap, few enough to be still in the processor's cache when they are hashed.</summary>
    private const int FetchBytes = 256 * 1024;

    private readonly Handover<(byte[] Piece, int Count)> _full = new(Pieces);
    private readonly Handover<byte[]> _free = new(Pieces);
    private readonly Task<FileDigest> _digest;
    private byte[]? _piece;
    private int _count;
    private int _handedOut;
    private bool _isDisposed;

    internal DigestingStream(Stream file)
        : base(file)
    {
        _digest = Task.Factory.StartNew(FetchAndHash, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    public override int Read(Span<byte> buffer)
    {
        if (_handedOut == _count && !Next())
            return 0;
        int count = Math.Min(buffer.Length, _count - _handedOut);
        _piece.AsSpan(_handedOut, count).CopyTo(buffer);
        _handedOut += count;
        return count;
    }

    /// <summary>Reads what is left and returns the digest of the whole file. I/O errors are thrown.</summary>
    internal FileDigest Complete()
    {
        while (Next())
        {
        }

        return _digest.GetAwaiter().GetResult();
    }

    protected override void Dispose(bool disposing)
    {
        // Whoever wraps a stream closes it, and so does whoever opened it.
        if (disposing && !_isDisposed)
        {
            _isDisposed = true;
            _full.Close();
            _free.Close();
            ((IAsyncResult)_digest).AsyncWaitHandle.WaitOne();
        }

        base.Dispose(disposing);
    }

    /// <summary>Goes on to the next piece, once all of this one is handed out or none of it is wanted; false at the end of the file.</summary>
    private bool Next()
    {
        if (_piece is not null)
            _free.TryAdd(_piece);
        _piece = null;
        (_count, _handedOut) = (0, 0);
        if (!_full.TryTake(out (byte[] Piece, int Count) next))
        {
            // Nothing comes any more: that is the end of the file, or the error that ended the thread.
            _digest.GetAwaiter().GetResult();
            return false;
        }

        (_piece, _count) = next;
        return true;
    }

    private FileDigest FetchAndHash()
    {
        try
        {
            using var digest = new RunningDigest();
            for (int pieces = 0; TakePiece(pieces) is { } piece && FetchAndHash(piece, digest); pieces++)
            {
            }

            return digest.Finish();
        }
        finally
        {
            _full.Close();
        }
    }

    /// <summary>A piece to fill: a new one, or one that was read; null when nobody reads any more.</summary>
    private byte[]? TakePiece(int pieces) => pieces < Pieces ? new byte[PieceBytes] : _free.TryTake(out byte[] piece) ? piece : null;

    /// <summary>Fills a piece and hands it over, what was fetched before an error too; false when nothing was left to fetch, or nobody reads any more.</summary>
    private bool FetchAndHash(byte[] piece, RunningDigest digest)
    {
        int count = 0, got;
        bool isTaken = false;
        try
        {
            while (count < piece.Length && (got = Source.Read(piece.AsSpan(count, Math.Min(FetchBytes, piece.Length - count)))) > 0)
            {
                digest.Append(piece.AsSpan(count, got));
                count += got;
            }
        }
        finally
        {
            isTaken = count > 0 && _full.TryAdd((piece, count));
        }

        return isTaken;
    }
}
