using System.Globalization;
using Colocate.Ingest.Runs;
using Colocate.Model.Errors;
using Colocate.Model.Runs;

namespace Colocate.Cli.Commands;

/// <summary>What a person says about a run beyond its logs: by options, or, on a terminal, when asked.</summary>
/// <param name="Kind">What it was made for; null to guess or ask.</param>
/// <param name="Campaign">Its campaign; null to guess or ask.</param>
/// <param name="RateFraction">Nominal load; null to guess or ask.</param>
/// <param name="WorkloadOf">Workloads by guest.</param>
internal sealed record InitAnswers(string? Kind, string? Campaign, double? RateFraction, IReadOnlyDictionary<string, string> WorkloadOf)
{
    /// <summary>Parses <c>GUEST=NAME</c>.</summary>
    /// <exception cref="RequestException">One is not of that shape (<see cref="ExitCode.WrongUse"/>).</exception>
    internal static Dictionary<string, string> Workloads(string[] pairs)
    {
        var workloads = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string pair in pairs)
        {
            int equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0 || equals == pair.Length - 1)
                throw new RequestException(ExitCode.WrongUse, $"--workload {pair}: not GUEST=NAME", "give it as in --workload vm1=1KB");
            workloads[pair[..equals]] = pair[(equals + 1)..];
        }

        return workloads;
    }

    /// <summary>The manifest with what was said.</summary>
    internal RunManifest Apply(Terminal terminal, ManifestDraft draft)
    {
        RunManifest guess = draft.Manifest;
        if (WorkloadOf.Keys.FirstOrDefault(g => guess.Domains.All(d => d.Name != g)) is { } stranger)
            throw new RequestException(ExitCode.WrongUse, $"--workload {stranger}: '{guess.Run}' has no such guest", $"its domains: {string.Join(", ", guess.Domains.Select(d => d.Name))}");
        string kind = Kind ?? Ask(terminal, $"{guess.Run}: kind of run (base, solo, pair, sweep, idle, other)", guess.KindDeclared)!;
        string campaign = Campaign ?? Ask(terminal, $"{guess.Run}: campaign", guess.Campaign)!;
        double? rate = RateFraction ?? Number(Ask(terminal, $"{guess.Run}: nominal load, 1 = saturation", guess.RateFraction?.ToString(CultureInfo.InvariantCulture)));
        return guess with
        {
            KindDeclared = kind,
            Campaign = campaign,
            RateFraction = rate,
            Domains = [.. guess.Domains.Select(d => d.IsDriver ? d : d with { Workload = WorkloadOf.GetValueOrDefault(d.Name) ?? Ask(terminal, $"{guess.Run}: workload of {d.Name}", d.Workload) })],
        };
    }

    /// <summary>Asks a person; the guess holds where nobody is there or nothing is said.</summary>
    private static string? Ask(Terminal terminal, string question, string? guess)
    {
        if (!terminal.IsInInteractive || !terminal.IsErrorInteractive)
            return guess;
        terminal.Error.Write($"{question} [{guess}]: ");
        return terminal.InLines.ReadLine()?.Trim() is { Length: > 0 } answer ? answer : guess;
    }

    private static double? Number(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number
            : throw new RequestException(ExitCode.WrongUse, $"'{text}' is no number", "give the nominal load as in 1 or 0.5");
    }
}
