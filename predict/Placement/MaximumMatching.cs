namespace Colocate.Predict.Placement;

/// <summary>
/// Divides vertices into pairs: as many allowed pairs as possible, and among those divisions one with the greatest sum of weights. Exact and
/// deterministic. Edmonds' primal-dual method ("Maximum matching and a polyhedron with 0,1-vertices", Journal of Research of the National Bureau of
/// Standards 69B, 1965) with the bookkeeping of Z. Galil ("Efficient algorithms for finding maximum matching in graphs", ACM Computing Surveys 18,
/// 1986): every vertex remembers its nearest outer vertex. Time grows about with the cube of the number of vertices.
/// </summary>
public sealed class MaximumMatching
{
    /// <summary>Steps per unit of weight: integers make duals exact. Two matchings whose sums differ by less than a billionth a pair count as equal.</summary>
    private const double Steps = 1L << 30;

    private readonly int _count;
    private readonly long[] _twice;
    private readonly long[] _dual;
    private readonly int[] _mate;
    private readonly int[] _nearest;
    private readonly Blossom[] _leaves;
    private readonly List<Blossom> _cycles = [];
    private readonly List<int> _outer = [];

    private MaximumMatching(int count, long[] weights)
    {
        _count = count;
        _twice = [.. weights.Select(w => 2 * w)];
        long most = weights.Length == 0 ? 0 : weights.Max();
        _dual = [.. Enumerable.Repeat(most, count)];
        _mate = [.. Enumerable.Repeat(-1, count)];
        _nearest = new int[count];
        _leaves = [.. Enumerable.Range(0, count).Select(v => new Blossom(v))];
    }

    /// <summary>The partner of each vertex; -1 where it stays alone.</summary>
    /// <param name="count">Number of vertices, at least 0.</param>
    /// <param name="weight">Weight of the pair of two vertices, the smaller first; finite and within a thousand of 0; null when they may not be paired.</param>
    public static int[] Of(int count, Func<int, int, double?> weight)
    {
        // An odd vertex needs a partner that stands for nobody.
        int even = count + (count % 2);
        var weights = new long[even * even];
        var allowed = new bool[even * even];
        long span = 1;
        for (int i = 0; i < count; i++)
        {
            for (int j = i + 1; j < count; j++)
            {
                if (weight(i, j) is not double value)
                    continue;
                long steps = (long)Math.Round(value * Steps);
                (weights[(i * even) + j], weights[(j * even) + i]) = (steps, steps);
                (allowed[(i * even) + j], allowed[(j * even) + i]) = (true, true);
                span = Math.Max(span, Math.Abs(steps));
            }
        }

        // One forbidden pair costs more than all allowed ones can bring.
        long penalty = -span * (even + 1);
        for (int k = 0; k < weights.Length; k++)
            weights[k] = allowed[k] ? weights[k] : penalty;
        int[] mates = new MaximumMatching(even, weights).Solve();
        return [.. mates.Take(count).Select((m, v) => allowed[(v * even) + m] ? m : -1)];
    }

    private int[] Solve()
    {
        for (int pairs = 0; pairs < _count / 2; pairs++)
        {
            Plant();
            while (!Grow())
            {
            }
        }

        return _mate;
    }

    /// <summary>Starts a stage: every unmatched vertex is the root of a tree.</summary>
    private void Plant()
    {
        Array.Fill(_nearest, -1);
        _outer.Clear();
        foreach (Blossom top in Tops())
            (top.Label, top.Entry) = (Blossom.Mark.Free, null);
        foreach (Blossom top in Tops().Where(t => _mate[t.Base] < 0).ToList())
            MakeOuter(top, null);
    }

    /// <summary>Moves the duals until an edge becomes tight or an inner cycle has to open, and does what follows; true when the matching grew.</summary>
    private bool Grow()
    {
        long step = long.MaxValue;
        int reached = -1;
        Blossom? spent = null;
        for (int v = 0; v < _count; v++)
        {
            Blossom top = _leaves[v].Top();
            if (top.Label == Blossom.Mark.Inner)
                continue;
            if (_nearest[v] >= 0 && _leaves[_nearest[v]].Top() == top)
                _nearest[v] = Nearest(v);
            if (_nearest[v] < 0)
                continue;
            // Two outer ends approach each other; their slack is even because all roots share one dual value.
            long until = top.Label == Blossom.Mark.Outer ? Slack(v, _nearest[v]) / 2 : Slack(v, _nearest[v]);
            if (until < step)
                (step, reached) = (until, v);
        }

        foreach (Blossom cycle in _cycles.Where(c => c.Parent is null && c.Label == Blossom.Mark.Inner && c.Dual < step))
            (step, spent) = (cycle.Dual, cycle);
        MoveDuals(step);
        if (spent is not null)
        {
            Open(spent);
            return false;
        }

        (int u, Blossom other) = (_nearest[reached], _leaves[reached].Top());
        if (other.Label == Blossom.Mark.Free)
        {
            MakeInner(other, (u, reached));
            return false;
        }

        if (Meeting(u, reached) is { } meeting)
        {
            Shrink(meeting, u, reached);
            return false;
        }

        Augment(u, reached);
        Augment(reached, u);
        return true;
    }

    private void MoveDuals(long step)
    {
        for (int v = 0; v < _count; v++)
            _dual[v] += Sign(_leaves[v].Top()) * -step;
        foreach (Blossom cycle in _cycles.Where(c => c.Parent is null))
            cycle.Dual += Sign(cycle) * step;

        static int Sign(Blossom top) => top.Label switch { Blossom.Mark.Outer => 1, Blossom.Mark.Inner => -1, _ => 0 };
    }

