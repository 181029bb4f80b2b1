"""Where do guests wait? Share of time a loaded guest is ready to run but has no pcpu, alone and beside another."""
from export import table, answer

guests = table("run_domains").dropna(subset=["workload"]).query("workload != 'idle'")[["run", "domain", "workload"]]
runs = table("runs")[["run", "kind"]].query("kind == 'base' or kind == 'pair'")
rows = table("domain_metrics").merge(guests, on=["run", "domain"]).merge(runs, on="run").dropna(subset=["wait_fraction"])
means = rows.groupby(["kind", "workload"]).agg(guests=("run", "count"), wait_fraction=("wait_fraction", "mean"), cpu_fraction=("cpu_fraction", "mean")).reset_index().round(6)
answer(means.sort_values(["wait_fraction", "kind", "workload"], ascending=[False, True, True]))
