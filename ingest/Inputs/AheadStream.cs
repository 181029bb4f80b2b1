namespace Colocate.Ingest.Inputs;

/// <summary>
/// A stream that a thread of its own reads ahead: fetching, hashing and decompressing go on while whoever reads works. Holds four megabytes at most. An error of the other
/// stream is thrown where its bytes would have been read.
/// </summary>
internal sealed class AheadStream : ReadOnlyStream
{
    /// <summary>Bytes handed over at a time: waking a thread costs as much as hashing a tenth of that.</summary>
    private const int PieceBytes = 1024 * 1024;

    private const int Pieces = 4;

    /// <summary>Bytes asked for at a time: many enough to make calls cheap, few enough to be still in the processor's cache when they are hashed.</summary>
    private const int FetchBytes = 256 * 1024;

    private readonly Handover<(byte[] Piece, int Count)> _full = new(Pieces);
    private readonly Handover<byte[]> _free = new(Pieces);
    private readonly Task _reading;
    private byte[]? _piece;
    private int _count;
    private int _handedOut;

    internal AheadStream(Stream source)
        : base(source)
    {
        _reading = Task.Factory.StartNew(ReadAhead, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
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

    /// <summary>Reads ahead no more; from then on the other stream is the caller's, somewhere behind what was handed out.</summary>
    internal void Stop()
    {
        _full.Close();
        _free.Close();
        ((IAsyncResult)_reading).AsyncWaitHandle.WaitOne();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            Stop();
        base.Dispose(disposing);
    }

    /// <summary>Goes on to the next piece, once all of this one is handed out; false at the end.</summary>
    private bool Next()
    {
        if (_piece is not null)
            _free.TryAdd(_piece);
        _piece = null;
        (_count, _handedOut) = (0, 0);
        if (!_full.TryTake(out (byte[] Piece, int Count) next))
        {
            // Nothing comes any more: that is the end, or the error that ended the thread.
            _reading.GetAwaiter().GetResult();
            return false;
        }

        (_piece, _count) = next;
        return true;
    }

    private void ReadAhead()
    {
        try
        {
            for (int pieces = 0; TakePiece(pieces) is { } piece && Fill(piece); pieces++)
            {
            }
        }
        finally
        {
            _full.Close();
        }
    }

    /// <summary>A piece to fill: a new one, or one that was read; null when nobody reads any more.</summary>
    private byte[]? TakePiece(int pieces) => pieces < Pieces ? new byte[PieceBytes] : _free.TryTake(out byte[] piece) ? piece : null;

    /// <summary>Fills a piece and hands it over, what came before an error too; false when nothing was left, or nobody reads any more.</summary>
    private bool Fill(byte[] piece)
    {
        int count = 0, got;
        bool isTaken = false;
        try
        {
            while (count < piece.Length && (got = Source.Read(piece.AsSpan(count, Math.Min(FetchBytes, piece.Length - count)))) > 0)
                count += got;
        }
        finally
        {
            isTaken = count > 0 && _full.TryAdd((piece, count));
        }

        return isTaken;
    }
}
