using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Colocate.Predict.Regression;

/// <summary>
/// Cholesky factor of a dense symmetric matrix (Golub and Van Loan, "Matrix Computations", section 4.2), in blocks of 4 x 4 entries within bands of rows that
/// stay in the cache. MathNet's managed one takes several times as long and asks for threads of its own; kernels of a thousand pairs are factored in
/// every fold. Like <see cref="Vectors"/> it computes the same bits on every processor.
/// </summary>
internal static class Cholesky
{
    private const int Block = 4, Band = 32;

    /// <summary>Replaces the lower triangle of a row-major n x n matrix by its factor L, A = L L'.</summary>
    /// <returns>False when the matrix is not positive definite; its content is lost then.</returns>
    public static bool Factor(double[] a, int n)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(a.Length, n * n);
        for (int band = 0; band < n; band += Band)
        {
            int end = Math.Min(band + Band, n);
            for (int j = 0; j < band; j += Block)
            {
                for (int i = band; i < end; i += Block)
                    Columns(a, n, i, Math.Min(Block, end - i), j);
            }

            for (int i = band; i < end; i += Block)
            {
                int rows = Math.Min(Block, end - i);
                for (int j = band; j < i; j += Block)
                    Columns(a, n, i, rows, j);
                for (int r = i; r < i + rows; r++)
                {
                    OneRow(a, n, r, i, r);
                    Span<double> row = a.AsSpan(r * n, r);
                    double left = a[(r * n) + r] - Vectors.Dot(row, row);
                    if (!(left > 0))
                        return false;
                    a[(r * n) + r] = Math.Sqrt(left);
                }
            }
        }

        return true;
    }

    /// <summary>Solves L x = b in place.</summary>
    public static void Forward(double[] factor, int n, double[] b)
    {
        for (int i = 0; i < n; i++)
            b[i] = (b[i] - Vectors.Dot(factor.AsSpan(i * n, i), b.AsSpan(0, i))) / factor[(i * n) + i];
    }

    /// <summary>Solves L' x = b in place.</summary>
    public static void Backward(double[] factor, int n, double[] b)
    {
        for (int i = n - 1; i >= 0; i--)
        {
            b[i] /= factor[(i * n) + i];
            Vectors.AddScaled(b.AsSpan(0, i), factor.AsSpan(i * n, i), -b[i]);
        }
    }

    /// <summary>Entries j to j + 3 of up to four rows from i on; rows above i are done, and so are the entries before j.</summary>
    private static void Columns(double[] a, int n, int i, int rows, int j)
    {
        if (rows < Block)
        {
            for (int r = i; r < i + rows; r++)
                OneRow(a, n, r, j, j + Block);
            return;
        }

        Span<double> dots = stackalloc double[Block * Block];
        ref double start = ref MemoryMarshal.GetArrayDataReference(a);
        for (int c = 0; c < Block; c += 2)
            FourByTwo(ref Unsafe.Add(ref start, i * n), ref Unsafe.Add(ref start, (j + c) * n), n, j, dots[(c * Block)..]);
        for (int r = 0; r < Block; r++)
        {
            Span<double> row = a.AsSpan(((i + r) * n) + j, Block);
            for (int c = 0; c < Block; c++)
            {
                ReadOnlySpan<double> known = a.AsSpan(((j + c) * n) + j, Block);
                double left = row[c] - dots[(c * Block) + r];
                for (int k = 0; k < c; k++)
                    left -= row[k] * known[k];
                row[c] = left / known[c];
            }
        }
    }

    /// <summary>Sums of products of four rows and two others, each read once for all; the other's sums follow each other.</summary>
    private static void FourByTwo(ref double four, ref double two, int n, int length, Span<double> dots)
    {
        ref double r1 = ref Unsafe.Add(ref four, n), r2 = ref Unsafe.Add(ref r1, n), r3 = ref Unsafe.Add(ref r2, n), second = ref Unsafe.Add(ref two, n);
        Vector256<double> s0 = Vector256<double>.Zero, s1 = s0, s2 = s0, s3 = s0, t0 = s0, t1 = s0, t2 = s0, t3 = s0;
        // j is a multiple of the block, and that of the vector: no rest is left.
        for (int k = 0; k < length; k += Vector256<double>.Count)
        {
            var x = Vector256.LoadUnsafe(ref two, (nuint)k);
            var y = Vector256.LoadUnsafe(ref second, (nuint)k);
            var v = Vector256.LoadUnsafe(ref four, (nuint)k);
            s0 += x * v;
            t0 += y * v;
            v = Vector256.LoadUnsafe(ref r1, (nuint)k);
            s1 += x * v;
            t1 += y * v;
            v = Vector256.LoadUnsafe(ref r2, (nuint)k);
            s2 += x * v;
            t2 += y * v;
            v = Vector256.LoadUnsafe(ref r3, (nuint)k);
            s3 += x * v;
            t3 += y * v;
        }

        (dots[0], dots[1], dots[2], dots[3]) = (Vector256.Sum(s0), Vector256.Sum(s1), Vector256.Sum(s2), Vector256.Sum(s3));
        (dots[4], dots[5], dots[6], dots[7]) = (Vector256.Sum(t0), Vector256.Sum(t1), Vector256.Sum(t2), Vector256.Sum(t3));
    }

    private static void OneRow(double[] a, int n, int row, int from, int to)
    {
        for (int j = from; j < to; j++)
            a[(row * n) + j] = (a[(row * n) + j] - Vectors.Dot(a.AsSpan(row * n, j), a.AsSpan(j * n, j))) / a[(j * n) + j];
    }
}
