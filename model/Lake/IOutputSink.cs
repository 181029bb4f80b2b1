using Colocate.Model.Tables;

namespace Colocate.Model.Lake;

/// <summary>Where stages put their outputs: a <see cref="Lake"/> that one process has for itself, or a <see cref="LakeWorker"/> among others.</summary>
public interface IOutputSink
{
    /// <summary>Begins a table whose rows do not fit into memory, to be committed as part of an output.</summary>
    Task<StagedTable> BeginTableAsync(Table table);

    /// <summary>Makes an output part of the lake, all of it or nothing. The same output may be committed any number of times.</summary>
    Task CommitAsync(StageOutput output);
}
