namespace Colocate.Predict.Trainers;

/// <summary>One model of a blend as a model file lists it.</summary>
/// <param name="Trainer">Name of its trainer, and of the folder that holds the model.</param>
/// <param name="Weight">Its weight.</param>
internal sealed record SavedMember(string Trainer, double Weight);
