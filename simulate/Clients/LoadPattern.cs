namespace Colocate.Simulate.Clients;

/// <summary>When the clients of a guest open their connections, one request each.</summary>
public abstract record LoadPattern
{
    private protected LoadPattern()
    {
    }

    /// <summary>The pattern with every number checked.</summary>
    /// <exception cref="ArgumentException">A number is out of range.</exception>
    internal abstract LoadPattern Checked();
}
