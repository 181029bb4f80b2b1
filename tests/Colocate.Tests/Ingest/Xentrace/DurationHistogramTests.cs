using Colocate.Ingest.Xentrace.Replay;
using CsCheck;

namespace Colocate.Tests.Ingest.Xentrace;

public sealed class DurationHistogramTests
{
    [Fact]
    public void Percentiles_are_those_of_the_sorted_values_to_a_64th_and_the_rest_is_exact() =>
        Gen.Select(Gen.ULong, Gen.Int[0, 63], (value, shift) => value >> shift).Array[1, 300].Sample(values =>
        {
            var histogram = new DurationHistogram();
            foreach (ulong value in values)
                histogram.Add(value);
            Array.Sort(values);
            Assert.Equal(values.Length, histogram.Count);
            Assert.Equal(values[^1], histogram.Max);
            Assert.Equal(values.Average(v => (double)v), histogram.Mean, values[^1] * 1e-12);
            foreach (double share in (double[])[0.001, 0.05, 0.5, 0.9, 0.99, 1])
            {
                double exact = values[(int)Math.Ceiling(share * values.Length) - 1];
                Assert.InRange(histogram.Percentile(share), exact * (1 - 1.0 / 64), exact * (1 + 1.0 / 64));
            }
        });

    [Fact]
    public void Small_values_are_exact()
    {
        var histogram = new DurationHistogram();
        for (ulong i = 0; i < 32; i++)
            histogram.Add(i);
        for (int i = 1; i <= 32; i++)
            Assert.Equal(i - 1, histogram.Percentile(i / 32.0));
    }

    [Fact]
    public void An_empty_one_has_no_values()
    {
        var histogram = new DurationHistogram();
        Assert.Equal((0L, 0UL), (histogram.Count, histogram.Max));
        Assert.Equal(0, histogram.Percentile(0.5));
        Assert.True(double.IsNaN(histogram.Mean));
    }
}
