namespace Colocate.Predict.Features;

/// <summary>How one pair feature is standardised: its weighted mean and standard deviation in training, and the range it is held within.</summary>
internal readonly record struct Standardisation(double Mean, double Scale, double Low, double High)
{
    public double Apply(double value) => (Math.Clamp(value, Low, High) - Mean) / Scale;
}
