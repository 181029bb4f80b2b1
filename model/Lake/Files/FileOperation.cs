namespace Colocate.Model.Lake.Files;

/// <summary>What can be done to the files of a lake.</summary>
public enum FileOperation
{
    /// <summary>A folder is made.</summary>
    CreateFolder,

    /// <summary>A new file is opened for writing.</summary>
    Create,

    /// <summary>Bytes are written to a file.</summary>
    Write,

    /// <summary>The bytes of a file are made durable.</summary>
    Flush,

    /// <summary>A file is opened for reading.</summary>
    Read,

    /// <summary>A file takes its final name.</summary>
    Rename,

    /// <summary>The names in a folder are made durable.</summary>
    FlushFolder,

    /// <summary>A file or folder is removed.</summary>
    Delete,

    /// <summary>The names in a folder are listed.</summary>
    List,
}
