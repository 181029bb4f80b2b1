namespace Colocate.Predict.Evaluation;

/// <summary>How an interval is made of the errors of inner folds.</summary>
internal enum IntervalRule
{
    /// <summary>CV+: errors are put around what the fold models predict.</summary>
    CrossValidationPlus,

    /// <summary>
    /// Errors are put around the prediction itself. Where inner folds learn from far fewer pairs than the model, how far their models lie apart says more of that than of the prediction, and
    /// counting it on top of their errors makes intervals too wide.
    /// </summary>
    AroundPrediction,
}
