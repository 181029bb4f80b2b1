using System.Text.Json.Nodes;
using Colocate.Cli.Report;
using Colocate.Model.Tables;

namespace Colocate.Tests.Report;

/// <summary>What each figure says and lists for the tiny lake, and that it says why when it has nothing.</summary>
public sealed class FigureTests
{
    public static TheoryData<string> Ids => [.. FigureCatalogue.All.Select(f => f.Id)];

    [Theory]
    [InlineData("lab-claims", Verdict.WithCare, "calibrate: 1 pass; validate: 1 near. A claim is near when it misses its tolerance by no more than that once again; only the role validate was unseen by the calibration.", """
        claim,role,verdict,statement,target,tolerance,value,unit,miss,reason,command
        pair-1/combined,validate,near,combined of the run is as measured,~ 1.35,0.1 abs,1.2,score,1.5,off by 1.5 tolerances,colocate simulate --like pair-1
        base-1/vm1/cpu_fraction,calibrate,pass,cpu_fraction of vm1 is as measured,~ 0.5,0.02 abs,0.51,fraction,0.5,,colocate simulate --like base-1

        """)]
    [InlineData("paper-claims", Verdict.No, "validate: 1 fail; none: 1 not tested. A claim is near when it misses its tolerance by no more than that once again; only the role validate was unseen by the calibration. Failed ones are marked in the table.", """
        claim,role,verdict,statement,target,tolerance,value,unit,miss,reason,command
        F302,validate,fail,"Best pair, by far",= 1.58,5%,1.75,score,2.5,off by 2.5 tolerances,colocate simulate
        R01,none,not_tested,Earlier study,~ 5,reference,,percent,,Anchor,

        """)]
    [InlineData("measured", null, "5 runs in 1 campaign: 3 base, 1 pair, 1 sweep. Clients counted replies in 2, xentrace recorded 1, xentop 5, and 1 hold a trace from inside a guest; load lasted 100 seconds in all.", """
        kind,campaign,runs,client_runs,traced_runs,xentop_runs,guest_traced_runs,load_s
        base,c1,3,0,0,3,0,60
        pair,c1,1,1,1,1,1,20
        sweep,c1,1,1,0,1,0,20

        """)]
    [InlineData("trace-coverage", Verdict.WithCare,
        "In 1 of 1 traced run busy, idle and lost time add up to at least 99 % of what the pcpus had; least in pair-1, 100.0 %. Lost while recording: at most 0.0 % of a run's pcpu time. Of 1 000 records, 2.0 % are events that no table names.", """
        run,pcpus,window_s,cpu_fraction,idle_fraction,lost_fraction,known_fraction,records,unknown_records,unknown_fraction
        pair-1,0,14,0.95,0.05,,1,1000,20,0.02

        """)]
    [InlineData("pair-spread", Verdict.WithCare,
        "Each of 1 pair was measured once: how much of a score is luck is unknown. Points are runs, the line is the mean of the pair with one standard deviation to both sides.", """
        pair,run,campaign,combined,pair_runs,pair_mean,pair_sd,spread_fraction
        "(1KB, 100KB)",pair-1,c1,1.35,1,1.35,,

        """)]
    [InlineData("contributions", null,
        "The model ridge rests on 2 features. The first, constant_demand (bound), moves the predicted combined score of a measured pair by 0.250 on average, 80.0 % of all moves. A move is the prediction less the one with the feature at its mean of training; lines span the models that left one workload out. Solid bars raise the score where the feature is large, hatched ones lower it.", """
        feature,contribution,low,high,slope,models,trainer,definition
        constant_demand,0.25,0.125,0.5,0.3,2,ridge,bound
        sum_net_fraction,0.0625,,,-0.05,0,ridge,u_a + u_b

        """)]
    [InlineData("runs", Verdict.WithCare, "1 of 5 runs lost data (pair-1). 12 records were lost while recording.", """
        run,campaign,kind,status,lost_records,skipped_bytes,set_aside_bytes,window_s,load_s,driver_cpu_difference_fraction,guest_cpu_difference_fraction,client_errors,client_timeouts
        base-1,c1,base,ok,,,,,20,,,,
        base-2,c1,base,ok,,,,,20,,,,
        base-3,c1,base,ok,,,,,20,,,,
        sweep-1,c1,sweep,ok,,,,,20,,,,
        pair-1,c1,pair,lossy,12,8,0,14,20,-0.08000000000000002,0.04999999999999999,7,5

        """)]
    [InlineData("diagnostics", Verdict.WithCare, "2 kinds of finding: 1 of severity data loss, 1 of severity warning.", """
        code,severity,occurrences,runs,sentence,remedy,example
        XT-LOST,data_loss,1,1,"Lost, dropped.",Larger buffer.,runs/pair-1/xentrace.bin: 12 records
        HT-NAN,warning,3,2,Not a number.,Nothing.,base-1

        """)]
    [InlineData("cpu-agreement", Verdict.WithCare,
        "1 of 2 readings agree within five points (dotted lines); the mean difference is −1.5 points. Furthest apart: Domain-0 in pair-1, −8.0 points.", """
        run,domain,workload,trace_cpu_fraction,xentop_cpu_fraction,xentop_samples,difference_fraction
        pair-1,Domain-0,,0.4,0.32,2,-0.08000000000000002
        pair-1,vm1,1KB,0.45,0.5,1,0.04999999999999999

        """)]
    [InlineData("cross-checks", Verdict.WithCare, "2 figures told by two sources, 1 within their tolerance; 1 with one source only are not shown.", """
        run,domain,quantity,first_source,first_value,second_source,second_value,difference,tolerance,tolerance_source
        pair-1,vm1,replies_per_s,client,60,guest_trace,80,20,3,a second
        pair-1,vm1,cpu_fraction,trace,0.45,xentop,0.47,0.02,0.05,five points

        """)]
    [InlineData("steady-load", Verdict.WithCare,
        "In 1 of 2 cases the second half of the window uses as much CPU as the first, within five points (dotted lines). The largest drift: vm1 in pair-1, +10.0 points.", """
        run,domain,workload,seconds,cpu_fraction,drift_fraction
        pair-1,host,,4,0.9,0
        pair-1,vm1,1KB,4,0.45,0.09999999999999998

        """)]
    [InlineData("base-spread", Verdict.WithCare,
        "The widest spread is that of 1KB in c1: 15.0 % of its mean over 2 runs. A difference of scores below the spread of its base case is luck. Resting on a single run: 1 of 2 base cases.", """
        workload,campaign,runs,throughput_per_s,throughput_sd_per_s,spread_fraction,rule
        1KB,c1,2,100,15,0.15,mean
        100KB,c1,1,4,,,mean

        """)]
    [InlineData("guest-traces", null, "Over 1 guest, requests counted inside lie between 1.03 and 1.03 times the client's rate.", """
        run,domain,requests_per_s,client_throughput_per_s,reply_p50_ms,reply_p99_ms,client_reply_ms,failed_requests,unpaired_requests
        pair-1,vm1,61.5,60,4,21,8.5,0,1

        """)]
    [InlineData("combined-score", null,
        "(1KB, 100KB) gets along best, measured 1.25 ± 0.13, 2 runs; (1KB, 1KB) worst, measured 0.88, one run. 1 of 2 measured pairs beat taking turns (score 1). The line through a mark is one standard deviation over repeats (without it the pair was measured once), the range over replicas, or the interval of the prediction. The simulation is off by 0.088 on average over 2 measured pairs, most for (1KB, 1KB): 0.75 simulated and 0.88 measured. Hatched bars (1 pair) were never measured: they show the prediction, or the simulation where there is none.", """
        pair,measured_combined,measured_sd,runs,score_a,score_b,combined_max,combined_max_rate_fraction,simulated_combined,simulated_low,simulated_high,simulated_kind,simulated_scenarios,predicted_combined,predicted_low,predicted_high,extrapolates
        "(1KB, 100KB)",1.25,0.125,2,0.5,0.75,1.5,0.5,1.2,1.075,1.325,like,1,,,,
        "(100KB, 100KB)",,,0,0.5,0.5,,,,,,,,1,0.75,1.5,true
        "(1KB, 1KB)",0.875,,1,0.5,0.375,,,0.75,0.625,0.875,pair,1,,,,

        """)]
    [InlineData("pair-matrix", null,
        "2 of 3 possible pairs of 2 workloads were measured; 2 were simulated; 1 has a prediction (bold where the pair was never measured). Hatched cells are unknown. Purple is better than taking turns, orange worse. Simulated minus measured lies between −0.13 and −0.05 over 2 pairs: green is simulated too high, brown too low.", """
        workload_a,workload_b,measured_combined,simulated_combined,simulated_low,simulated_high,simulated_kind,simulated_difference,predicted_combined,predicted_low,predicted_high,level,difference,trainer
        1KB,1KB,0.875,0.75,0.625,0.875,pair,-0.125,,,,,,
        1KB,100KB,1.25,1.2,1.075,1.325,like,-0.050000000000000044,,,,,,
        100KB,100KB,,,,,,,1,0.75,1.5,0.9,,ridge

        """)]
    [InlineData("placement", null,
        "Two guests of each of 2 workloads on 2 hosts, placed best, score 2.50 in all; placed at random 2.29 on average, best pair first 2.50. Best is (1KB, 100KB) with 1.25, worst (1KB, 100KB) with 1.25; every score was measured. No single measurement is expected to raise it by a thousandth.", """
        host,workload_a,workload_b,combined,score_a,score_b,low,high,source
        1,1KB,100KB,1.25,0.5,0.75,,,measured
        2,1KB,100KB,1.25,0.5,0.75,,,measured

        """)]
    [InlineData("sweep", null,
        "Combined score: (1KB, 100KB) peaks at 1.35 at the 100 % rate, simulated it peaks at 1.50 at the 100 % rate. Points are measured runs, lines simulations; colour is the workload (grey: driver domain or host of a mixed pair), symbol and dash the pair. Only traced runs show switches, pages, blocked and waiting time; measured CPU is from the trace (filled) or from xentop (open).", """
        run,origin,pair,rate_fraction,domain,workload,offered_per_s,throughput_per_s,score,combined,switches_per_s,pages_per_execution,driver_cpu_fraction,driver_cpu_source,driver_block_fraction,driver_wait_fraction,guest_cpu_fraction,guest_cpu_source,guest_block_fraction,guest_wait_fraction
        sweep-1,measured,"(1KB, 100KB)",0.5,vm1,100KB,80,2,0.5,1,,,0.32,xentop,,,0.5,xentop,,
        sweep-1,measured,"(1KB, 100KB)",0.5,vm2,1KB,80,50,0.5,1,,,0.32,xentop,,,,,,
        sweep/1KB+100KB@0.5,simulated,"(1KB, 100KB)",0.5,vm1,1KB,,,0.5,1.125,1000,1.25,0.25,simulated,,0.125,0.375,simulated,0.5,
        sweep/1KB+100KB@0.5,simulated,"(1KB, 100KB)",0.5,vm2,100KB,,,0.625,1.125,1000,1.25,0.25,simulated,,0.125,0.375,simulated,0.5,
        pair-1,measured,"(1KB, 100KB)",1,vm1,1KB,80,60,0.6,1.35,900,1.5,0.4,trace,0.2,0.25,0.45,trace,0.2,0.25
        pair-1,measured,"(1KB, 100KB)",1,vm2,100KB,80,3,0.75,1.35,900,1.5,0.4,trace,0.2,0.25,0.1,trace,0.2,0.25
        pair/1KB+100KB,simulated,"(1KB, 100KB)",1,vm1,1KB,,,0.875,1.5,1000,1.25,0.25,simulated,,0.125,0.375,simulated,0.5,
        pair/1KB+100KB,simulated,"(1KB, 100KB)",1,vm2,100KB,,,0.625,1.5,1000,1.25,0.25,simulated,,0.125,0.375,simulated,0.5,

        """)]
    [InlineData("network", null,
        "(1KB, 100KB) measured at most 380 KiB/s, only at the 100 % rate, simulated at most 380 KiB/s, flat from the 50 % to the 100 % rate. Wide bands mark where throughput is within 10 % of its peak; points are measured runs, lines simulations.", """
        run,origin,pair,rate_fraction,net_kb_per_s
        sweep-1,measured,"(1KB, 100KB)",0.5,264
        sweep/1KB+100KB@0.5,simulated,"(1KB, 100KB)",0.5,380
        pair-1,measured,"(1KB, 100KB)",1,380
        pair/1KB+100KB,simulated,"(1KB, 100KB)",1,380

        """)]
    [InlineData("unseen-pairs", Verdict.WithCare,
        "Over 1 run of 1 pair the simulated combined score is off by 11.1 % on average (mean absolute percentage error), more than the 10.0 % by which repeats of a pair differ (mean coefficient of variation of 1 pair). Over the same runs the constant-demand baseline is off by 20.0 %, more (one workload held out); the predictor is off by 25.9 %, more (one workload held out). On average the simulation is 11.1 % too low; furthest off is (1KB, 100KB) in pair-1, 1.20 simulated and 1.35 measured.", """
        pair,run,measured,simulated,simulated_low,simulated_high,replicas,error_fraction,constant_demand,predicted
        "(1KB, 100KB)",pair-1,1.35,1.2,1.075,1.325,4,-0.1111111111111112,1.62,1

        """)]
    [InlineData("calibration-residuals", Verdict.WithCare,
        "1 of 2 fitted values lies within one tolerance; the root mean square residual is 2.24. Furthest off: executions_per_s of Domain-0 in base-3, 1 280 simulated and 1 400 measured, −3.00 tolerances. 1 of 1 value that is only shown lies within one tolerance; the root mean square residual is 0.50. Furthest off: switches_per_s of host in base-1, 945 simulated and 900 measured, 0.50 tolerances. A residual is (simulated − measured) / tolerance; dotted lines mark one tolerance.", """
        run,campaign,workload,domain,observable,fitted,measured,simulated,tolerance,residual
        base-1,c1,1KB,vm1,cpu_fraction,true,0.5,0.52,0.02,1
        base-3,c1,100KB,Domain-0,executions_per_s,true,1400,1280,40,-3
        base-1,c1,1KB,host,switches_per_s,false,900,945,90,0.5

        """)]
    [InlineData("calibration-parameters", Verdict.WithCare,
        "Fitted to runs: 2 of 3 parameters; set beforehand: 1. 1 of 2 ranges holds its parameter back, within 2 % of an end, where the range decided and not the runs: switch_us. The median standard error of 1 fitted parameter is 12.5 %. Bars span the parameter vectors that explain the runs about as well.", """
        parameter,value,standard_error_fraction,accepted_low,accepted_high,low,high,unit,fitted,place_fraction,at_end,meaning,source
        request_us,10,0.125,8,12,2.5,40,us,true,0.5,false,CPU of a request,base runs
        switch_us,4,,,,4,36,us,true,0,true,CPU of a switch,article
        tslice_ms,30,,,,,,ms,false,,,time slice,manifest

        """)]
    [InlineData("calibration-ties", Verdict.WithCare,
        "Of 2 combinations of parameters the runs say less than the prior of 1. They say least of request_us +0.80, switch_us −0.60 (0.5 times the prior); of switch_us +0.80, request_us +0.60 (99 times the prior). Tied to each other: request_us with switch_us (−0.97).", """
        direction,eigenvalue,parameters
        1,0.5,"request_us +0.80, switch_us −0.60"
        2,99,"switch_us +0.80, request_us +0.60"

        """)]
    [InlineData("calibration-profiles", Verdict.WithCare,
        "1 of 2 curves does not rise by 3.84 to both sides, where 95 % of a parameter's range would end: switch_us. The least loss found is 20. Lines are simulated, all other parameters at their best; dotted ones the parabola of the standard error. Simulations are rugged: single points may lie off.", """
        parameter,value,unit,loss,expected
        request_us,8,us,25,24
        request_us,10,us,20,20.5
        request_us,12,us,24.5,24
        switch_us,4,us,21,20
        switch_us,8,us,24.5,24

        """)]
    [InlineData("evaluation", Verdict.WithCare,
        "With one workload held out, auto errs by 0.500 on average and the best baseline (mean) by 0.250; with one pair held out, auto errs by 0.125 on average and the best baseline (mean) by 0.250. The highlighted row, auto, is what training chooses without seeing the held-out pairs: it alone counts. Errors are of the combined score.", """
        protocol,model,kind,n,mae,mape_fraction,rmse,spearman,regret_mean,coverage_fraction,level_fraction,width
        workload,auto,trainer,3,0.5,0.4,0.6,,,,,
        workload,mean,baseline,3,0.25,0.2,0.3,,,,,
        pair,auto,trainer,2,0.125,0.1,0.15,1,,0.5,0.9,0.4
        pair,mean,baseline,2,0.25,0.2,0.3,,,,,

        """)]
    [InlineData("held-out", null,
        "With one workload held out (model auto), 1 of 1 intervals hold the measured score; the largest error is that of (1KB, 100KB), 1.00 predicted and 1.25 measured. On the diagonal a prediction is right; colour and symbol name the first workload of the pair, and a pair appears once for every fold that held it out.", """
        pair,protocol,held_out,measured,predicted,low,high,error,runs,chosen
        "(1KB, 100KB)",workload,1KB,1.25,1,0.5,1.5,-0.25,2,ridge

        """)]
    [InlineData("input-files", null, "1 file of 4 096 bytes in total; a file with the same digest is the same file.", """
        file,role,format,status,bytes,parsed_bytes,skipped_bytes,set_aside_bytes,digest
        runs/pair-1/xentrace.bin,trace,xentrace,lossy,4096,4088,8,0,00ff

        """)]
    public void A_figure_says_what_to_see_and_lists_its_numbers(string id, Verdict? verdict, string finding, string csv)
    {
        Drawing drawing = Figure(id).Draw(TinyTables.Lake);
        Assert.Equal(finding, drawing.Finding.Replace('\u202F', ' '));
        Assert.Equal(verdict, drawing.Verdict);
        Assert.Equal(csv, drawing.Numbers!.ToCsv());
    }

