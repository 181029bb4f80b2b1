using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Colocate.Predict.Regression;

/// <summary>
/// Inner loops of linear algebra. Vectors have a fixed width and no fused multiply-add, so that every processor computes the same bits; library
/// routines take what the processor has.
/// </summary>
internal static class Vectors
{
    /// <summary>Sum of products.</summary>
    /// <param name="x">One vector.</param>
    /// <param name="y">The other, at least as long.</param>
    public static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        ref double a = ref MemoryMarshal.GetReference(x);
        ref double b = ref MemoryMarshal.GetReference(y);
        Vector256<double> sum = Vector256<double>.Zero;
        int k = 0;
        for (; k <= x.Length - Vector256<double>.Count; k += Vector256<double>.Count)
            sum += Vector256.LoadUnsafe(ref a, (nuint)k) * Vector256.LoadUnsafe(ref b, (nuint)k);
        double total = Vector256.Sum(sum);
        for (; k < x.Length; k++)
            total += Unsafe.Add(ref a, k) * Unsafe.Add(ref b, k);
        return total;
    }

    /// <summary>Adds factor times x to a vector of at least the same length.</summary>
    public static void AddScaled(Span<double> target, ReadOnlySpan<double> x, double factor)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(target.Length, x.Length);
        ref double a = ref MemoryMarshal.GetReference(target);
        ref double b = ref MemoryMarshal.GetReference(x);
        var scale = Vector256.Create(factor);
        int k = 0;
        for (; k <= x.Length - Vector256<double>.Count; k += Vector256<double>.Count)
            (Vector256.LoadUnsafe(ref a, (nuint)k) + (Vector256.LoadUnsafe(ref b, (nuint)k) * scale)).StoreUnsafe(ref a, (nuint)k);
        for (; k < x.Length; k++)
            Unsafe.Add(ref a, k) += Unsafe.Add(ref b, k) * factor;
    }
}
