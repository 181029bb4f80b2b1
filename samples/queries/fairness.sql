-- Who keeps more of its throughput beside whom? Mean T/B of a workload by its neighbour, most unequal pairs first.
select a.workload, b.workload as neighbour, count(*) as runs, round(avg(a.score), 6) as kept, round(avg(b.score), 6) as neighbour_kept
from scores a
join scores b on a.run = b.run and a.guest_index <> b.guest_index
where a.kind = 'pair' and a.rate_fraction = 1 and a.score is not null and b.score is not null and a.workload <> b.workload
group by a.workload, b.workload
having avg(a.score) > avg(b.score)
order by kept - neighbour_kept desc, a.workload, b.workload
