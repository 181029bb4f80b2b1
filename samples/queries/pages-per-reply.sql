-- How many pages does the hypervisor exchange for one reply of each workload, alone on the host?
select c.workload, count(*) as runs, round(sum(h.pages_per_s) / sum(c.throughput_per_s), 6) as pages_per_reply
from host_metrics h
join runs r using (run)
join client_results c using (run)
where r.kind = 'base' and h.pages_per_s is not null and c.throughput_per_s is not null
group by c.workload
order by pages_per_reply
