namespace Colocate.Simulate.Calibration;

/// <summary>What a search found.</summary>
/// <param name="Best">The evaluated point with the least loss, the earliest of equals; the start when no loss was finite.</param>
/// <param name="Loss">Its loss; positive infinity when no loss was finite. When the loss is noisy this is a lucky draw, hence too low.</param>
/// <param name="Mean">Mean of the final sampling distribution, in the cube. It was not evaluated, so luck did not choose it.</param>
/// <param name="Step">Overall step of the final sampling distribution, in edges of the cube.</param>
/// <param name="Covariance">
/// Shape of the final sampling distribution, a symmetric positive definite n x n matrix; times <paramref name="Step"/> squared it is the
/// covariance, in edges squared. Near a quadratic optimum it approaches the inverse Hessian of the loss up to a factor
/// (Hansen, arXiv:1604.00772, section 0.4), so its long axes are the combinations of parameters that the loss hardly determines.
/// </param>
/// <param name="Evaluations">Points evaluated.</param>
/// <param name="Generations">Generations done.</param>
/// <param name="Stop">Why the search ended.</param>
public sealed record CmaEsResult(
    IReadOnlyList<double> Best, double Loss, IReadOnlyList<double> Mean, double Step, IReadOnlyList<IReadOnlyList<double>> Covariance,
    int Evaluations, int Generations, CmaEsStop Stop);
