using Colocate.Simulate.Engine;

namespace Colocate.Tests.Simulate.Engine;

/// <summary>
/// Moments are those of 400 000 numbers; tolerances are about four standard errors. First values come from an independent program that was
/// checked against published values: SplitMix64 of seed 1234567 starts with 6457827717110365317, xoshiro256** of state 1, 2, 3, 4 with 11520.
/// </summary>
public sealed class RandomSourceTests
{
    private const int Numbers = 400_000;

    [Theory]
    [InlineData(0, 0, new[] { 2051100906535302, 3700956079869358, 4862388721173264, 2244767241439641 })]
    [InlineData(1, 0, new[] { 6001942605458417, 7462653905218491, 1547761251326535, 8591834688414295 })]
    [InlineData(1, 1, new[] { 2162774557164743, 6886392908010794, 517592386042082, 5409539690804411 })]
    [InlineData(-7, 12, new[] { 2275944320018443, 284868188962253, 1479109914413, 1870541130297753 })]
    public void Numbers_are_those_of_xoshiro256_starstar_seeded_by_SplitMix64(long seed, int stream, long[] first53Bits)
    {
        var random = new RandomSource(seed, stream);
        Assert.Equal(first53Bits.Select(bits => bits / (double)(1L << 53)), Draw(ref random, first53Bits.Length, (ref r) => r.Uniform()));
    }

    [Fact]
    public void Uniform_numbers_fill_the_interval_evenly()
    {
        var random = new RandomSource(1, 0);
        double[] numbers = Draw(ref random, Numbers, (ref r) => r.Uniform());
        Assert.All(numbers.Chunk(100_000), chunk => Assert.InRange(chunk.Min(), 0, 0.0001));
        Assert.All(numbers.Chunk(100_000), chunk => Assert.InRange(chunk.Max(), 0.9999, 1 - Math.Pow(2, -53)));
        AssertMoments(numbers, mean: 0.5, variance: 1.0 / 12);
        double chiSquared = numbers.CountBy(x => (int)(x * 100)).Sum(bin => Math.Pow(bin.Value - (Numbers / 100.0), 2) / (Numbers / 100.0));
        Assert.InRange(chiSquared, 99 - 60, 99 + 60);
    }

    [Fact]
    public void Exponential_numbers_have_their_mean_deviation_and_tail()
    {
        var random = new RandomSource(2, 0);
        double[] numbers = Draw(ref random, Numbers, (ref r) => r.Exponential(2.5));
        AssertMoments([.. numbers.Select(x => x / 2.5)], mean: 1, variance: 1);
        Assert.InRange(numbers.Min(), 0, 0.001);
        Assert.Equal(Math.Exp(-3), numbers.Count(x => x > 7.5) / (double)Numbers, 0.0014);
        Assert.Equal(0, random.Exponential(0));
    }

    [Fact]
    public void Normal_numbers_have_their_mean_deviation_and_shape()
    {
        var random = new RandomSource(3, 0);
        double[] numbers = Draw(ref random, Numbers, (ref r) => r.Normal());
        AssertMoments(numbers, mean: 0, variance: 1);
        Assert.Equal(0, numbers.Average(x => x * x * x), 0.025);
        Assert.Equal(3, numbers.Average(x => x * x * x * x), 0.065);
        Assert.Equal(0.682689, numbers.Count(x => Math.Abs(x) < 1) / (double)Numbers, 0.003);
    }

    [Fact]
    public void Each_normal_number_draws_two()
    {
        RandomSource random = new(4, 0), other = new(4, 0);
        random.Normal();
        Draw(ref other, 2, (ref r) => r.Uniform());
        Assert.Equal(other.Uniform(), random.Uniform());
    }

    [Fact]
    public void Streams_and_seeds_differ_and_do_not_go_together()
    {
        (long Seed, int Stream)[] all = [.. from seed in Enumerable.Range(-2, 5) from stream in Enumerable.Range(0, 5) select ((long)seed, stream)];
        double[][] numbers = [.. all.Select(s => Numbered(s, 10_000))];
        Assert.Equal(numbers.Sum(n => n.Length), numbers.SelectMany(n => n).Distinct().Count());
        Assert.All(
            from i in Enumerable.Range(0, all.Length) from j in Enumerable.Range(0, i) select (i, j),
            pair => Assert.Equal(0, numbers[pair.i].Zip(numbers[pair.j], (x, y) => 12 * (x - 0.5) * (y - 0.5)).Average(), 0.045));
    }

    [Fact]
    public void The_same_seed_and_stream_give_the_same_numbers() => Assert.Equal(Numbered((5, 6), 1000), Numbered((5, 6), 1000));

    private static double[] Numbered((long Seed, int Stream) source, int count)
    {
        var random = new RandomSource(source.Seed, source.Stream);
        return Draw(ref random, count, (ref r) => r.Uniform());
    }

    private static void AssertMoments(double[] numbers, double mean, double variance)
    {
        Assert.Equal(mean, numbers.Average(), 4 * Math.Sqrt(variance / numbers.Length));
        Assert.Equal(variance, numbers.Average(x => (x - mean) * (x - mean)), 0.02 * variance);
    }

    private delegate double Drawing(ref RandomSource random);

    private static double[] Draw(ref RandomSource random, int count, Drawing drawing)
    {
        var numbers = new double[count];
        for (int i = 0; i < count; i++)
            numbers[i] = drawing(ref random);
        return numbers;
    }
}
