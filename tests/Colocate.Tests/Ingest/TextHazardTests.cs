using System.Text;
using Colocate.Ingest.Formats;
using Colocate.Ingest.Text;

namespace Colocate.Tests.Ingest;

/// <summary>What happens to text logs on their way, on every good file of every text format: none of it may change a row.</summary>
public sealed class TextHazardTests
{
    public static TheoryData<string> TextFiles => [.. CorpusFile.All.Where(f => f.IsGood && !f.Bytes().Contains((byte)0)).Select(f => f.Name)];

    public static TheoryData<string> Formats => [.. FormatCatalogue.All.Select(f => f.Id)];

    [Theory]
    [MemberData(nameof(TextFiles))]
    public void Line_ends_of_another_system(string name) =>
        AssertSameRows(name, text => Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(text).Replace("\n", "\r\n", StringComparison.Ordinal)), isClean: true);

    [Theory]
    [MemberData(nameof(TextFiles))]
    public void A_byte_order_mark(string name) => AssertSameRows(name, text => [.. "\uFEFF"u8, .. text], isClean: true);

    [Theory]
    [MemberData(nameof(TextFiles))]
    public void A_line_longer_than_any_log_has(string name) =>
        AssertSameRows(name, text => [.. text, (byte)'\n', .. Enumerable.Repeat((byte)'x', (3 * LineReader.MaxLineBytes) + 7), (byte)'\n'], isClean: false);

    [Theory]
    [MemberData(nameof(TextFiles))]
    public void Bytes_that_are_no_text(string name) => AssertSameRows(name, text => [.. text, (byte)'\n', 0xff, 0xfe, 0xc3, (byte)'\n', 0, 0, 0, (byte)'\n', 0xe2, 0x82], isClean: false);

    /// <summary>One digit at a time, up to three hundred of a file, and all of them.</summary>
    [Theory]
    [MemberData(nameof(TextFiles))]
    public void Digits_of_another_script_are_no_figures_but_harm_nothing(string name)
    {
        CorpusFile file = CorpusFile.All.Single(f => f.Name == name);
        byte[] text = file.Bytes();
        int[] digits = [.. Enumerable.Range(0, text.Length).Where(i => char.IsAsciiDigit((char)text[i]))];
        IEnumerable<int[]> changed = digits.Where((_, i) => i % Math.Max(1, digits.Length / 300) == 0).Select(i => new[] { i }).Append(digits);
        foreach (int[] places in changed)
        {
            var hostile = new List<byte>(text);
            foreach (int place in places.Reverse())
            {
                hostile[place] = (byte)(0xa0 + text[place] - '0');
                hostile.Insert(place, 0xd9);
            }

            Assert.Equal(hostile.Count, Reading.Of(file.Format, [.. hostile]).Context.Bytes.Total);
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Nothing_a_byte_or_nothing_but_zeros_is_set_aside_whole(string id)
    {
        IInputFormat format = FormatCatalogue.Find(id)!;
        Assert.Equal(0, Reading.Of(format, Array.Empty<byte>()).Context.Bytes.Total);
        foreach (byte[] content in (byte[][])[[(byte)'N'], [0], new byte[4096], new byte[(2 * LineReader.MaxLineBytes) + 1]])
        {
            Reading reading = Reading.Of(format, content);
            Assert.Equal((0, content.Length), (reading.Context.Bytes.Parsed, reading.Context.Bytes.Total));
            Assert.NotEmpty(reading.Findings);
            Assert.Empty(reading.Rows.Tables());
        }
    }

    private static void AssertSameRows(string name, Func<byte[], byte[]> change, bool isClean)
    {
        CorpusFile file = CorpusFile.All.Single(f => f.Name == name);
        Reading before = Reading.Of(file.Format, file.Bytes()), after = Reading.Of(file.Format, change(file.Bytes()));
        Assert.Equal(Rows(before), Rows(after));
        if (isClean)
            Assert.Equal([.. before.Codes, $"{before.Context.Bytes.Skipped} skipped"], (string[])[.. after.Codes, $"{after.Context.Bytes.Skipped} skipped"]);
        else
            Assert.True(after.Context.Bytes.Skipped > before.Context.Bytes.Skipped && after.Findings.Count > before.Findings.Count);
    }

    private static string Rows(Reading reading) => reading.ToString()[reading.ToString().IndexOf("\n\n", reading.ToString().IndexOf("# findings", StringComparison.Ordinal), StringComparison.Ordinal)..];
}
