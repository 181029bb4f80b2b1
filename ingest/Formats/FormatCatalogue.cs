using Colocate.Ingest.ApacheBench;
using Colocate.Ingest.GuestTrace;
using Colocate.Ingest.Httperf;
using Colocate.Ingest.Published;
using Colocate.Ingest.Wrk;
using Colocate.Ingest.Xenmon;
using Colocate.Ingest.Xentop;
using Colocate.Ingest.Xentrace;

namespace Colocate.Ingest.Formats;

/// <summary>Every input format. Adding one is a folder and a line here.</summary>
public static class FormatCatalogue
{
    /// <summary>How many decoded bytes a format sees to recognise content.</summary>
    public const int HeadBytes = 4096;

    /// <summary>The formats, in the order in which they are asked.</summary>
    public static IReadOnlyList<IInputFormat> All { get; } =
    [
        new XentraceFormat(),
        new NettraceFormat(),
        new XentopFormat(),
        new XenmonFormat(),
        new HttperfFormat(),
        new WrkFormat(),
        new AbFormat(),
        new AbDataFormat(),
        new PublishedTablesFormat(),
    ];

    /// <summary>The format with that id; null when there is none.</summary>
    public static IInputFormat? Find(string id) => All.FirstOrDefault(f => f.Id == id);

    /// <summary>The first format that recognises the content; null when none does.</summary>
    public static IInputFormat? Recognise(ReadOnlySpan<byte> head)
    {
        foreach (IInputFormat format in All)
        {
            if (head.Length > 0 && format.Recognises(head))
                return format;
        }

        return null;
    }
}
