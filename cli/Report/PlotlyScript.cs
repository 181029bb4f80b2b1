using System.Reflection;

namespace Colocate.Cli.Report;

/// <summary>
/// plotly.js and its notices, read from the NuGet package Plotly.NET 6.0.0, which embeds both (MIT). Nothing else of that package is used.
/// </summary>
public static class PlotlyScript
{
    private const string Name = "Plotly.NET.plotly-2.28.0.min.js";

    /// <summary>The script, ready to stand inside a script element.</summary>
    /// <exception cref="InvalidOperationException">The package holds no such script, or one that would end the element it stands in.</exception>
    public static string Source { get; } = Read(Name);

    /// <summary>Notices of the third-party code inside the script.</summary>
    /// <exception cref="InvalidOperationException">The package holds no notices.</exception>
    public static string Notices { get; } = Read(Name + ".LICENSE.txt");

    private static string Read(string resource)
    {
        using Stream stream = Assembly.Load("Plotly.NET").GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The package Plotly.NET holds no {resource}; version 6.0.0 does.");
        // An HTML parser turns CR LF into LF before it hashes a script for the content security policy.
        string text = new StreamReader(stream).ReadToEnd().ReplaceLineEndings("\n");
        return text.Contains("</script", StringComparison.OrdinalIgnoreCase) || text.Contains("<!--", StringComparison.Ordinal)
            ? throw new InvalidOperationException($"{resource} would end the script element it is put in.")
            : text;
    }
}
