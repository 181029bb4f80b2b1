using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Colocate.Predict.Regression;

/// <summary>
/// Cholesky factor of a dense symmetric matrix, row by row (Golub and Van Loan, "Matrix Computations", section 4.2). MathNet's managed one takes
/// several times as long and asks for threads of its own; kernels of a thousand pairs are factored in every fold. Vectors have a fixed width and
/// no fused multiply-add, so that every processor computes the same bits.
/// </summary>
internal static class Cholesky
{
    /// <summary>Replaces the lower triangle of a row-major n x n matrix by its factor L, A = L L'.</summary>
    /// <returns>False when the matrix is not positive definite; its content is lost then.</returns>
    public static bool Factor(double[] a, int n)
    {
        for (int i = 0; i < n; i += 4)
        {
            int rows = Math.Min(4, n - i);
            if (rows == 4)
            {
                for (int j = 0; j < i; j++)
                    FourRows(a, n, i, j);
            }
            else
            {
                for (int r = i; r < n; r++)
                    OneRow(a, n, r, 0, i);
            }

            for (int r = i; r < i + rows; r++)
            {
                OneRow(a, n, r, i, r);
                Span<double> row = a.AsSpan(r * n, r);
                double left = a[(r * n) + r] - Dot(row, row);
                if (!(left > 0))
                    return false;
                a[(r * n) + r] = Math.Sqrt(left);
            }
        }

        return true;
    }

    /// <summary>Solves L x = b in place.</summary>
    public static void Forward(double[] factor, int n, double[] b)
    {
        for (int i = 0; i < n; i++)
            b[i] = (b[i] - Dot(factor.AsSpan(i * n, i), b.AsSpan(0, i))) / factor[(i * n) + i];
    }

    /// <summary>Solves L' x = b in place.</summary>
    public static void Backward(double[] factor, int n, double[] b)
    {
        for (int i = n - 1; i >= 0; i--)
        {
            double x = b[i] /= factor[(i * n) + i];
            for (int j = 0; j < i; j++)
                b[j] -= factor[(i * n) + j] * x;
        }
    }

    private static void OneRow(double[] a, int n, int row, int from, int to)
    {
        for (int j = from; j < to; j++)
            a[(row * n) + j] = (a[(row * n) + j] - Dot(a.AsSpan(row * n, j), a.AsSpan(j * n, j))) / a[(j * n) + j];
    }

    /// <summary>Entry j of four rows at once: row j is read once for all.</summary>
    private static void FourRows(double[] a, int n, int i, int j)
    {
        ref double start = ref MemoryMarshal.GetArrayDataReference(a);
        ref double known = ref Unsafe.Add(ref start, j * n);
        ref double r0 = ref Unsafe.Add(ref start, i * n);
        ref double r1 = ref Unsafe.Add(ref r0, n);
        ref double r2 = ref Unsafe.Add(ref r1, n);
        ref double r3 = ref Unsafe.Add(ref r2, n);
        Vector256<double> s0 = Vector256<double>.Zero, s1 = s0, s2 = s0, s3 = s0;
        int k = 0;
        for (; k <= j - Vector256<double>.Count; k += Vector256<double>.Count)
        {
            var v = Vector256.LoadUnsafe(ref known, (nuint)k);
            s0 += v * Vector256.LoadUnsafe(ref r0, (nuint)k);
            s1 += v * Vector256.LoadUnsafe(ref r1, (nuint)k);
            s2 += v * Vector256.LoadUnsafe(ref r2, (nuint)k);
            s3 += v * Vector256.LoadUnsafe(ref r3, (nuint)k);
        }

        double d0 = Vector256.Sum(s0), d1 = Vector256.Sum(s1), d2 = Vector256.Sum(s2), d3 = Vector256.Sum(s3);
        for (; k < j; k++)
        {
            double v = Unsafe.Add(ref known, k);
            d0 += v * Unsafe.Add(ref r0, k);
            d1 += v * Unsafe.Add(ref r1, k);
            d2 += v * Unsafe.Add(ref r2, k);
            d3 += v * Unsafe.Add(ref r3, k);
        }

        double diagonal = Unsafe.Add(ref known, j);
        Unsafe.Add(ref r0, j) = (Unsafe.Add(ref r0, j) - d0) / diagonal;
        Unsafe.Add(ref r1, j) = (Unsafe.Add(ref r1, j) - d1) / diagonal;
        Unsafe.Add(ref r2, j) = (Unsafe.Add(ref r2, j) - d2) / diagonal;
        Unsafe.Add(ref r3, j) = (Unsafe.Add(ref r3, j) - d3) / diagonal;
    }

    private static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        ref double a = ref MemoryMarshal.GetReference(x);
        ref double b = ref MemoryMarshal.GetReference(y);
        Vector256<double> sum = Vector256<double>.Zero;
        int k = 0;
        for (; k <= x.Length - Vector256<double>.Count; k += Vector256<double>.Count)
            sum += Vector256.LoadUnsafe(ref a, (nuint)k) * Vector256.LoadUnsafe(ref b, (nuint)k);
        double total = Vector256.Sum(sum);
        for (; k < x.Length; k++)
            total += x[k] * y[k];
        return total;
    }
}
