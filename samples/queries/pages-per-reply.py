"""How many pages does the hypervisor exchange for one reply of each workload, alone on the host?"""
from export import table, answer

runs = table("runs").query("kind == 'base'")[["run"]]
rows = runs.merge(table("host_metrics"), on="run").merge(table("client_results"), on="run")
rows = rows.dropna(subset=["pages_per_s", "throughput_per_s"])
sums = rows.groupby("workload").agg(runs=("run", "count"), pages=("pages_per_s", "sum"), replies=("throughput_per_s", "sum")).reset_index()
sums["pages_per_reply"] = (sums["pages"] / sums["replies"]).round(6)
answer(sums.sort_values("pages_per_reply")[["workload", "runs", "pages_per_reply"]])
