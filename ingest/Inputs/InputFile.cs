using Colocate.Ingest.Formats;
using Colocate.Model.Diagnostics;
using Colocate.Model.Lake;
using Colocate.Model.Lake.Files;
using Colocate.Model.Runs;

namespace Colocate.Ingest.Inputs;

/// <summary>One file of a run: where it lies, what it is used for, and its digest.</summary>
internal sealed class InputFile
{
    /// <summary>A smaller file is read and hashed in less time than a thread takes to start.</summary>
    private const long ThreadAboveBytes = 8 << 20;

    private readonly Stream? _piped;

    private bool _isDigestKnown;

    private InputFile(string path, string pathInLab, InputRole role, DomainSpec? domain, Stream? piped = null) =>
        (Path, PathInLab, Role, Domain, _piped) = (path, pathInLab, role, domain, piped);

    internal string Path { get; }

    /// <summary>Path relative to the lab folder, with <c>/</c>.</summary>
    internal string PathInLab { get; }

    /// <summary>True for what comes through a pipe: it is there, is read once, and its size is known afterwards.</summary>
    internal bool IsPiped => _piped is not null;

    /// <summary>True when there is something by that name inside the lab folder.</summary>
    internal bool Exists => IsPiped || File.Exists(Path);

    /// <summary>True when it is reached through a link that leads out of the lab folder. Labs come from others: a link must not make us read what they could not.</summary>
    internal bool LeavesLab { get; private init; }

    internal InputRole Role { get; }

    /// <summary>The guest it is about; null for files about the whole host.</summary>
    internal DomainSpec? Domain { get; }

    /// <summary>Null when the file is missing or cannot be read. Computed when first asked for, unless the file was read through <see cref="OpenOnce"/> before.</summary>
    internal InputDigest? Digest
    {
        get
        {
            if (!_isDigestKnown)
                (field, _isDigestKnown) = (ComputeDigest(), true);
            return field;
        }
        private set => (field, _isDigestKnown) = (value, true);
    }

    /// <summary>Size as it lies on disk; 0 when it is not there.</summary>
    internal long SizeOnDisk => RealFile.Length(Path);

    internal string RoleName => Role switch
    {
        InputRole.Trace => "trace",
        InputRole.Xentop => "xentop",
        InputRole.Xenmon => "xenmon",
        InputRole.Published => "published",
        InputRole.Client => "client:" + Domain!.Name,
        _ => "guest_trace:" + Domain!.Name,
    };

    /// <summary>Describes a file; it need not exist.</summary>
    internal static InputFile Find(string labFolder, string folderInLab, string file, InputRole role, DomainSpec? domain = null)
    {
        string pathInLab = folderInLab.Length == 0 ? file : folderInLab + "/" + file;
        string path = System.IO.Path.GetFullPath(System.IO.Path.Combine(labFolder, pathInLab));
        return new InputFile(path, System.IO.Path.GetRelativePath(labFolder, path).Replace('\\', '/'), role, domain) { LeavesLab = !Containment.IsInside(labFolder, path) };
    }

    /// <summary>Describes what comes through a pipe, from its first byte.</summary>
    internal static InputFile Piped(string name, Stream content, InputRole role, DomainSpec? domain) => new(name, name, role, domain, content);

    /// <summary>Opens the decoded content.</summary>
    internal DecodedStream Open(FindingLog findings, out Compression compression)
    {
        Stream file = OpenFile(out compression);
        return Decode(file, compression, findings, file.Length);
    }

    /// <summary>Opens the decoded content; a large file is hashed from the same reading. <see cref="TakeDigest"/> comes before it is closed.</summary>
    internal DecodedStream OpenOnce(FindingLog findings, out Compression compression)
    {
        if (_piped is not null)
            return OpenPipe(_piped, findings, out compression);
        Stream file = OpenFile(out compression);
        if (_isDigestKnown || file.Length <= ThreadAboveBytes)
            return Decode(file, compression, findings, file.Length);
        var digesting = new DigestingStream(file, file.Length);
        return Decode(digesting, compression, findings, file.Length, digesting);
    }

    private static DecodedStream OpenPipe(Stream piped, FindingLog findings, out Compression compression)
    {
        byte[] magic = new byte[4];
        int got = piped.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false);
        compression = Compressions.Of(magic.AsSpan(0, got));
        var digesting = new DigestingStream(new HeadStream(magic.AsMemory(0, got), piped), null);
        return Decode(digesting, compression, findings, null, digesting);
    }

    private static DecodedStream Decode(Stream file, Compression compression, FindingLog findings, long? bytes, DigestingStream? digesting = null)
    {
        Stream decoder = Compressions.Decode(file, compression);

        // Where nothing is decompressed and the digest is quick, whoever reads fetches and hashes: then the bytes are in the cache of the processor that looks at them next, which is
        // worth more than a thread's help.
        bool isQuick = compression == Compression.Plain && bytes > InputDigest.LargestSha256Bytes, isAhead = digesting is not null && !isQuick;
        return new(isAhead ? new AheadStream(decoder) : decoder, findings, digesting) { MostBytes = compression == Compression.Plain ? null : DecodedStream.MostFrom(bytes ?? 0) };
    }

    /// <summary>Takes the digest of what was read, and of what a decoder left over.</summary>
    internal void TakeDigest(DecodedStream content)
    {
        if (content.CompleteDigest() is { } digest)
            Digest = digest;
    }

    private Stream OpenFile(out Compression compression)
    {
        // A named pipe or a device has no length either: opening it could wait for ever.
        if (SizeOnDisk == 0)
        {
            compression = Compression.Plain;
            return Stream.Null;
        }

        var file = new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1, FileOptions.SequentialScan);
        byte[] magic = new byte[4];
        int got = file.ReadAtLeast(magic, 4, throwOnEndOfStream: false);
        file.Position = 0;
        compression = Compressions.Of(magic.AsSpan(0, got));
        return file;
    }

    private InputDigest? ComputeDigest()
    {
        try
        {
            return File.Exists(Path) && !LeavesLab ? InputDigest.Of(Path) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
