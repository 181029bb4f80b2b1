"""How does Domain-0's CPU grow with the number of loaded guests, at full load?"""
from export import table, answer

domains = table("run_domains")
loaded = (domains["workload"].notna() & (domains["workload"] != "idle")).groupby(domains["run"]).sum().rename("loaded")
metrics = table("domain_metrics").query("domid == 0").dropna(subset=["cpu_fraction"])
runs = metrics.merge(table("runs")[["run", "kind", "rate_fraction"]], on="run").merge(loaded, on="run")
runs = runs[(runs["rate_fraction"] == 1) | (runs["kind"] == "idle")]
by_load = runs.groupby("loaded")["cpu_fraction"].agg(["count", "mean"]).reset_index()
by_load = by_load.rename(columns={"count": "runs", "mean": "dom0_cpu_fraction"}).round(6)
answer(by_load[["runs", "loaded", "dom0_cpu_fraction"]])
