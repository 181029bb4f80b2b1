using Colocate.Model.Errors;
using Colocate.Predict.Models;

namespace Colocate.Cli.Pipeline;

/// <summary>Prediction models on disk: written whole or not at all.</summary>
internal static class ModelFiles
{
    internal static void Write(PredictionModel model, string path) => WholeFile.Write(path, model.Save);

    internal static PredictionModel Read(string path)
    {
        if (!File.Exists(path))
            throw new RequestException(ExitCode.WrongUse, $"There is no model at '{path}'", "make one with `colocate train`");
        using FileStream file = File.OpenRead(path);
        return PredictionModel.Load(file, path);
    }
}
