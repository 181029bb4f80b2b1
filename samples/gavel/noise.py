#!/usr/bin/env python3
"""How far single measurements of pairs lie from what is smooth in the batch size: noise.py

Takes pairs of jobs of two networks, three batch sizes next to each other of either: the second difference of the score along both (weights 1 -2 1
times 1 -2 1) is free of everything that each job brings alone and of every straight trend of what two do to each other. Divided by 6, the root of
the squared weights' sum, its root mean square is the standard deviation of one measurement, curvature included (Rice, "Bandwidth choice for
nonparametric regression", Annals of Statistics 1984, along two axes). The median is robust against a few odd pairs.

Standard library only. Same input, same bytes.
"""
import csv
import itertools
import pathlib
import statistics

HERE = pathlib.Path(__file__).parent
SECOND = (1, -2, 1)


def rows(gpu, table):
    with (HERE / gpu / f"{table}.csv").open(newline="") as file:
        return list(csv.DictReader(file))


for gpu in ("k80", "p100", "v100"):
    networks = {}
    for job in sorted((j for j in rows(gpu, "solo") if j["batch_size"]), key=lambda j: int(j["batch_size"])):
        networks.setdefault(job["model"], []).append(job["workload"])
    score = {frozenset((p["workload_a"], p["workload_b"])): float(p["score_a"]) + float(p["score_b"]) for p in rows(gpu, "pairs")}
    differences = []
    for one, other in itertools.combinations(networks.values(), 2):
        for i, j in itertools.product(range(len(one) - 2), range(len(other) - 2)):
            cells = [(u * v, frozenset((one[i + x], other[j + y]))) for x, u in enumerate(SECOND) for y, v in enumerate(SECOND)]
            if all(pair in score for _, pair in cells):
                differences.append(sum(weight * score[pair] for weight, pair in cells) / 6)
    root = statistics.fmean(d * d for d in differences) ** 0.5
    robust = 1.4826 * statistics.median(abs(d) for d in differences)
    print(f"{gpu}: {len(differences)} differences, standard deviation {root:.3f}, by the median {robust:.3f}")
