using Colocate.Model.Tables;
using Colocate.Predict.Evaluation;

namespace Colocate.Tests.Predict;

/// <summary>Bootstrap intervals of errors, over workloads.</summary>
public sealed class BootstrapTests
{
    private static readonly string[] s_names = ["a", "b", "c", "d", "e", "f", "g", "h"];

    [Fact]
    public void Equal_errors_leave_no_doubt()
    {
        EvaluationPairRow[] auto = Pairs((_, _) => 0.1), worse = Pairs((_, _) => 0.3);
        EvaluationRow row = new WorkloadBootstrap(auto, 1).AddTo(new EvaluationRow(), worse, auto);
        Assert.Equal(0.3, row.MaeLow!.Value, 1e-9);
        Assert.Equal(0.3, row.MaeHigh!.Value, 1e-9);
        Assert.Equal(0.2, row.MaeAboveAutoLow!.Value, 1e-9);
        Assert.Equal(0.2, row.MapeAboveAutoHigh!.Value, 1e-9);
    }

    [Fact]
    public void One_bad_workload_makes_the_mean_doubtful_and_a_difference_that_it_shares_sure()
    {
        EvaluationPairRow[] auto = Pairs((a, b) => a == "a" || b == "a" ? 0.5 : 0.1), worse = Pairs((a, b) => a == "a" || b == "a" ? 0.6 : 0.2);
        EvaluationRow row = new WorkloadBootstrap(auto, 1).AddTo(new EvaluationRow(), worse, auto);
        // A draw without "a" has error 0.2; the whole set 0.2 + 0.4 x 8/36.
        Assert.Equal(0.2, row.MaeLow!.Value, 1e-9);
        Assert.True(row.MaeHigh > 0.2 + (0.4 * 8 / 36));
        Assert.Equal(0.1, row.MaeAboveAutoLow!.Value, 1e-9);
        Assert.Equal(0.1, row.MaeAboveAutoHigh!.Value, 1e-9);
    }

    [Fact]
    public void Auto_is_not_held_against_itself()
    {
        EvaluationPairRow[] auto = Pairs((_, _) => 0.1);
        EvaluationRow row = new WorkloadBootstrap(auto, 1).AddTo(new EvaluationRow(), auto, auto);
        Assert.NotNull(row.MaeLow);
        Assert.Null(row.MaeAboveAutoLow);
        Assert.Null(row.MapeAboveAutoHigh);
    }

    private static EvaluationPairRow[] Pairs(Func<string, string, double> error) =>
    [
        .. from a in s_names
           from b in s_names
           where string.CompareOrdinal(a, b) <= 0
           select new EvaluationPairRow { WorkloadA = a, WorkloadB = b, Measured = 1, Predicted = 1 + error(a, b), Weight = 2 },
    ];
}
