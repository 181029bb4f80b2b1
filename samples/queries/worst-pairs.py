"""Which pairs lose most by sharing a host? 1 is what taking turns would give."""
from export import table, answer

pairs = table("pair_scores").sort_values(["combined_mean", "workload_a", "workload_b"]).head(5)
pairs["combined"] = pairs["combined_mean"].round(6)
answer(pairs[["workload_a", "workload_b", "runs", "combined"]])
