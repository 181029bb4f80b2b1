namespace Colocate.Cli.Commands;

/// <summary>
/// Examples of every command for its help. They run as they stand in a clone of the repository after `colocate run samples/lab --out out`;
/// a test does just that, in this order.
/// </summary>
internal static class CommandExamples
{
    internal static IReadOnlyDictionary<string, string[]> All { get; } = new Dictionary<string, string[]>
    {
        ["run"] = ["run samples/lab --out out"],
        ["ingest"] = ["ingest samples/guest --lake other", "ingest - --lake piped --assume tsc_hz=2596142000 --assume run=idle < samples/lab/runs/idle-host/xentrace.bin.zst", "ingest samples/lab/runs/idle-host --lake deep --events --domains 0 --from 2 --to 3"],
        ["plan"] = ["plan samples/lab --lake cluster/lake --chunks 8 > plan.jsonl"],
        ["work"] = ["work plan.jsonl --lake cluster/lake --chunk 0", "work plan.jsonl --lake cluster/lake --jobs 2"],
        ["commit"] = ["commit plan.jsonl --lake cluster/lake"],
        ["check"] = ["check --lake out/lake"],
        ["catalogue"] = ["catalogue --lake out/lake", "catalogue --lake out/lake --dump"],
        ["runs"] = ["runs --lake out/lake"],
        ["init"] = ["init samples/guest"],
        ["metrics"] = ["metrics --lake out/lake --run pair-1-100", "metrics --lake out/lake --run pair-1-100 --interval 1s", "metrics --definitions"],
        ["scores"] = ["scores --lake out/lake --pairs", "scores --lake out/lake --bases --format csv"],
        ["calibrate"] = ["calibrate --lake out/lake --out params.json --evaluations 100 --bands 0"],
        ["simulate"] = ["simulate --params out/params.json --vm 1KB --vm 100KB --rate 0.5,1", "simulate --params out/params.json --lake out/lake --like pair-1-100 -n 1 --xentrace sim.bin"],
        ["claims"] = ["claims --lake out/lake"],
        ["train"] = ["train --solo samples/gavel/k80/solo.csv --pairs samples/gavel/k80/pairs.csv --out gavel.zip"],
        ["evaluate"] = ["evaluate --lake out/lake --protocol workload"],
        ["predict"] = ["predict --model out/model.zip 4KB 70KB", "predict --model out/model.zip --all"],
        ["place"] = ["place --model out/model.zip --workloads 1KB,1KB,30KB,100KB --hosts 2"],
        ["report"] = ["report --lake out/lake --out report.html"],
        ["timeline"] = ["timeline pair-1-100 --lake out/lake --out run.pftrace", "timeline pair-1-100 --lake out/lake --simulated sim.bin --from 2 --to 3 --out part.pftrace"],
        ["query"] = ["query \"from pair_scores order by combined_mean limit 3\" --lake out/lake", "query --file samples/queries/fairness.sql --lake out/lake --format csv"],
        ["export"] = ["export scores --lake out/lake", "export --all --lake out/lake --format parquet --out tables"],
        ["formats"] = ["formats"],
        ["tables"] = ["tables", "tables domain_metrics", "tables --lake out/lake"],
        ["completions"] = ["completions bash"],
        ["doctor"] = ["doctor --lake out/lake"],
    };
}
