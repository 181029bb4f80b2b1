-- How does Domain-0's CPU grow with the number of loaded guests, at full load?
select count(*) as runs, loaded, round(avg(m.cpu_fraction), 6) as dom0_cpu_fraction
from domain_metrics m
join runs r using (run)
join (select run, count(*) filter (where workload <> 'idle') as loaded from run_domains group by run) using (run)
where m.domid = 0 and m.cpu_fraction is not null and (r.rate_fraction = 1 or r.kind = 'idle')
group by loaded
order by loaded
