namespace Colocate.Cli.Output;

/// <summary>How a table is made to fit a terminal: long texts are cut, marked by an ellipsis; what still does not fit is left out from the right.</summary>
internal static class TableFit
{
    /// <summary>A text is never cut below this.</summary>
    private const int LeastText = 12;

    /// <summary>Blanks around and between columns.</summary>
    private const int PerColumn = 3, Once = 1;

    /// <summary>Widths of the columns that are shown: the first ones, at least one.</summary>
    /// <param name="natural">What each column needs to show everything.</param>
    /// <param name="isText">Whether its values may be cut; a number may not.</param>
    /// <param name="width">Columns of the terminal.</param>
    internal static int[] Fit(IReadOnlyList<int> natural, IReadOnlyList<bool> isText, int width)
    {
        for (int shown = natural.Count; ; shown--)
        {
            int[] widths = [.. natural.Take(shown)];
            int excess = widths.Sum() + (PerColumn * shown) + Once - width;
            while (excess > 0 && Widest(widths, isText) is var widest and >= 0)
            {
                widths[widest]--;
                excess--;
            }

            if (excess <= 0 || shown == 1)
                return widths;
        }
    }

    /// <summary>The text, or as much of it as fits with an ellipsis.</summary>
    internal static string Cut(string text, int width) => text.Length <= width ? text : text[..(width - 1)] + "…";

    private static int Widest(int[] widths, IReadOnlyList<bool> isText)
    {
        int widest = -1;
        for (int i = 0; i < widths.Length; i++)
        {
            if (isText[i] && widths[i] > LeastText && (widest < 0 || widths[i] > widths[widest]))
                widest = i;
        }

        return widest;
    }
}
