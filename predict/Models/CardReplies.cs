namespace Colocate.Predict.Models;

/// <summary>Reply times on a model card.</summary>
/// <param name="Pairs">Pairs with measured reply times that were learned from.</param>
/// <param name="Protocol">Who was held out for the errors.</param>
/// <param name="ErrorFraction">Mean error / measured time; null when nobody could be held out.</param>
/// <param name="MeanErrorFraction">The same of a baseline that always says the geometric mean of training.</param>
/// <param name="LeastMs">Shortest time in training; none below is predicted.</param>
/// <param name="MostMs">Longest time in training; none above is predicted.</param>
public sealed record CardReplies(int Pairs, string Protocol, double? ErrorFraction, double? MeanErrorFraction, double LeastMs, double MostMs)
{
    internal static CardReplies? Of(SavedReplyTimes? saved) =>
        saved is null ? null : new CardReplies(saved.Pairs, "workload", saved.ErrorFraction, saved.MeanErrorFraction, saved.LeastMs, saved.MostMs);
}
