using Colocate.Predict.Features;

namespace Colocate.Predict.Models;

/// <summary>Reply times in <c>model.zip</c>.</summary>
/// <param name="Features">Ordered pair features by name.</param>
/// <param name="Standards">Standardisation of each, and of the logarithm of the victim's reply time alone if that is used.</param>
/// <param name="MeanLogAloneMs">Mean logarithm of reply times alone, which stands for an unknown one; null when they are not used.</param>
/// <param name="Weights">Weights of the standardised features.</param>
/// <param name="Bias">Logarithm of the reply time where all features are at their mean.</param>
/// <param name="LeastMs">Shortest time in training.</param>
/// <param name="MostMs">Longest time in training.</param>
/// <param name="Pairs">Pairs learned from.</param>
/// <param name="ErrorFraction">Mean error / measured time with one workload held out; null when none could be.</param>
/// <param name="MeanErrorFraction">The same of the geometric mean of training.</param>
internal sealed record SavedReplyTimes(
    IReadOnlyList<string> Features,
    IReadOnlyList<Standardisation> Standards,
    double? MeanLogAloneMs,
    IReadOnlyList<double> Weights,
    double Bias,
    double LeastMs,
    double MostMs,
    int Pairs,
    double? ErrorFraction,
    double? MeanErrorFraction);