    private void MakeOuter(Blossom top, (int From, int To)? entry)
    {
        (top.Label, top.Entry) = (Blossom.Mark.Outer, entry);
        foreach (int vertex in top.Vertices)
            AddOuter(vertex, top);
    }

    private void AddOuter(int vertex, Blossom top)
    {
        _outer.Add(vertex);
        _nearest[vertex] = Nearest(vertex);
        for (int v = 0; v < _count; v++)
        {
            if ((_nearest[v] < 0 || Slack(v, vertex) < Slack(v, _nearest[v])) && _leaves[v].Top() != top)
                _nearest[v] = vertex;
        }
    }

    /// <summary>Reaches a free blossom, and through its matched edge the next one, which becomes outer.</summary>
    private void MakeInner(Blossom top, (int From, int To) entry)
    {
        (top.Label, top.Entry) = (Blossom.Mark.Inner, entry);
        int mate = _mate[top.Base];
        MakeOuter(_leaves[mate].Top(), (top.Base, mate));
    }

    private int Nearest(int vertex)
    {
        Blossom top = _leaves[vertex].Top();
        int nearest = -1;
        foreach (int outer in _outer)
        {
            if ((nearest < 0 || Slack(vertex, outer) < Slack(vertex, nearest)) && _leaves[outer].Top() != top)
                nearest = outer;
        }

        return nearest;
    }

    /// <summary>The outer blossom where the ways of two outer vertices to their roots meet; null when they belong to different trees.</summary>
    private Blossom? Meeting(int u, int v)
    {
        HashSet<Blossom> way = [.. Way(u)];
        return Way(v).FirstOrDefault(way.Contains);
    }

    private IEnumerable<Blossom> Way(int vertex)
    {
        for (Blossom? at = _leaves[vertex].Top(); at is not null; at = at.Entry is { } entry ? _leaves[entry.From].Top() : null)
            yield return at;
    }

    private void Shrink(Blossom meeting, int u, int v)
    {
        List<Blossom> near = [.. Way(u).TakeWhile(b => b != meeting)], far = [.. Way(v).TakeWhile(b => b != meeting)];
        near.Reverse();
        var cycle = new Blossom(meeting.Base) { Label = Blossom.Mark.Outer, Entry = meeting.Entry };
        List<int> turned = [.. near.Concat(far).Where(b => b.Label == Blossom.Mark.Inner).SelectMany(b => b.Vertices)];
        cycle.Close(
            [meeting, .. near, .. far],
            [.. near.Select(b => b.Entry!.Value), (u, v), .. far.Select(b => (b.Entry!.Value.To, b.Entry.Value.From))]);
        _cycles.Add(cycle);
        foreach (int vertex in turned)
            AddOuter(vertex, cycle);
    }

    /// <summary>Dissolves an inner cycle whose dual is spent: the even way from where it was reached to its base stays in the tree, the rest becomes free.</summary>
    private void Open(Blossom cycle)
    {
        _cycles.Remove(cycle);
        (int From, int To) entry = cycle.Entry!.Value;
        int length = cycle.Children.Count, at = cycle.Children.IndexOf(cycle.ChildOf(_leaves[entry.To]));
        foreach (Blossom child in cycle.Children)
            (child.Parent, child.Label, child.Entry) = (null, Blossom.Mark.Free, null);
        int direction = at % 2 == 1 ? 1 : -1;
        while (at % length != 0)
        {
            MakeInner(cycle.Children[at], entry);
            // The mate of that child is the next one; from there an edge of the cycle leads on.
            at += 2 * direction;
            (int from, int to) = direction > 0 ? cycle.Edges[at - 1] : Turn(cycle.Edges[at]);
            entry = (from, to);
        }

        // The mate of the base is in the tree already.
        (cycle.Children[0].Label, cycle.Children[0].Entry) = (Blossom.Mark.Inner, entry);

        static (int, int) Turn((int From, int To) edge) => (edge.To, edge.From);
    }

    /// <summary>Matches an outer vertex anew and swaps matched and unmatched edges from there to the root.</summary>
    private void Augment(int vertex, int partner)
    {
        while (true)
        {
            Blossom outer = _leaves[vertex].Top();
            (int From, int To)? up = outer.Entry;
            Rebase(outer, vertex);
            _mate[vertex] = partner;
            if (up is null)
                return;
            Blossom inner = _leaves[up.Value.From].Top();
            (vertex, partner) = inner.Entry!.Value;
            Rebase(inner, partner);
            _mate[partner] = vertex;
        }
    }

    /// <summary>Moves the base of a blossom to another of its vertices by swapping the edges along the even way round.</summary>
    private void Rebase(Blossom blossom, int vertex)
    {
        if (!blossom.IsCycle)
            return;
        Blossom child = blossom.ChildOf(_leaves[vertex]);
        Rebase(child, vertex);
        int first = blossom.Children.IndexOf(child), length = blossom.Children.Count;
        if (first % 2 == 1)
        {
            for (int i = first + 1; i < length; i += 2)
                Match(blossom, i, (i + 1) % length);
        }
        else
        {
            for (int i = first - 2; i >= 0; i -= 2)
                Match(blossom, i, i + 1);
        }

        blossom.Rotate(first);
        blossom.Base = vertex;
    }

    private void Match(Blossom cycle, int i, int next)
    {
        (int from, int to) = cycle.Edges[i];
        Rebase(cycle.Children[i], from);
        Rebase(cycle.Children[next], to);
        (_mate[from], _mate[to]) = (to, from);
    }

    private long Slack(int u, int v) => _dual[u] + _dual[v] - _twice[(u * _count) + v];

    private IEnumerable<Blossom> Tops() => _leaves.Concat(_cycles).Where(b => b.Parent is null);
}
