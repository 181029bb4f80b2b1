using Colocate.Ingest.Formats;
using Colocate.Model.Diagnostics;
using Colocate.Model.Lake;
using Colocate.Model.Runs;

namespace Colocate.Ingest.Inputs;

/// <summary>One file of a run: where it lies, what it is used for, and its digest.</summary>
internal sealed class InputFile
{
    private InputFile(string path, string pathInLab, InputRole role, DomainSpec? domain, FileDigest? digest) =>
        (Path, PathInLab, Role, Domain, Digest) = (path, pathInLab, role, domain, digest);

    internal string Path { get; }

    /// <summary>Path relative to the lab folder, with <c>/</c>.</summary>
    internal string PathInLab { get; }

    internal InputRole Role { get; }

    /// <summary>The guest it is about; null for files about the whole host.</summary>
    internal DomainSpec? Domain { get; }

    /// <summary>Null when the file is missing or cannot be read.</summary>
    internal FileDigest? Digest { get; }

    internal string RoleName => Role switch
    {
        InputRole.Trace => "trace",
        InputRole.Xentop => "xentop",
        InputRole.Published => "published",
        InputRole.Client => "client:" + Domain!.Name,
        _ => "guest_trace:" + Domain!.Name,
    };

    /// <summary>Describes a file. The digest is read now: it decides whether there is anything to do.</summary>
    internal static InputFile Find(string labFolder, string folderInLab, string file, InputRole role, DomainSpec? domain = null)
    {
        string pathInLab = folderInLab.Length == 0 ? file : folderInLab + "/" + file;
        string path = System.IO.Path.GetFullPath(System.IO.Path.Combine(labFolder, pathInLab));
        pathInLab = System.IO.Path.GetRelativePath(labFolder, path).Replace('\\', '/');
        try
        {
            return new InputFile(path, pathInLab, role, domain, File.Exists(path) ? FileDigest.Of(path) : null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new InputFile(path, pathInLab, role, domain, null);
        }
    }

    /// <summary>Opens the decoded content.</summary>
    internal DecodedStream Open(FindingLog findings, out Compression compression)
    {
        var file = new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16, FileOptions.SequentialScan);
        byte[] magic = new byte[4];
        int got = file.ReadAtLeast(magic, 4, throwOnEndOfStream: false);
        file.Position = 0;
        compression = Compressions.Of(magic.AsSpan(0, got));
        return new DecodedStream(Compressions.Decode(file, compression), findings);
    }
}
