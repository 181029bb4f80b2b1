#!/usr/bin/env python3
"""Makes solo.csv and pairs.csv of each GPU from Gavel's simulation_throughputs.json: derive.py simulation_throughputs.json

Standard library only. Same input, same bytes.
"""
import ast
import csv
import json
import pathlib
import re
import sys

GPUS = ("k80", "p100", "v100")
HERE = pathlib.Path(__file__).parent


def number(value):
    """Six significant digits; a rate of 0 was not measured."""
    return f"{value:.6g}" if value else ""


def configuration(job):
    """('LM (batch size 5)', 1) -> ('LM (batch size 5)', 'LM', 5); None for jobs on several GPUs."""
    name, gpus = ast.literal_eval(job)
    batch = re.fullmatch(r"(.*) \(batch size (\d+)\)", name)
    return None if gpus != 1 else (name, batch[1], batch[2]) if batch else (name, name, "")


rates = json.loads(pathlib.Path(sys.argv[1]).read_text())
jobs = {job: configuration(job) for job in rates["k80"] if configuration(job)}
for gpu in GPUS:
    others = [g for g in GPUS if g != gpu]
    (HERE / gpu).mkdir(exist_ok=True)
    with open(HERE / gpu / "solo.csv", "w", newline="") as file:
        solo = csv.writer(file, lineterminator="\n")
        solo.writerow(["workload", "model", "batch_size", "steps_per_s", *(f"{g}_steps_per_s" for g in others)])
        for job, (name, model, batch) in jobs.items():
            solo.writerow([name, model, batch, *(number(rates[g][job]["null"]) for g in (gpu, *others))])
    with open(HERE / gpu / "pairs.csv", "w", newline="") as file:
        pairs = csv.writer(file, lineterminator="\n")
        pairs.writerow(["workload_a", "workload_b", "score_a", "score_b"])
        for i, a in enumerate(jobs):
            for b in list(jobs)[i:]:
                together = rates[gpu][a][b]
                if all(together):
                    pairs.writerow([jobs[a][0], jobs[b][0], *(f"{t / rates[gpu][j]['null']:.6f}" for t, j in zip(together, (a, b)))])
