namespace Colocate.Simulate.Calibration;

/// <summary>Why a search ended (the termination criteria of Hansen, arXiv:1604.00772, appendix B.3).</summary>
public enum CmaEsStop
{
    /// <summary>Another generation would have exceeded the evaluations granted.</summary>
    Evaluations,

    /// <summary>
    /// TolFun: the best losses of the last 10 + ceil(30 n / population) generations and all losses of the last one lie within
    /// <see cref="CmaEsSettings.LossTolerance"/>.
    /// </summary>
    Loss,

    /// <summary>TolX: the deviation of every coordinate and its part of the evolution path are below <see cref="CmaEsSettings.StepTolerance"/>.</summary>
    Step,

    /// <summary>
    /// Stagnation: over the last fifth of all generations (at least 120 + 30 n / population, at most 20 000) neither the best nor the median
    /// loss got better, comparing the medians of the first and the last 30 %. This is how a search whose loss is noisy usually ends.
    /// </summary>
    Stagnation,

    /// <summary>
    /// ConditionCov: the longest axis of the sampling distribution is more than 1e7 times as long as the shortest, so that the covariance
    /// is no longer numerically sound. Usually a parameter has no influence on the loss, or the optimum is found and lies on a bound.
    /// </summary>
    IllConditioned,
}
