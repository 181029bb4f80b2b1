using Colocate.Cli.Report;
using Colocate.Model.Tables;

namespace Colocate.Tests.Report;

public sealed class PaletteTests
{
    [Fact]
    public void Fifty_six_workloads_differ_in_colour_or_symbol()
    {
        string[] names = [.. Enumerable.Range(1, 56).Select(i => $"{i}KB")];
        var palette = new Palette(new ReportTables { BaseCases = [.. names.Select(n => new BaseCaseRow { Workload = n })] });
        Assert.Equal(56, names.Select(n => (palette.Color(n), palette.Symbol(n))).Distinct().Count());
    }

    [Fact]
    public void A_workload_has_one_colour_whichever_table_names_it()
    {
        var measured = new Palette(new ReportTables { BaseCases = [new() { Workload = "10KB" }, new() { Workload = "4KB" }] });
        var predicted = new Palette(new ReportTables { Predictions = [new() { WorkloadA = "4KB", WorkloadB = "10KB" }] });
        Assert.Equal(measured.Color("10KB"), predicted.Color("10KB"));
        Assert.NotEqual(measured.Color("10KB"), measured.Color("4KB"));
        Assert.Equal(Palette.Neutral, measured.Color("idle"));
    }
}
