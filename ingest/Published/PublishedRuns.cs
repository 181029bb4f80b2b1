using Colocate.Ingest.Runs;
using Colocate.Model.Runs;

namespace Colocate.Ingest.Published;

/// <summary>Makes a run of every workload of a folder of published tables.</summary>
internal static class PublishedRuns
{
    internal const string FirstTable = "table1.csv", SecondTable = "table2.csv";

    internal static bool IsIn(string folder) => File.Exists(Path.Combine(folder, FirstTable)) && File.Exists(Path.Combine(folder, SecondTable));

    /// <summary>The runs, in the order of Table I.</summary>
    internal static IEnumerable<RunSource> From(string lab, string folderInLab, Assumptions assumptions) =>
        from line in File.ReadLines(Path.Combine(lab, folderInLab, FirstTable)).Skip(1).Take(1000)
        let workload = line.Split(',')[0].Trim()
        where workload.Length is > 0 and < 20 && workload.All(c => char.IsAsciiDigit(c) || c == '.')
        select new RunSource { LabFolder = lab, FolderInLab = folderInLab, Manifest = Describe(PublishedTablesFormat.NameOf(workload), assumptions), IsPublished = true };

    private static RunManifest Describe(string workload, Assumptions assumptions) => new()
    {
        Run = "published-" + workload,
        Campaign = assumptions.Text("campaign") ?? "published",
        Kind = RunKind.Base,
        KindDeclared = "base",
        Host = new HostSpec { Name = "published host", Hypervisor = assumptions.Text("xen"), Pcpus = (int)(assumptions.Number("pcpus") ?? 1) },
        RateFraction = 1,
        Domains =
        [
            new DomainSpec { Name = "Domain-0", Domid = 0, Vcpus = 1, Role = "driver" },
            new DomainSpec { Name = "vm1", Domid = 1, Vcpus = 1, Role = "guest", Workload = workload },
        ],
        Notes = "from published tables",
    };
}
