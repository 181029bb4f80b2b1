namespace Colocate.Predict.Placement;

/// <summary>
/// A vertex, or an odd cycle of blossoms that is treated as one (J. Edmonds, "Paths, trees, and flowers", Canadian Journal of Mathematics 17, 1965).
/// </summary>
internal sealed class Blossom(int vertex)
{
    /// <summary>Place in the search forest of the current stage.</summary>
    public enum Mark
    {
        /// <summary>Not reached.</summary>
        Free,

        /// <summary>At even distance from an unmatched vertex; each of its vertices may be the end of an augmenting path.</summary>
        Outer,

        /// <summary>At odd distance.</summary>
        Inner,
    }

    /// <summary>The one vertex that is matched to the outside, or to nothing.</summary>
    public int Base { get; set; } = vertex;

    /// <summary>The blossom that this one is part of; null at the top.</summary>
    public Blossom? Parent { get; set; }

    /// <summary>The cycle, the child that holds <see cref="Base"/> first; empty for a vertex.</summary>
    public List<Blossom> Children { get; private set; } = [];

    /// <summary>Edge i leads from a vertex of child i to one of the next child in the cycle.</summary>
    public List<(int From, int To)> Edges { get; private set; } = [];

    /// <summary>Dual value of the odd-set constraint, at least 0; unused for a vertex.</summary>
    public long Dual { get; set; }

    /// <summary>Place in the search forest; meaningful at the top only.</summary>
    public Mark Label { get; set; }

    /// <summary>Edge of the forest by which it was reached, from the vertex nearer to the root; null for a root.</summary>
    public (int From, int To)? Entry { get; set; }

    /// <summary>True for an odd cycle, false for a vertex.</summary>
    public bool IsCycle => Children.Count > 0;

    /// <summary>The vertices in it.</summary>
    public IEnumerable<int> Vertices => IsCycle ? Children.SelectMany(c => c.Vertices) : [Base];

    /// <summary>The outermost blossom around it.</summary>
    public Blossom Top()
    {
        Blossom top = this;
        while (top.Parent is not null)
            top = top.Parent;
        return top;
    }

    /// <summary>The child that holds <paramref name="leaf"/>, one of the vertices in it.</summary>
    public Blossom ChildOf(Blossom leaf)
    {
        Blossom child = leaf;
        while (child.Parent != this)
            child = child.Parent!;
        return child;
    }

    /// <summary>Makes it a cycle.</summary>
    public void Close(List<Blossom> children, List<(int From, int To)> edges)
    {
        (Children, Edges) = (children, edges);
        foreach (Blossom child in children)
            child.Parent = this;
    }

    /// <summary>Turns the cycle until child <paramref name="first"/> stands first.</summary>
    public void Rotate(int first)
    {
        Children = [.. Children[first..], .. Children[..first]];
        Edges = [.. Edges[first..], .. Edges[..first]];
    }
}
