namespace Colocate.Predict.Trainers;

/// <summary>One model of a blend.</summary>
/// <param name="Trainer">What made it.</param>
/// <param name="Model">The model.</param>
/// <param name="Weight">Its weight, above 0; all add up to 1.</param>
internal sealed record BlendMember(IModelTrainer Trainer, ITrainedModel Model, double Weight);
