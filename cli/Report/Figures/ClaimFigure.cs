using System.Text.Json.Nodes;
using Colocate.Model.Runs;
using Colocate.Model.Tables;

namespace Colocate.Cli.Report.Figures;

/// <summary>A score card: what a simulation was held against, by verdict. Failures stand in it like successes.</summary>
/// <param name="source">Claims of the <c>paper</c>, or of the <c>lab</c> about its own measured runs.</param>
/// <param name="question">The question.</param>
/// <param name="missing">What to say where the lake holds no such claims.</param>
public sealed class ClaimFigure(string source, string question, string missing) : IFigure
{
    /// <summary>Share of unseen claims that pass, or pass or come near, from which on a simulation keeps what it is held against.</summary>
    private const double MostPass = 0.8, MostNear = 0.5;

    /// <summary>Verdicts from good to bad with the colours of Okabe and Ito, and what is not tested in grey; bars repeat the word.</summary>
    private static readonly (string Verdict, string Name, string Color)[] s_verdicts =
        [("pass", "pass", "#009E73"), ("near", "near", "#E69F00"), ("fail", "fail", "#D55E00"), ("not_tested", "not tested", Palette.Neutral)];

    private static readonly string[] s_gravest = ["fail", "near", "pass", "not_tested"];

    private static readonly string[] s_roles = ["config", "identity", "calibrate", "validate", "none"];

    /// <inheritdoc/>
    public string Id => $"{source}-claims";

    /// <inheritdoc/>
    public string Question => question;

    /// <inheritdoc/>
    public IReadOnlyList<Table> Reads { get; } = [Table.Of<ClaimRow>()];

    /// <inheritdoc/>
    public Drawing Draw(ReportTables tables)
    {
        // Failures first: they must not be what a long table leaves to its file.
        List<ClaimRow> claims = [.. tables.Claims.Where(c => c.Source == source).OrderBy(c => Array.IndexOf(s_gravest, c.Verdict))];
        if (claims.Count == 0)
            return new Drawing(missing);
        List<ClaimRow> unseen = [.. claims.Where(c => c is { Role: "validate", Verdict: not "not_tested" })];
        return new Drawing(Finding(claims))
        {
            Verdict = unseen.Count == 0 ? null : Share(unseen, "pass") >= MostPass ? Verdict.Yes : Share(unseen, "pass") + Share(unseen, "near") >= MostNear ? Verdict.WithCare : Verdict.No,
            Plot = Plotted(claims),
            Numbers = NumberTable.Of<ClaimRow>(claims,
            [
                new("claim", "Claim", NumberFormat.Text, c => c.Claim),
                new("role", "Role", NumberFormat.Text, c => c.Role),
                new("verdict", "Verdict", NumberFormat.Mark, c => c.Verdict),
                new("statement", "Statement", NumberFormat.Prose, c => c.Statement),
                new("target", "Target", NumberFormat.Prose, c => c.Target),
                new("tolerance", "Tolerance", NumberFormat.Prose, c => c.Tolerance),
                new("value", "Value", NumberFormat.Value, c => c.Value),
                new("unit", "Unit", NumberFormat.Text, c => c.Unit),
                new("miss", "Off by, tolerances", NumberFormat.Rate, c => c.Miss),
                new("reason", "Why not passed", NumberFormat.Prose, c => c.Reason),
                new("command", "Reproduced by", NumberFormat.Code, c => c.Command),
            ], c => c.Verdict == "fail"),
        };
    }

    private static string Finding(List<ClaimRow> claims)
    {
        IEnumerable<string> roles =
            from role in claims.GroupBy(c => c.Role).OrderBy(g => Array.IndexOf(s_roles, g.Key))
            let parts = from verdict in s_verdicts let n = role.Count(c => c.Verdict == verdict.Verdict) where n > 0 select $"{n} {verdict.Name}"
            select $"{role.Key}: {string.Join(", ", parts)}";
        string marked = claims.Any(c => c.Verdict == "fail") ? " Failed ones are marked in the table." : "";
        return $"{string.Join("; ", roles)}. A claim is near when it misses its tolerance by no more than that once again; only the role validate was unseen by the calibration.{marked}";
    }

    private static double Share(List<ClaimRow> claims, string verdict) => claims.Count(c => c.Verdict == verdict) / (double)claims.Count;

    /// <summary>A bar for each role; where claims are about measured runs, for each quantity of it.</summary>
    private Plot Plotted(List<ClaimRow> claims)
    {
        List<IGrouping<string, ClaimRow>> bars =
        [
            .. claims.OrderBy(c => Array.IndexOf(s_roles, c.Role)).ThenBy(c => source == "lab" ? Quantity(c) : "", WorkloadOrder.Instance).GroupBy(c => source == "lab" ? $"{c.Role}: {Quantity(c)}" : c.Role),
        ];
        JsonArray data = [];
        foreach ((string verdict, string name, string color) in s_verdicts.Where(v => claims.Any(c => c.Verdict == v.Verdict)))
        {
            int[] counts = [.. bars.Select(b => b.Count(c => c.Verdict == verdict))];
            data.Add(new JsonObject
            {
                ["type"] = "bar",
                ["orientation"] = "h",
                ["name"] = name,
                ["x"] = Plot.Numbers(bars.Select((b, i) => counts[i] / (double)b.Count())),
                ["y"] = Plot.Numbers(Enumerable.Range(0, bars.Count).Select(i => (double)i)),
                ["text"] = Plot.Words(counts.Select(n => n == 0 ? "" : $"{n}")),
                ["textposition"] = "inside",
                ["insidetextanchor"] = "middle",
                ["textangle"] = 0,
                ["insidetextfont"] = new JsonObject { ["color"] = "#111111" },
                ["marker"] = new JsonObject { ["color"] = color },
                ["hovertext"] = Plot.Words(bars.Select((b, i) => $"{Plot.Text(b.Key)}<br>{counts[i]} of {b.Count()} {name}")),
                ["hoverinfo"] = "text",
            });
        }

        JsonObject y = Plot.NamedAxis([.. bars.Select(b => b.Key)]);
        y["range"] = new JsonArray(bars.Count - 0.4, -0.6);
        var layout = new JsonObject { ["barmode"] = "stack", ["xaxis"] = Plot.PercentAxis("share of claims"), ["yaxis"] = y, ["margin"] = new JsonObject { ["t"] = 60 } };
        return new Plot(data, layout) { HeightPx = 150 + (24 * bars.Count) };
    }

    /// <summary>The quantity of a claim about a measured run, in words that fit beside a bar.</summary>
    private static string Quantity(ClaimRow claim) => claim.Claim[(claim.Claim.LastIndexOf('/') + 1)..]
        .Replace("_fraction", "", StringComparison.Ordinal).Replace("_per_s", "/s", StringComparison.Ordinal).Replace('_', ' ');
}
