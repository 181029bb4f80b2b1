namespace Colocate.Predict.Models;

/// <summary>Answer of a service-level guard.</summary>
public enum Admittance
{
    /// <summary>Each workload keeps the score, as far as the model can promise.</summary>
    Yes,

    /// <summary>One of them does not.</summary>
    No,

    /// <summary>The model cannot tell; a run of the pair would.</summary>
    Measure,
}
