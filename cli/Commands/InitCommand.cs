using System.CommandLine;
using System.Globalization;
using Colocate.Cli.Output;
using Colocate.Cli.Pipeline;
using Colocate.Ingest.Runs;
using Colocate.Model.Errors;
using Colocate.Model.Runs;

namespace Colocate.Cli.Commands;

/// <summary><c>init</c>: a <c>run.json</c> for a folder of existing logs.</summary>
internal static class InitCommand
{
    internal static Command Create(Terminal terminal)
    {
        var path = new Argument<string>("PATH") { Description = "Folder with the logs of one run, or folder of such folders." };
        var force = new Option<bool>("--force") { Description = "Write over a run.json that is there." };
        var kind = new Option<string?>("--kind") { Description = "What the run was made for: " + string.Join(", ", Enum.GetNames<RunKind>().Select(k => k.ToLowerInvariant())) + ".", HelpName = "KIND" };
        kind.AcceptOnlyFromAmong([.. Enum.GetNames<RunKind>().Select(k => k.ToLowerInvariant())]);
        var campaign = new Option<string?>("--campaign") { Description = "Campaign of the run; default: the name of the folder above.", HelpName = "NAME" };
        var rate = new Option<double?>("--rate-fraction") { Description = "Nominal load, 1 = saturation.", HelpName = "F" };
        var workload = new Option<string[]>("--workload") { Description = "Workload of a guest; repeat for several.", HelpName = "GUEST=NAME", DefaultValueFactory = _ => [] };
        Option<OutputFormat?> format = CommonOptions.Format();
        var command = new Command("init", "Write a run.json for folders of existing logs, recognised by content. Asks on a terminal, guesses elsewhere.") { path, kind, campaign, rate, workload, force, format };
        command.SetAction(parsed =>
        {
            var given = new InitAnswers(parsed.GetValue(kind), parsed.GetValue(campaign), parsed.GetValue(rate), InitAnswers.Workloads(parsed.GetValue(workload)!));
            RecordWriter.Write(terminal, parsed.GetValue(format), Write(terminal, parsed.GetValue(path)!, given, parsed.GetValue(force)));
            return 0;
        });
        return command;
    }

    private static List<Record> Write(Terminal terminal, string path, InitAnswers given, bool force)
    {
        if (!Directory.Exists(path))
            throw new RequestException(ExitCode.NothingMatched, $"'{path}' is no folder", "give the folder that holds the logs of a run");
        string lab = Path.GetFullPath(path);
        string[] folders = [lab, .. Directory.EnumerateDirectories(lab, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
        string[] kept = force ? [] : [.. folders.Where(f => File.Exists(Path.Combine(f, ManifestReader.FileName)))];
        HashSet<string> named = [.. kept.SelectMany(f => ManifestDraft.NamedIn(lab, f))];
        List<ManifestDraft> drafts = [.. folders.Except(kept).Select(f => ManifestDraft.Of(f, named)).OfType<ManifestDraft>()];
        string[] keptFiles = [.. kept.Select(f => Path.Combine(path, f == lab ? "" : Path.GetRelativePath(lab, f), ManifestReader.FileName))];
        if (drafts.Count == 0 && kept.Length > 0)
            throw new RequestException(ExitCode.WrongUse, $"'{keptFiles[0]}' exists{(kept.Length > 1 ? FormattableString.Invariant($", and {kept.Length - 1} more") : "")}; nothing was written", "write over with --force");
        if (drafts.Count == 0)
            throw new RequestException(ExitCode.NothingMatched, $"No file of a known format lies in '{path}' or below", "list the known formats with `colocate formats`");

        // All are made and checked before the first is written, so that a wrong answer leaves nothing half done.
        var manifests = drafts.Select(d => (Draft: d, Bytes: Checked(d, given.Apply(terminal, d)))).ToList();
        foreach ((ManifestDraft draft, byte[] bytes) in manifests)
        {
            WholeFile.Write(Path.Combine(draft.Folder, ManifestReader.FileName), file => file.Write(bytes));
            foreach (string doubt in draft.Doubts)
                terminal.Error.WriteLine($"{draft.Manifest.Run}: {doubt}");
        }

        foreach (string file in keptFiles)
            terminal.Error.WriteLine($"left alone: {file} is there already; write over with --force");
        return [.. manifests.Select(m => Describe(m.Draft, path))];
    }

    private static byte[] Checked(ManifestDraft draft, RunManifest manifest)
    {
        byte[] bytes = ManifestWriter.Write(manifest);
        if (ManifestReader.Parse(bytes, "", out IReadOnlyList<ManifestProblem> problems) is null)
            throw new RequestException(ExitCode.WrongUse, $"{draft.Manifest.Run}: these answers make no valid manifest: {problems[0]}", "give --kind, --rate-fraction and --workload that fit the run");
        return bytes;
    }

    private static Record Describe(ManifestDraft draft, string path) => new()
    {
        { "run", draft.Manifest.Run },
        { "file", Path.GetRelativePath(path, Path.Combine(draft.Folder, ManifestReader.FileName)).Replace('\\', '/') },
        { "recognised", draft.Files.Select(f => string.Create(CultureInfo.InvariantCulture, $"{f.File}: {f.What}")).ToList() },
        { "domains", draft.Manifest.Domains.Select(d => d.Name).ToList() },
        { "doubts", draft.Doubts.ToList() },
    };
}
