using Colocate.Model.Errors;
using Colocate.Simulate.Claims;
using Colocate.Simulate.Experiments;
using Colocate.Simulate.Paper;
using Colocate.Simulate.Parameters;
using Colocate.Simulate.Scenarios;

namespace Colocate.Cli.Pipeline;

/// <summary>Where the evidence for the paper's claims comes from.</summary>
internal static class PaperHosts
{
    /// <summary>The paper's host that a file describes; null when it describes the host of a lab, on which the paper's rates mean nothing.</summary>
    /// <exception cref="RequestException">Wrong use: there is no such file, or it describes no host.</exception>
    internal static IPaperHost? Read(string path, ExperimentSettings settings)
    {
        CalibratedHost host = ParameterFiles.Read(path);
        return host.Generation == HostGeneration.Xen34 ? new PaperHost(host, settings) : null;
    }

    /// <summary>The base cases of a folder when they are those of the paper, workload by workload; null when it holds others or none.</summary>
    internal static IReadOnlyList<PublishedBaseCase>? FindPaper(string folder)
    {
        if (!File.Exists(Path.Combine(folder, "table1.csv")) || !File.Exists(Path.Combine(folder, "table2.csv")))
            return null;
        IReadOnlyList<PublishedBaseCase> cases = ReadBaseCases(folder);
        return cases.Select(c => c.WorkloadKb).SequenceEqual(PaperFiles.BaseCases.Select(c => c.WorkloadKb)) ? cases : null;
    }

    /// <summary>Pairs of a folder's <c>pairs.csv</c> by their names, each of workloads that have a base case.</summary>
    /// <exception cref="RequestException">Wrong use: there is no such file, it cannot be read, or it has no such pair.</exception>
    internal static IReadOnlyList<PublishedPair> ReadPairs(string folder, IReadOnlyList<PublishedBaseCase> cases, IReadOnlyList<string> names)
    {
        try
        {
            using StreamReader reader = new(Path.Combine(folder, "pairs.csv"));
            PublishedPair[] known = [.. PublishedPair.ReadAll(reader).Where(p => cases.Any(c => c.WorkloadKb == p.Together.WorkloadKb) && cases.Any(c => c.WorkloadKb == p.Together.OtherKb))];
            return
            [
                .. names.Select(n => known.FirstOrDefault(p => p.Name == n)
                    ?? throw new RequestException(ExitCode.WrongUse, $"{folder} has no pair '{n}' of workloads with base cases", $"it has {string.Join(", ", known.Select(p => p.Name))}")),
            ];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            throw new RequestException(ExitCode.WrongUse, $"{folder} holds no published pairs: {e.Message}", "a folder with pairs.csv, such as samples/paper");
        }
    }

    /// <summary>The base cases of a folder.</summary>
    /// <exception cref="RequestException">Wrong use: a table is missing or cannot be read.</exception>
    internal static IReadOnlyList<PublishedBaseCase> ReadBaseCases(string folder)
    {
        try
        {
            using StreamReader one = new(Path.Combine(folder, "table1.csv")), two = new(Path.Combine(folder, "table2.csv"));
            return PaperFiles.ReadBaseCases(one, two);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            throw new RequestException(ExitCode.WrongUse, $"{folder} holds no published base cases: {e.Message}", "a folder with table1.csv and table2.csv, such as samples/paper");
        }
    }
}