    [Theory]
    [InlineData(Verdict.Yes, 2, 10.0)]
    [InlineData(Verdict.WithCare, 2, 10.1)]
    [InlineData(Verdict.WithCare, 1, null)]
    public void Base_cases_repeat_well_when_each_has_repeats_within_a_tenth(Verdict verdict, int runs, double? sd)
    {
        BaseCaseRow good = new() { Campaign = "c", Workload = "1KB", Runs = 3, ThroughputPerS = 100, ThroughputSd = 1, Rule = "mean" };
        BaseCaseRow other = good with { Workload = "9KB", Runs = runs, ThroughputSd = sd };
        Assert.Equal(verdict, Figure("base-spread").Draw(new ReportTables { BaseCases = [good, other] }).Verdict);
    }

    [Theory]
    [InlineData("information", Verdict.Yes)]
    [InlineData("warning", Verdict.WithCare)]
    [InlineData("data_loss", Verdict.WithCare)]
    [InlineData("error", Verdict.WithCare)]
    public void Every_finding_but_information_is_a_complaint(string severity, Verdict verdict)
    {
        DiagnosticRow row = new() { Run = "r", Code = "FL-X", Severity = severity, Count = 1, Sentence = "S.", Remedy = "R." };
        Assert.Equal(verdict, Figure("diagnostics").Draw(new ReportTables { Diagnostics = [row] }).Verdict);
    }

