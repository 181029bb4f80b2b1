using System.Numerics;

namespace Colocate.Simulate.Engine;

/// <summary>
/// A source of pseudo-random numbers: xoshiro256** seeded through SplitMix64 (Blackman and Vigna, "Scrambled Linear Pseudorandom Number
/// Generators", ACM TOMS 47, 2021). Streams of one seed and different numbers are independent for all practical purposes, so every source of
/// chance in a model draws from a stream of its own and changing one leaves the others as they were.
/// </summary>
public struct RandomSource
{
    private ulong _s0, _s1, _s2, _s3;

    /// <summary>Starts a stream.</summary>
    /// <param name="seed">Seed of the whole run.</param>
    /// <param name="stream">Number of this stream within the run.</param>
    public RandomSource(long seed, int stream)
    {
        ulong state = unchecked((ulong)seed * 0x9E3779B97F4A7C15UL ^ ((ulong)(uint)stream + 1) * 0xD1B54A32D192ED03UL);
        (_s0, _s1, _s2, _s3) = (SplitMix(ref state), SplitMix(ref state), SplitMix(ref state), SplitMix(ref state));
    }

    /// <summary>A number in [0, 1), with 53 random bits.</summary>
    public double Uniform() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A number from the exponential distribution.</summary>
    /// <param name="mean">Its mean, in any unit; at least 0.</param>
    public double Exponential(double mean) => -mean * Math.Log(1 - Uniform());

    /// <summary>A number from the standard normal distribution (Box and Muller, 1958; the sine half is not used, so that a call always draws two).</summary>
    public double Normal() => Math.Sqrt(-2 * Math.Log(1 - Uniform())) * Math.Cos(2 * Math.PI * Uniform());

    private static ulong SplitMix(ref ulong state)
    {
        unchecked
        {
            ulong z = state += 0x9E3779B97F4A7C15UL;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
            return z ^ (z >> 31);
        }
    }

    private ulong Next()
    {
        unchecked
        {
            ulong result = BitOperations.RotateLeft(_s1 * 5, 7) * 9;
            ulong t = _s1 << 17;
            _s2 ^= _s0;
            _s3 ^= _s1;
            _s1 ^= _s2;
            _s0 ^= _s3;
            _s2 ^= t;
            _s3 = BitOperations.RotateLeft(_s3, 45);
            return result;
        }
    }
}
