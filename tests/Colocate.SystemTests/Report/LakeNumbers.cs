namespace Colocate.SystemTests.Report;

/// <summary>
/// What the tables of the report must hold, as SQL over the lake's Parquet files: written for a reader that shares no code with the product. Column names are
/// those of the CSV files; a figure that joins and decides more than SQL can say in a few lines stands here with the columns that it takes as they are.
/// </summary>
internal static class LakeNumbers
{
    /// <summary>Figure and query; <c>{table}</c> names a table. Rows count as a multiset of the columns that the query gives.</summary>
    public static IReadOnlyList<(string Figure, string Sql)> All { get; } =
    [
        ("measured", """
            select kind, campaign, count(*) runs, sum((run in (select run from {client_results}))::int) client_runs, sum((run in (select run from {host_metrics} where window_s is not null))::int) traced_runs,
                   sum((run in (select run from {xentop_samples}))::int) xentop_runs, sum(load_s) load_s
            from {runs} group by all
            """),
        ("runs", "select run, campaign, kind, status, load_s, (select sum(lost_records) from {input_files} f where f.run = r.run) lost_records, (select sum(errors) from {client_results} c where c.run = r.run) client_errors from {runs} r"),
        ("diagnostics", "select code, severity, sum(count) occurrences, count(distinct run) runs from {diagnostics} group by all"),
        ("trace-coverage", """
            select run, window_s, cpu_fraction, idle_fraction, lost_fraction, (select sum(records) from {trace_events} e where e.run = h.run) records,
                   coalesce((select sum(records) from {trace_events} e where e.run = h.run and event is null), 0) unknown_records
            from {host_metrics} h where window_s is not null
            """),
        ("cpu-agreement", """
            select m.run, m.domain, m.cpu_fraction trace_cpu_fraction, avg(s.cpu_fraction) xentop_cpu_fraction, avg(s.cpu_fraction) - m.cpu_fraction difference_fraction, count(*) xentop_samples
            from {domain_metrics} m join {xentop_samples} s using (run, domain)
            where m.cpu_source = 'trace' and m.cpu_fraction is not null and s.in_load_window and s.cpu_fraction is not null group by m.run, m.domain, m.cpu_fraction
            """),
        ("cross-checks", "select run, domain, quantity, first_source, first_value, second_source, second_value, difference, tolerance, tolerance_source from {cross_checks} where verdict in ('agree', 'disagree')"),
        ("steady-load", """
            with spans as (select run, 'host' as domain, interval_index, cpu_fraction from {host_intervals} where window_s > 0.99 and cpu_fraction is not null
                           union all select run, domain, interval_index, cpu_fraction from {domain_intervals} where window_s > 0.99 and cpu_fraction is not null),
                 placed as (select *, row_number() over (partition by run, domain order by interval_index) place, count(*) over (partition by run, domain) n from spans)
            select run, domain, any_value(workload) workload, any_value(n) as "seconds", avg(cpu_fraction) as cpu_fraction,
                   avg(cpu_fraction) filter (place > n - n // 2) - avg(cpu_fraction) filter (place <= n // 2) drift_fraction
            from placed left join {run_domains} using (run, domain) where n >= 4 group by run, domain
            """),
        ("base-spread", "select workload, campaign, runs, throughput_per_s, throughput_sd throughput_sd_per_s, throughput_sd / throughput_per_s spread_fraction, rule from {base_cases}"),
        ("pair-spread", """
            with pairs as (select run, campaign, any_value(combined) combined, string_agg(workload, '+' order by workload) pair from {scores} where kind = 'pair' and rate_fraction = 1 and combined is not null group by run, campaign)
            select run, campaign, combined, count(*) over (partition by pair) pair_runs, avg(combined) over (partition by pair) pair_mean, stddev_samp(combined) over (partition by pair) pair_sd from pairs
            """),
        ("combined-score", """
            select measured.combined_mean measured_combined, measured.combined_sd measured_sd, coalesce(measured.runs, 0) runs, predicted.combined predicted_combined, predicted.low predicted_low, predicted.high predicted_high
            from {pair_scores} measured full join {predictions} predicted
            on least(measured.workload_a, measured.workload_b) = least(predicted.workload_a, predicted.workload_b) and greatest(measured.workload_a, measured.workload_b) = greatest(predicted.workload_a, predicted.workload_b)
            """),
        ("pair-matrix", """
            select measured.combined_mean measured_combined, predicted.combined predicted_combined, predicted.level, predicted.combined - measured.combined_mean difference, predicted.trainer
            from {pair_scores} measured full join {predictions} predicted
            on least(measured.workload_a, measured.workload_b) = least(predicted.workload_a, predicted.workload_b) and greatest(measured.workload_a, measured.workload_b) = greatest(predicted.workload_a, predicted.workload_b)
            """),
        ("unseen-pairs", """
            select s.like_run run, m.combined measured, s.combined simulated, s.combined_low simulated_low, s.combined_high simulated_high, s.replicas, (s.combined - m.combined) / m.combined error_fraction
            from {simulated_runs} s join (select run, any_value(combined) combined from {scores} where kind = 'pair' and combined > 0 group by run) m on m.run = s.like_run where s.kind = 'like'
            """),
        ("calibration-residuals", "select run, campaign, workload, domain, observable, fitted, measured, simulated, tolerance, residual from {calibration_residuals}"),
        ("calibration-parameters", "select parameter, value, log_standard_error standard_error_fraction, accepted_low, accepted_high, low, high, parameter_unit unit, fitted, source from {calibration_parameters}"),
        ("calibration-ties", "select distinct direction, eigenvalue from {calibration_eigen}"),
        ("calibration-profiles", "select parameter, value, parameter_unit unit, loss, expected from {calibration_profiles}"),
        ("lab-claims", "select claim, role, verdict, statement, tolerance, value, unit, miss from {claims} where source = 'lab'"),
        ("paper-claims", "select claim, role, verdict, statement, value, unit, miss from {claims} where source = 'paper'"),
        ("evaluation", "select protocol, model, model_kind kind, n, mae, mape mape_fraction, rmse, spearman, regret_mean, coverage coverage_fraction, level level_fraction, width from {evaluations}"),
        ("held-out", """select protocol, held_out, measured, predicted, low, high, predicted - measured "error", weight runs, chosen from {evaluation_pairs} where model = 'auto' """),
        ("contributions", "select feature, contribution, low, high, slope, models, trainer, definition from {feature_contributions}"),
        ("guest-traces", """
            select g.run, g.domain, g.requests_per_s, c.throughput_per_s client_throughput_per_s, g.reply_p50_ms, g.reply_p99_ms, c.reply_ms client_reply_ms, g.failed_requests, g.unpaired_requests
            from {guest_results} g left join {client_results} c using (run, domain)
            """),
        ("input-files", "select file, role, format, status, bytes, parsed_bytes, skipped_bytes, set_aside_bytes, coalesce(sha256, xxh128) as digest from {input_files}"),
        ("sweep", """
            select s.scenario run, 'simulated' origin, s.rate_fraction, d.domain, d.workload, d.offered_per_s, d.throughput_per_s, d.score, s.combined, s.switches_per_s, s.pages_per_execution, d.block_fraction guest_block_fraction, d.wait_fraction guest_wait_fraction
            from {simulated_runs} s join {simulated_domains} d using (scenario)
            where d.workload is not null and d.workload <> 'idle' and s.kind in ('sweep', 'pair') and (s.kind = 'sweep' or s.rate_fraction = 1)
              and (select list_sort(list(workload)) from {simulated_domains} x where x.scenario = s.scenario and x.workload is not null)
                in (select list_sort(list(workload)) from {simulated_domains} y join {simulated_runs} z using (scenario) where z.kind = 'sweep' and y.workload is not null group by scenario)
            union all
            select s.run, 'measured', s.rate_fraction, s.domain, s.workload, d.offered_per_s, s.throughput_per_s, s.score, s.combined, h.switches_per_s, h.pages_per_execution, m.block_fraction, m.wait_fraction
            from {scores} s join {run_domains} d using (run, domain) left join {host_metrics} h on h.run = s.run left join {domain_metrics} m on m.run = s.run and m.domain = s.domain
            where s.kind in ('sweep', 'pair') and (s.kind = 'sweep' or s.rate_fraction = 1)
              and (select list_sort(list(workload)) from {scores} x where x.run = s.run) in (select list_sort(list(workload)) from {scores} y where y.kind = 'sweep' group by run)
            """),
        ("network", """
            select s.scenario run, 'simulated' origin, s.rate_fraction, sum(d.net_kb_per_s) net_kb_per_s from {simulated_runs} s join {simulated_domains} d using (scenario)
            where d.workload is not null and s.kind in ('sweep', 'pair') and (s.kind = 'sweep' or s.rate_fraction = 1)
              and (select list_sort(list(workload)) from {simulated_domains} x where x.scenario = s.scenario and x.workload is not null)
                in (select list_sort(list(workload)) from {simulated_domains} y join {simulated_runs} z using (scenario) where z.kind = 'sweep' and y.workload is not null group by scenario)
            group by s.scenario, s.rate_fraction
            union all
            select s.run, 'measured', s.rate_fraction, sum(c.net_kb_per_s) from {scores} s join {client_results} c using (run, domain)
            where s.kind in ('sweep', 'pair') and (s.kind = 'sweep' or s.rate_fraction = 1)
              and (select list_sort(list(workload)) from {scores} x where x.run = s.run) in (select list_sort(list(workload)) from {scores} y where y.kind = 'sweep' group by run)
            group by s.run, s.rate_fraction
            """),
    ];

    /// <summary>Figures that choose among what a query finds: each of their rows is one of its rows.</summary>
    public static IReadOnlyList<(string Figure, string Sql)> Choices { get; } =
    [
        ("placement", """
            with known as (select least(workload_a, workload_b) as a, greatest(workload_a, workload_b) as b, workload_a as named_first, combined_mean as combined, score_a_mean as score_a, score_b_mean as score_b, null as low, null as high, 'measured' as "source" from {pair_scores}
                           union all select least(workload_a, workload_b), greatest(workload_a, workload_b), workload_a, combined, score_a, score_b, low, high, 'predicted' from {predictions} p
                           where not exists (select 1 from {pair_scores} m where least(m.workload_a, m.workload_b) = least(p.workload_a, p.workload_b) and greatest(m.workload_a, m.workload_b) = greatest(p.workload_a, p.workload_b)))
            select a as workload_a, b as workload_b, combined, case when a = named_first then score_a else score_b end as score_a, case when a = named_first then score_b else score_a end as score_b, low, high, source from known
            union select b, a, combined, case when b = named_first then score_a else score_b end, case when b = named_first then score_b else score_a end, low, high, source from known
            """),
    ];
}
