-- Where do guests wait? Share of time a loaded guest is ready to run but has no pcpu, alone and beside another.
select r.kind, d.workload, count(*) as guests, round(avg(m.wait_fraction), 6) as wait_fraction, round(avg(m.cpu_fraction), 6) as cpu_fraction
from domain_metrics m
join run_domains d using (run, domain)
join runs r using (run)
where r.kind in ('base', 'pair') and d.workload is not null and d.workload <> 'idle' and m.wait_fraction is not null
group by r.kind, d.workload
order by wait_fraction desc, r.kind, d.workload
