namespace Colocate.Simulate.Clients;

/// <summary>
/// A fixed number of users: each opens a connection, waits for its reply or gives up, thinks, and opens the next one, as ab without keep-alive
/// does. The rate is what the server makes of it.
/// </summary>
/// <param name="Users">Users, at least 1; each has at most one connection at a time.</param>
public sealed record ClosedLoad(int Users) : LoadPattern
{
    /// <summary>Mean time from the end of a connection to the next, in seconds; 0: at once.</summary>
    public double ThinkS { get; init; }

    /// <summary>True: that time is exponential; false: it is constant.</summary>
    public bool ExponentialThink { get; init; }

    internal override LoadPattern Checked() => Users >= 1 && ThinkS >= 0 ? this : throw new ArgumentException($"a closed load has at least one user, who thinks for 0 or more seconds: {this}");
}
