using Colocate.Predict.Models;

namespace Colocate.Predict.Kernels;

/// <summary>A Gaussian process as a model file keeps it.</summary>
/// <param name="Space">The solo columns; no pair features.</param>
/// <param name="Kernel">The kernel.</param>
/// <param name="Points">The training workloads.</param>
/// <param name="A">Index of the first workload of each training pair.</param>
/// <param name="B">Index of the second.</param>
/// <param name="Alpha">Weight of each training pair.</param>
/// <param name="Mean">Mean of what the prior leaves.</param>
internal sealed record SavedKernel(SavedFit Space, PairKernel Kernel, WorkloadPoints Points, int[] A, int[] B, double[] Alpha, double Mean);
