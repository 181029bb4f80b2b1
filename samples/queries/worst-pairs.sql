-- Which pairs lose most by sharing a host? 1 is what taking turns would give.
select workload_a, workload_b, runs, round(combined_mean, 6) as combined
from pair_scores
order by combined_mean, workload_a, workload_b
limit 5
