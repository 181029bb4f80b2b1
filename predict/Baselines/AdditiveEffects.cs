using Colocate.Predict.Profiles;
using Colocate.Predict.Regression;

namespace Colocate.Predict.Baselines;

/// <summary>S(a, b) = m + e_a + e_b by weighted least squares; effects sum to zero, an unseen workload has effect 0.</summary>
internal static class AdditiveEffects
{
    /// <summary>Picks, among the equally good solutions, the one with the smallest effects, without moving any fitted score noticeably.</summary>
    private const double Penalty = 1e-9;

    public static Func<PairProfile, double> Fit(TrainingSet part)
    {
        Dictionary<string, int> columns = part.Workloads.Select((w, i) => (w, i)).ToDictionary(c => c.w, c => c.i, StringComparer.Ordinal);
        LinearRegressor effects = new RidgeRegression().Fit(
            new RegressionRows(
                [.. part.Pairs.Select(p => Indicators(p.Pair.A, p.Pair.B))],
                [.. part.Pairs.Select(p => p.Combined)],
                [.. part.Pairs.Select(p => p.Weight)],
                []),
            Penalty);
        return pair => effects.Predict(Indicators(pair.A.Workload, pair.B.Workload));

        double[] Indicators(string a, string b)
        {
            var row = new double[columns.Count];
            foreach (string workload in (string[])[a, b])
            {
                if (columns.TryGetValue(workload, out int column))
                    row[column]++;
            }

            return row;
        }
    }
}
