using Colocate.Cli.Report;

namespace Colocate.Tests.Report;

public sealed class NumberTableTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"x\"", "\"say \"\"x\"\"\"")]
    [InlineData("two\nlines", "\"two\nlines\"")]
    public void Csv_fields_are_quoted_where_they_must_be(string value, string field) =>
        Assert.Equal($"name\n{field}\n", Table(value, NumberFormat.Text).ToCsv());

    [Theory]
    [InlineData("=HYPERLINK(\"http://x\")", "\"'=HYPERLINK(\"\"http://x\"\")\"")]
    [InlineData("@SUM(1)|x", "'@SUM(1)|x")]
    [InlineData("-10", "-10")]
    [InlineData("= 1.58", "= 1.58")]
    [InlineData("\u001B[31mred\u202E", "\u241B[31mred\uFFFD")]
    public void Names_in_csv_are_harmless_to_spreadsheets_and_terminals(string value, string field) =>
        Assert.Equal($"name\n{field}\n", Table(value, NumberFormat.Text).ToCsv());

    [Fact]
    public void A_csv_file_that_has_no_room_ends_after_a_whole_row()
    {
        NumberTable table = NumberTable.Of<string>(["aa", "bbb", "c"], [new("name", "Name", NumberFormat.Text, t => t)]);
        Assert.Equal(("name\naa\nbbb\n", 2), (table.ToCsv(13, out int rows), rows));
        Assert.Equal(("name\naa\n", 1), (table.ToCsv(11, out rows), rows));
    }

    [Theory]
    [InlineData(int.MaxValue, 60, 10, 20, 30)]
    [InlineData(20, 50, 10, 20, 30)]
    [InlineData(10, 30, 100, 10, 100)]
    public void Small_files_are_whole_and_large_ones_share_what_is_left(int most, int room, params int[] sizes) => Assert.Equal(most, CsvShare.Of(sizes, room));

    [Theory]
    [InlineData(0.125, NumberFormat.Percent, "12.5 %", "0.125")]
    [InlineData(-0.05, NumberFormat.Points, "\u22125.0", "-0.05")]
    [InlineData(0.05, NumberFormat.Points, "+5.0", "0.05")]
    [InlineData(1234567.0, NumberFormat.Count, "1\u202F234\u202F567", "1234567")]
    [InlineData(0.1 + 0.2, NumberFormat.Rate, "0.30", "0.30000000000000004")]
    [InlineData(true, NumberFormat.Flag, "yes", "true")]
    [InlineData("set_aside", NumberFormat.Mark, "✕\u00A0set\u00A0aside", "set_aside")]
    [InlineData(null, NumberFormat.Rate, "–", "")]
    public void People_read_rounded_values_with_units_and_programs_read_exact_ones(object? value, NumberFormat format, string shown, string stored)
    {
        Assert.Equal(shown, Show.Value(value, format));
        Assert.Equal($"name\n{stored}\n", Table(value, format).ToCsv());
    }

    [Fact]
    public void Html_encodes_text_and_marks_highlighted_rows()
    {
        using var html = new StringWriter();
        NumberTable.Of<string>(["<a>", "b"], [new("name", "Name", NumberFormat.Text, t => t), new("size", "Size", NumberFormat.Count, t => t.Length)], t => t == "b").WriteHtml(html);
        Assert.Equal("""
            <table><thead><tr><th scope="col">Name</th><th scope="col" class="number">Size</th></tr></thead><tbody>
            <tr><th scope="row">&lt;a&gt;</th><td class="number">3</td></tr>
            <tr class="highlight"><th scope="row">b</th><td class="number">1</td></tr>
            </tbody></table>

            """, html.ToString());
    }

    private static NumberTable Table(object? value, NumberFormat format) => NumberTable.Of<object?>([value], [new("name", "Name", format, v => v)]);
}