    [Fact]
    public void A_single_run_is_spoken_of_in_the_singular() =>
        Assert.Equal("The only run is whole. No record was lost while recording.",
            Figure("runs").Draw(new ReportTables { Runs = [new RunRow { Run = "r", Campaign = "c", Kind = "base", Status = "ok" }] }).Finding);

    [Theory]
    [MemberData(nameof(Ids))]
    public void Without_data_a_figure_says_why_and_draws_nothing(string id)
    {
        Drawing drawing = Figure(id).Draw(new ReportTables());
        Assert.EndsWith(".", drawing.Finding, StringComparison.Ordinal);
        Assert.Null(drawing.Plot);
        Assert.Null(drawing.Numbers);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_figure_reads_the_tables_it_names_and_no_other(string id)
    {
        IFigure figure = Figure(id);
        Drawing whole = figure.Draw(TinyTables.Lake);
        foreach (Table table in TableCatalogue.All)
        {
            if (typeof(ReportTables).GetProperties().FirstOrDefault(p => p.PropertyType == typeof(IReadOnlyList<>).MakeGenericType(table.RowType)) is not { } property)
                continue;
            ReportTables without = TinyTables.Lake with { };
            property.SetValue(without, Array.CreateInstance(table.RowType, 0));
            Drawing drawing = figure.Draw(without);
            bool isSame = (drawing.Finding, drawing.Numbers?.ToCsv(), drawing.Plot?.ToJson()) == (whole.Finding, whole.Numbers!.ToCsv(), whole.Plot?.ToJson());
            Assert.True(isSame != figure.Reads.Contains(table), $"{id}, {table.Name}");
        }
    }

    [Fact]
    public void The_bars_of_Figure_3_are_sorted_halves_beside_marks_of_measurement_simulation_and_prediction()
    {
        JsonNode plot = JsonNode.Parse(Figure("combined-score").Draw(TinyTables.Lake).Plot!.ToJson())!;
        JsonArray data = plot["data"]!.AsArray();
        Assert.Equal(["1KB", "100KB", "never measured"], data.Take(3).Select(t => (string?)t!["name"]));
        AssertJson("""
            {
              "type": "bar", "orientation": "h", "showlegend": false,
              "x": [0.5, 0.5], "y": [0, 2],
              "marker": { "color": ["#0072B2", "#0072B2"], "line": { "color": "#ffffff", "width": 0.8 } },
              "text": ["0.50", "0.50"], "textposition": "inside", "insidetextanchor": "middle", "textangle": 0, "textfont": { "size": 10.5 },
              "hovertext": ["<b>(1KB, 100KB)</b><br>measured 1.25 ± 0.13, 2 runs<br>1KB 0.50, 100KB 0.75", "<b>(1KB, 1KB)</b><br>measured 0.88, one run<br>1KB 0.50, 1KB 0.38"],
              "hoverinfo": "text"
            }
            """, data[3]!);
        AssertJson("[0.75, 0.375]", data[4]!["x"]!);
        AssertJson("""{ "shape": "/", "fgcolor": ["#56B4E9"], "bgcolor": "rgba(0,0,0,0)", "size": 6, "solidity": 0.35 }""", data[6]!["marker"]!["pattern"]!);
        AssertJson("""
            {
              "type": "scatter", "mode": "lines", "showlegend": false, "x": [1.125, 1.375, null], "y": [-0.22, -0.22, null],
              "line": { "color": "#64748B", "width": 2 }, "hoverinfo": "skip"
            }
            """, data[8]!);
        Assert.Equal(["measured", "simulated", "predicted"], new[] { 9, 12, 15 }.Select(i => (string?)data[i]!["name"]));
        AssertJson("[1.25, 0.875]", data[9]!["x"]!);
        AssertJson("""
            {
              "type": "scatter", "mode": "markers", "name": "simulated", "x": [1.2, 0.75], "y": [0, 2],
              "marker": { "color": "#8E5BD0", "symbol": "diamond", "size": 7.5, "line": { "color": "#ffffff", "width": 0.8 } },
              "hovertext": ["<b>(1KB, 100KB)</b><br>simulated 1.20, mean of 1 repeated run, 90 % interval for one more run 1.08 to 1.33", "<b>(1KB, 1KB)</b><br>simulated 0.75, 90 % interval for one more run 0.63 to 0.88"],
              "hoverinfo": "text"
            }
            """, data[12]!);
        AssertJson("[0.75, 1.5, null]", data[14]!["x"]!);
        AssertJson("""
            {
              "xaxis": { "title": { "text": "combined score  T₁/B₁ + T₂/B₂" }, "rangemode": "tozero" },
              "yaxis": {
                "tickmode": "array", "tickvals": [0, 1, 2],
                "ticktext": ["(1KB, 100KB)  <b>1.25</b>", "(100KB, 100KB)  <b>1.00</b>", "(1KB, 1KB)  <b>0.88</b>"],
                "range": [2.6, -0.6], "showgrid": false, "zeroline": false
              },
              "margin": { "t": 64 },
              "shapes": [{
                "type": "line", "layer": "above", "xref": "x", "yref": "y domain", "x0": 1, "y0": 0, "x1": 1, "y1": 1,
                "line": { "color": "#858b91", "width": 1.2, "dash": "solid" }
              }],
              "annotations": [{ "text": "taking turns", "x": 1, "y": 0, "xref": "x", "yref": "y domain", "xanchor": "left", "yanchor": "bottom", "showarrow": false }]
            }
            """, plot["layout"]!);
    }

    [Fact]
    public void The_matrix_is_symmetric_centred_on_1_and_hatches_what_is_unknown()
    {
        JsonNode plot = JsonNode.Parse(Figure("pair-matrix").Draw(TinyTables.Lake).Plot!.ToJson())!;
        AssertJson("[[0.875, 1.25], [1.25, null]]", plot["data"]![0]!["z"]!);
        AssertJson("[[0.75, 1.2], [1.2, null]]", plot["data"]![1]!["z"]!);
        AssertJson("[[null, null], [null, 1]]", plot["data"]![2]!["z"]!);
        AssertJson("""[["", ""], ["", "<b>1.00</b>"]]""", plot["data"]![2]!["text"]!);
        AssertJson("""[["−0.13", "−0.05"], ["−0.05", ""]]""", plot["data"]![3]!["text"]!);
        JsonNode colors = plot["layout"]!["coloraxis"]!;
        Assert.Equal((0.75, 1.25), ((double)colors["cmin"]!, (double)colors["cmax"]!));
        JsonNode differences = plot["layout"]!["coloraxis2"]!;
        Assert.Equal((-0.125, 0.125), ((double)differences["cmin"]!, (double)differences["cmax"]!));
        Assert.Equal(["x", "x2", "x3", "x4"], plot["layout"]!["shapes"]!.AsArray().Select(s => (string?)s!["xref"]));
        Assert.Equal(5, ((string)plot["layout"]!["shapes"]![0]!["path"]!).Count(c => c == 'M'));
    }

    [Fact]
    public void A_sweep_marks_readings_of_xentop_by_open_symbols()
    {
        JsonArray data = JsonNode.Parse(Figure("sweep").Draw(TinyTables.Lake).Plot!.ToJson())!["data"]!.AsArray();
        JsonNode driverCpu = data.Single(t => (string?)t!["xaxis"] == "x4" && (string?)t["mode"] == "markers")!;
        AssertJson("""["circle-open", "circle"]""", driverCpu["marker"]!["symbol"]!);
        AssertJson("[0.32, 0.4]", driverCpu["y"]!);
    }

    [Fact]
    public void A_prediction_named_the_other_way_round_keeps_its_halves_with_their_names()
    {
        PairAnswer answer = PairAnswer.All(new ReportTables
        {
            Predictions = [new PredictionRow { WorkloadA = "100KB", WorkloadB = "1KB", Combined = 1, ScoreA = 0.7, ScoreB = 0.3 }],
        }).Single();
        Assert.Equal(("1KB", 0.3, "100KB", 0.7), (answer.Pair.A, answer.ScoreA, answer.Pair.B, answer.ScoreB));
    }

    private static IFigure Figure(string id) => FigureCatalogue.All.Single(f => f.Id == id);

    private static void AssertJson(string expected, JsonNode actual) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), actual), actual.ToJsonString());
}
