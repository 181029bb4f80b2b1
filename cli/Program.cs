using Colocate.Cli;

return await Application.RunAsync(args, Terminal.OfProcess()).ConfigureAwait(false);
