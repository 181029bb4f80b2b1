namespace Colocate.Tests;

/// <summary>Where the project's own files lie while tests run.</summary>
internal static class Repository
{
    internal static string Root { get; } = FindRoot();

    internal static string SampleLab => Path.Combine(Root, "samples", "lab");

    internal static string Corpus => Path.Combine(Root, "tests", "corpus");

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Pipeline.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException("The tests run outside the repository: no Pipeline.sln above " + AppContext.BaseDirectory);
    }
}
