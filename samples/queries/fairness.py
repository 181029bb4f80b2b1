"""Who keeps more of its throughput beside whom? Mean T/B of a workload by its neighbour, most unequal pairs first."""
from export import table, answer

scores = table("scores").query("kind == 'pair' and rate_fraction == 1").dropna(subset=["score"])
pairs = scores.merge(scores, on="run", suffixes=("", "_b"))
pairs = pairs[(pairs["guest_index"] != pairs["guest_index_b"]) & (pairs["workload"] != pairs["workload_b"])]
means = pairs.groupby(["workload", "workload_b"]).agg(runs=("run", "count"), kept=("score", "mean"), neighbour_kept=("score_b", "mean")).reset_index()
means = means[means["kept"] > means["neighbour_kept"]].rename(columns={"workload_b": "neighbour"}).round(6)
means["gap"] = means["kept"] - means["neighbour_kept"]
answer(means.sort_values(["gap", "workload", "neighbour"], ascending=[False, True, True]).drop(columns="gap"))
