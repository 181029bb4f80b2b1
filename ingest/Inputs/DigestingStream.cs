using Colocate.Model.Lake;

namespace Colocate.Ingest.Inputs;

/// <summary>
/// A file that is hashed on a thread of its own while it is read, so that its bytes are fetched once. It is fetched in large pieces, whatever
/// is asked for at a time: a piece is handed out first, from the cache of the processor that fetched it, and then hashed as it lies. Holds four megabytes at most.
/// </summary>
internal sealed class DigestingStream : ReadOnlyStream
{
    /// <summary>Bytes handed over to the hashing thread at a time: waking a thread costs as much as hashing a tenth of that.</summary>
    private const int PieceBytes = 1024 * 1024;

    private const int Pieces = 4;

    /// <summary>Bytes asked of the file at a time: many enough to make calls cheap, few enough to be still in the cache when they are handed out.</summary>
    private const int FetchBytes = 256 * 1024;

    private readonly Handover<(byte[] Piece, int Count)> _full = new(Pieces);
    private readonly Handover<byte[]> _free = new(Pieces);
    private readonly Task<FileDigest> _digest;
    private byte[] _piece = new byte[PieceBytes];
    private int _fetched;
    private int _handedOut;
    private int _pieces = 1;
    private bool _isDisposed;

    internal DigestingStream(Stream file)
        : base(file)
    {
        _digest = Task.Factory.StartNew(Hash, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    public override int Read(Span<byte> buffer)
    {
        if (_handedOut == _fetched && !Fetch())
            return 0;
        int count = Math.Min(buffer.Length, _fetched - _handedOut);
        _piece.AsSpan(_handedOut, count).CopyTo(buffer);
        _handedOut += count;
        return count;
    }

    /// <summary>Reads what is left and returns the digest of the whole file. I/O errors are thrown.</summary>
    internal FileDigest Complete()
    {
        do
        {
            _handedOut = _fetched;
        }
        while (Fetch());

        _full.TryAdd((_piece, _fetched));
        _full.Close();
        return _digest.GetAwaiter().GetResult();
    }

    protected override void Dispose(bool disposing)
    {
        // Whoever wraps a stream closes it, and so does whoever opened it.
        if (disposing && !_isDisposed)
        {
            _isDisposed = true;
            _full.Close();
            ((IAsyncResult)_digest).AsyncWaitHandle.WaitOne();
        }

        base.Dispose(disposing);
    }

    /// <summary>Gets more of the file, once all that was there is handed out; false at its end.</summary>
    private bool Fetch()
    {
        if (_fetched == PieceBytes)
        {
            _full.TryAdd((_piece, _fetched));
            if (_pieces < Pieces)
                (_piece, _pieces) = (new byte[PieceBytes], _pieces + 1);
            else if (!_free.TryTake(out _piece))
                _digest.GetAwaiter().GetResult();
            (_fetched, _handedOut) = (0, 0);
        }

        int got = Source.Read(_piece.AsSpan(_fetched, Math.Min(FetchBytes, PieceBytes - _fetched)));
        _fetched += got;
        return got > 0;
    }

    private FileDigest Hash()
    {
        try
        {
            using var digest = new RunningDigest();
            while (_full.TryTake(out (byte[] Piece, int Count) next))
            {
                digest.Append(next.Piece.AsSpan(0, next.Count));
                _free.TryAdd(next.Piece);
            }

            return digest.Finish();
        }
        finally
        {
            _full.Close();
            _free.Close();
        }
    }
}
