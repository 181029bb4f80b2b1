using System.Text;
using Colocate.Ingest.Formats;
using Colocate.Ingest.Text;
using Colocate.Model.Diagnostics;
using CsCheck;

namespace Colocate.Tests.Ingest.Text;

public sealed class LineReaderTests
{
    [Fact]
    public void Lines_are_those_between_line_feeds_and_their_sizes_add_up() =>
        Gen.Select(Gen.Char["aé \n"].Array[0, 60], Gen.Int[1, 9]).Sample((letters, chunk) =>
        {
            string text = new(letters);
            byte[] bytes = Encoding.UTF8.GetBytes(text);
            (InputContext context, TextLine[] lines) = Read(bytes, chunk);
            string[] expected = text.Split('\n');
            Assert.Equal(expected[^1].Length == 0 ? expected[..^1] : expected, lines.Select(l => l.Text));
            Assert.Equal(Enumerable.Range(1, lines.Length), lines.Select(l => (int)l.Number));
            Assert.Equal(bytes.Length, lines.Sum(l => l.Bytes));
            Assert.All(lines.SkipLast(1), l => Assert.True(l.IsTerminated));
            Assert.Empty(context.Findings.ToList());
        });

    [Theory]
    [InlineData(LineReader.MaxLineBytes - 1, 2, 0)]
    [InlineData(LineReader.MaxLineBytes, 1, LineReader.MaxLineBytes + 1)]
    [InlineData((3 * LineReader.MaxLineBytes) + 5, 1, (3 * LineReader.MaxLineBytes) + 6)]
    public void A_line_beyond_the_limit_is_skipped_whole(int letters, int linesLeft, int skipped)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(new string('x', letters) + "\nnext\n");
        (InputContext context, TextLine[] lines) = Read(bytes, 1 << 20);
        Assert.Equal(linesLeft, lines.Length);
        Assert.Equal((2, "next"), (lines[^1].Number, lines[^1].Text));
        Assert.Equal(skipped, context.Bytes.Skipped);
        Assert.Equal(bytes.Length, context.Bytes.Skipped + lines.Sum(l => l.Bytes));
        Assert.Equal(skipped > 0 ? ["FL-LONGLINE"] : [], context.Findings.ToList().Select(f => f.Kind.Code));
    }

    [Fact]
    public void A_long_last_line_without_end_is_skipped_whole()
    {
        (InputContext context, TextLine[] lines) = Read(new byte[LineReader.MaxLineBytes + 10], 1000);
        Assert.Empty(lines);
        Assert.Equal(LineReader.MaxLineBytes + 10, context.Bytes.Skipped);
    }

    [Fact]
    public void Line_ends_and_byte_order_mark_are_no_text()
    {
        (_, TextLine[] lines) = Read([.. "\uFEFFa\r\n\r\nb"u8], 3);
        Assert.Equal(["a", "", "b"], lines.Select(l => l.Text));
        Assert.Equal([6, 2, 1], lines.Select(l => l.Bytes));
    }

    [Fact]
    public void Halves_of_characters_are_shown_and_told()
    {
        (InputContext context, TextLine[] lines) = Read([(byte)'a', 0xC3, (byte)'\n', (byte)'b', (byte)'\n'], 100);
        Assert.Equal(["a\uFFFD", "b"], lines.Select(l => l.Text));
        Assert.Equal([("FL-UTF8", 1L, 1L)], context.Findings.ToList().Select(f => (f.Kind.Code, f.Count, f.FirstOffset!.Value)));
    }

    private static (InputContext Context, TextLine[] Lines) Read(byte[] bytes, int chunk)
    {
        var context = new InputContext { Run = Reading.Run(), Settings = new IngestSettings(), Findings = new FindingLog("input") };
        return (context, [.. LineReader.Read(new DrippingStream(bytes, chunk), context, TestContext.Current.CancellationToken)]);
    }
}
