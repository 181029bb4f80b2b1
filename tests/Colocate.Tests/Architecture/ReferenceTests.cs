using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Colocate.Tests.Architecture;

/// <summary>Who may know whom. A failure names the offending edge.</summary>
public sealed class ReferenceTests
{
    private static readonly Dictionary<string, string[]> s_mayReference = new()
    {
        ["Colocate.Model"] = [],
        ["Colocate.Ingest"] = ["Colocate.Model"],
        ["Colocate.Simulate"] = ["Colocate.Model"],
        ["Colocate.Predict"] = ["Colocate.Model"],
        ["colocate"] = ["Colocate.Model", "Colocate.Ingest", "Colocate.Simulate", "Colocate.Predict"],
    };

    /// <summary>Packages that only one project may know, and there only one folder (null: all of it).</summary>
    private static readonly (string Package, string Project, string? Folder)[] s_fenced =
    [
        ("Parquet", "Colocate.Model", "Lake"),
        ("Dapper", "Colocate.Model", "Lake"),
        ("Npgsql", "Colocate.Model", "Lake"),
        ("Microsoft.Data.Sqlite", "Colocate.Model", "Lake"),
        ("Microsoft.Diagnostics.Tracing", "Colocate.Ingest", "GuestTrace"),
        ("ZstdSharp", "Colocate.Ingest", "Inputs"),
        ("Microsoft.ML", "Colocate.Predict", null),
        ("DuckDB.NET", "colocate", "Query"),
        ("Google.Protobuf", "colocate", "Timeline"),
        ("System.CommandLine", "colocate", null),
        ("Spectre.Console", "colocate", null),
    ];

    private static readonly string[] s_console = ["System.Console", "System.DateTime.get_Now", "System.DateTime.get_UtcNow", "System.DateTimeOffset.get_Now", "System.DateTimeOffset.get_UtcNow",
        "System.Diagnostics.Stopwatch", "System.TimeProvider", "System.Environment.GetEnvironmentVariable", "System.Environment.get_TickCount", "System.Environment.get_MachineName"];

    public static TheoryData<string> Assemblies => [.. s_mayReference.Keys];

    public static TheoryData<string> Libraries => [.. s_mayReference.Keys.Where(a => a != "colocate")];

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void A_project_references_only_what_lies_further_in(string assembly)
    {
        string[] known = [.. Load(assembly).GetReferencedAssemblies().Select(r => r.Name!).Where(s_mayReference.ContainsKey)];
        Assert.Empty(known.Except(s_mayReference[assembly]).Select(to => $"{assembly} -> {to}"));
    }

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void A_fenced_package_is_known_to_its_project_alone(string assembly)
    {
        string[] references = [.. Load(assembly).GetReferencedAssemblies().Select(r => r.Name!)];
        Assert.Empty(
            from fence in s_fenced
            where fence.Project != assembly
            from reference in references
            where reference == fence.Package || reference.StartsWith(fence.Package + ".", StringComparison.Ordinal)
            select $"{assembly} -> {reference}");
    }

    [Fact]
    public void A_fenced_package_is_named_in_its_folder_alone()
    {
        string[] sources = [.. new[] { "model", "ingest", "simulate", "predict", "cli" }.SelectMany(p => Directory.EnumerateFiles(Path.Combine(Repository.Root, p), "*.cs", SearchOption.AllDirectories))];
        Assert.True(sources.Length > 100, "the sources were not found");
        Assert.Empty(
            from fence in s_fenced
            where fence.Folder is not null
            from file in sources
            let relative = Path.GetRelativePath(Repository.Root, file).Replace('\\', '/')
            where !relative.Contains($"/{fence.Folder}/", StringComparison.Ordinal)
            where File.ReadLines(file).Any(l => l.StartsWith($"using {fence.Package};", StringComparison.Ordinal) || l.StartsWith($"using {fence.Package}.", StringComparison.Ordinal))
            select $"{relative} -> {fence.Package}");
    }

    [Theory]
    [MemberData(nameof(Libraries))]
    public void A_library_neither_talks_to_the_console_nor_reads_clock_or_environment(string assembly)
    {
        using var file = new PEReader(File.OpenRead(Load(assembly).Location));
        MetadataReader metadata = file.GetMetadataReader();
        var used = new HashSet<string>(StringComparer.Ordinal);
        foreach (TypeReferenceHandle handle in metadata.TypeReferences)
            used.Add(NameOf(metadata, handle));
        foreach (MemberReference member in metadata.MemberReferences.Select(metadata.GetMemberReference).Where(m => m.Parent.Kind == HandleKind.TypeReference))
            used.Add($"{NameOf(metadata, (TypeReferenceHandle)member.Parent)}.{metadata.GetString(member.Name)}");
        Assert.Contains("System.String", used);
        Assert.Empty(used.Intersect(s_console).Select(what => $"{assembly} uses {what}"));
    }

    /// <summary>Data stay where they are: only the shared catalogue talks to a server, through its own library, and only when a lake asks for it.</summary>
    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Nothing_uses_a_network(string assembly)
    {
        using var file = new PEReader(File.OpenRead(Load(assembly).Location));
        MetadataReader metadata = file.GetMetadataReader();
        Assert.DoesNotContain(metadata.TypeReferences, t => NameOf(metadata, t).StartsWith("System.Net.", StringComparison.Ordinal));
    }

    private static string NameOf(MetadataReader metadata, TypeReferenceHandle handle)
    {
        TypeReference type = metadata.GetTypeReference(handle);
        return $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}";
    }

    private static Assembly Load(string name) => Assembly.Load(name);
}
