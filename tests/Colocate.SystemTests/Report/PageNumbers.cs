using System.Globalization;
using System.Text;
using Microsoft.Playwright;

namespace Colocate.SystemTests.Report;

/// <summary>The numbers of one figure as the page shows them and as its CSV file holds them.</summary>
/// <param name="Headings">Headings of the table.</param>
/// <param name="Shown">Its cells.</param>
/// <param name="Names">Column names of the CSV file.</param>
/// <param name="Stored">Its fields.</param>
internal sealed record PageNumbers(string[] Headings, string[][] Shown, string[] Names, List<string[]> Stored)
{
    public static async Task<PageNumbers> ReadAsync(IPage page, string figure)
    {
        string[] headings = await page.EvaluateAsync<string[]>($"[...document.querySelectorAll('#{figure} thead th')].map(c => c.textContent)");
        string[][] shown = await page.EvaluateAsync<string[][]>($"[...document.querySelectorAll('#{figure} tbody tr')].map(r => [...r.cells].map(c => c.textContent))");
        string link = (await page.GetAttributeAsync($"#{figure} a[download]", "href"))!;
        List<string[]> csv = Csv(Encoding.UTF8.GetString(Convert.FromBase64String(link[(link.IndexOf(',') + 1)..])));
        return new PageNumbers(headings, shown, csv[0], csv[1..]);
    }

    /// <summary>Cells that say something else than the CSV file does, beyond what rounding to the shown digits explains.</summary>
    public IEnumerable<string> Differences()
    {
        foreach ((int row, string[] cells) in Shown.Index())
        {
            foreach ((int column, string cell) in cells.Index())
            {
                if (!IsSame(cell, Stored[row][column], Headings[column]))
                    yield return $"row {row}, {Names[column]}: '{cell}' shown, '{Stored[row][column]}' stored";
            }
        }
    }

    private static bool IsSame(string shown, string stored, string heading)
    {
        if (shown == stored || (shown, stored) is ("–", "") or ("yes", "true") or ("no", "false"))
            return true;
        string plain = shown.Replace("\u202F", "", StringComparison.Ordinal).Replace('\u2212', '-').Replace('\u00A0', ' ');
        if (double.TryParse(stored, CultureInfo.InvariantCulture, out double value) && double.TryParse(plain.TrimEnd('%').Trim(), CultureInfo.InvariantCulture, out double read))
        {
            bool isPercent = plain.EndsWith('%') || heading.Contains("points", StringComparison.Ordinal) || heading.Contains("% of", StringComparison.Ordinal);
            string digits = plain.TrimEnd('%').Trim();
            int decimals = digits.Contains('.', StringComparison.Ordinal) ? digits.Length - digits.IndexOf('.') - 1 : 0;
            // Four significant digits leave off zeros at the end, so a value may be rounded further up than its last shown digit says, never below it.
            return Math.Abs(read - (isPercent ? 100 * value : value)) <= (0.5 * Math.Pow(10, -decimals)) + 1e-9;
        }

        // A word with its symbol before it.
        return plain.Length > 2 && plain[1] == ' ' && plain[2..] == stored.Replace('_', ' ');
    }

    /// <summary>RFC 4180, written anew so that it shares no mistake with the writer.</summary>
    private static List<string[]> Csv(string text)
    {
        var rows = new List<string[]>();
        var row = new List<string>();
        var field = new StringBuilder();
        bool quoted = false;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (quoted && c == '"' && i + 1 < text.Length && text[i + 1] == '"')
                field.Append(text[++i]);
            else if (c == '"')
                quoted = !quoted;
            else if (!quoted && c is ',' or '\n' && !quoted)
            {
                row.Add(field.ToString());
                field.Clear();
                if (c == '\n')
                {
                    rows.Add([.. row]);
                    row.Clear();
                }
            }
            else
                field.Append(c);
        }

        return rows;
    }
}
