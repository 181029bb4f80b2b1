using System.Collections.Concurrent;
using Colocate.Model.Lake;

namespace Colocate.Ingest.Inputs;

/// <summary>A file that is hashed on a thread of its own while it is read, so that its bytes are fetched once. Holds two megabytes.</summary>
internal sealed class DigestingStream : ReadOnlyStream
{
    private const int PieceBytes = 256 * 1024, Pieces = 8;

    private readonly BlockingCollection<(byte[] Piece, int Count)> _full = [];
    private readonly BlockingCollection<byte[]> _free = [];
    private readonly Task<FileDigest> _digest;
    private byte[] _piece = new byte[PieceBytes];
    private int _filled;
    private bool _isDisposed;

    internal DigestingStream(Stream file)
        : base(file)
    {
        for (int i = 1; i < Pieces; i++)
            _free.Add(new byte[PieceBytes]);
        _digest = Task.Factory.StartNew(Hash, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    public override int Read(Span<byte> buffer)
    {
        int read = Source.Read(buffer);
        for (ReadOnlySpan<byte> left = buffer[..read]; !left.IsEmpty;)
        {
            int count = Math.Min(left.Length, PieceBytes - _filled);
            left[..count].CopyTo(_piece.AsSpan(_filled));
            left = left[count..];
            _filled += count;
            if (_filled == PieceBytes)
                HandOver();
        }

        return read;
    }

    /// <summary>Reads what is left and returns the digest of the whole file. I/O errors are thrown.</summary>
    internal FileDigest Complete()
    {
        byte[] rest = new byte[PieceBytes];
        while (Read(rest) > 0)
        {
        }

        _full.Add((_piece, _filled));
        _full.CompleteAdding();
        return _digest.GetAwaiter().GetResult();
    }

    protected override void Dispose(bool disposing)
    {
        // Whoever wraps a stream closes it, and so does whoever opened it.
        if (disposing && !_isDisposed)
        {
            _isDisposed = true;
            if (!_full.IsAddingCompleted)
                _full.CompleteAdding();
            ((IAsyncResult)_digest).AsyncWaitHandle.WaitOne();
            _full.Dispose();
            _free.Dispose();
        }

        base.Dispose(disposing);
    }

    private void HandOver()
    {
        _full.Add((_piece, _filled));
        (_piece, _filled) = (_free.Take(), 0);
    }

    private FileDigest Hash()
    {
        using var digest = new RunningDigest();
        foreach ((byte[] piece, int count) in _full.GetConsumingEnumerable())
        {
            digest.Append(piece.AsSpan(0, count));
            _free.Add(piece);
        }

        return digest.Finish();
    }
}
