using System.Text.Encodings.Web;
using System.Text.Unicode;
using Colocate.Cli.Output;

namespace Colocate.Cli.Report;

/// <summary>Text inside HTML.</summary>
public static class Html
{
    private static readonly HtmlEncoder s_encoder = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary>Text that stands for itself in element content and in quoted attributes, whatever it holds; see <see cref="VisibleText"/>.</summary>
    public static string Encode(string text) => s_encoder.Encode(VisibleText.Of(text, keepsLines: true));

    /// <summary>A sentence in which words between backticks are set as code, every part encoded.</summary>
    public static string Sentence(string text)
    {
        string[] parts = Encode(text).Split('`');
        return string.Concat(parts.Select((part, i) => i % 2 == 0 ? part : i == parts.Length - 1 ? "`" + part : $"<code>{part}</code>"));
    }
}
