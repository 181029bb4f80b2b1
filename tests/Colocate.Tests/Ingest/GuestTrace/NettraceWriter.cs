namespace Colocate.Tests.Ingest.GuestTrace;

/// <summary>
/// Writes the smallest .nettrace of version 6 that holds the given request events: <c>NetTraceFormat.md</c> of microsoft/perfview.
/// </summary>
public static class NettraceWriter
{
    public const int Start = 3;
    public const int Stop = 4;
    public const int UnhandledException = 5;

    private const int TicksPerMs = 1000;
    private static readonly (byte Trace, byte Event, byte Metadata, byte Thread, byte LabelList) s_kind = (1, 2, 3, 6, 8);

    /// <summary>Events in order of time. Activity 0 is no activity; <c>LostBefore</c> are events of that thread that the collector dropped.</summary>
    public static byte[] Write(params (double Ms, int Id, int Thread, byte Activity, int LostBefore)[] events)
    {
        using var file = new MemoryStream();
        using var writer = new BinaryWriter(file);
        writer.Write("Nettrace"u8);
        foreach (int word in (int[])[0, 6, 0])
            writer.Write(word);
        Block(writer, s_kind.Trace, block =>
        {
            foreach (short part in (short[])[2026, 3, 1, 2, 8, 0, 0, 0])
                block.Write(part);
            block.Write(0L);
            block.Write(1000L * TicksPerMs);
            block.Write(8);
            block.Write(0);
        });
        Block(writer, s_kind.Metadata, block =>
        {
            block.Write((short)0);
            foreach ((int id, string name) in ((int, string)[])[(Start, "RequestStart"), (Stop, "RequestStop"), (UnhandledException, "UnhandledException")])
            {
                Row(block, row =>
                {
                    row.Write((byte)id);
                    row.Write("Microsoft.AspNetCore.Hosting");
                    row.Write((byte)id);
                    row.Write(name);
                    row.Write((short)0);
                    row.Write((short)0);
                });
            }
        });
        Block(writer, s_kind.Thread, block =>
        {
            foreach (int thread in events.Select(e => e.Thread).Distinct())
            {
                Row(block, row =>
                {
                    row.Write((byte)thread);
                    row.Write((byte)3);
                    row.Write((byte)thread);
                });
            }
        });
        Block(writer, s_kind.LabelList, block =>
        {
            block.Write(1);
            block.Write((int)byte.MaxValue);
            for (int activity = 1; activity <= byte.MaxValue; activity++)
            {
                block.Write((byte)0x81);
                block.Write(new Guid(activity, 0, 0, new byte[8]).ToByteArray());
            }
        });
        Block(writer, s_kind.Event, block => WriteEvents(block, events));
        writer.Write(0);
        return file.ToArray();
    }

    private static void WriteEvents(BinaryWriter block, (double Ms, int Id, int Thread, byte Activity, int LostBefore)[] events)
    {
        block.Write((short)20);
        block.Write((short)0);
        block.Write(0L);
        block.Write(long.MaxValue);
        var sequence = new Dictionary<int, int>();
        foreach ((double ms, int id, int thread, byte activity, int lostBefore) in events)
        {
            sequence[thread] = sequence.GetValueOrDefault(thread) + 1 + lostBefore;
            block.Write(0);
            block.Write(id);
            block.Write(sequence[thread]);
            block.Write((long)thread);
            block.Write((long)thread);
            block.Write(0);
            block.Write(0);
            block.Write((long)(ms * TicksPerMs));
            block.Write((int)activity);
            block.Write(0);
        }
    }

    private static void Block(BinaryWriter writer, byte kind, Action<BinaryWriter> write)
    {
        byte[] content = Content(write);
        writer.Write(content.Length | (kind << 24));
        writer.Write(content);
    }

    private static void Row(BinaryWriter writer, Action<BinaryWriter> write)
    {
        byte[] content = Content(write);
        writer.Write((short)content.Length);
        writer.Write(content);
    }

    private static byte[] Content(Action<BinaryWriter> write)
    {
        using var content = new MemoryStream();
        using (var writer = new BinaryWriter(content))
            write(writer);
        return content.ToArray();
    }
}
