using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Colocate.Cli.Report;

/// <summary>Text inside HTML.</summary>
public static class Html
{
    private static readonly HtmlEncoder s_encoder = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary>Text that stands for itself in element content and in quoted attributes, whatever it holds.</summary>
    public static string Encode(string text) => s_encoder.Encode(text);
}
