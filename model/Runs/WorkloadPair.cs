namespace Colocate.Model.Runs;

/// <summary>Two workloads side by side, the smaller name (by <see cref="WorkloadOrder"/>) first. Equal pairs are allowed.</summary>
public readonly record struct WorkloadPair : IComparable<WorkloadPair>
{
    private WorkloadPair(string a, string b) => (A, B) = (a, b);

    /// <summary>The workload whose name comes first.</summary>
    public string A { get; }

    /// <summary>The workload whose name comes second.</summary>
    public string B { get; }

    /// <summary>True when both are the same workload.</summary>
    public bool IsEqualPair => A == B;

    /// <summary>The pair of <paramref name="x"/> and <paramref name="y"/> in canonical order.</summary>
    public static WorkloadPair Of(string x, string y) => IsSwapped(x, y) ? new(y, x) : new(x, y);

    /// <summary>Every pair of the workloads, equal pairs included, in pair order.</summary>
    public static IEnumerable<WorkloadPair> All(IEnumerable<string> workloads)
    {
        string[] sorted = [.. workloads.Order(WorkloadOrder.Instance)];
        return from i in Enumerable.Range(0, sorted.Length) from j in Enumerable.Range(i, sorted.Length - i) select new WorkloadPair(sorted[i], sorted[j]);
    }

    /// <summary>True when <paramref name="x"/> becomes the second member of the canonical pair.</summary>
    public static bool IsSwapped(string x, string y) => WorkloadOrder.Instance.Compare(x, y) > 0;

    /// <summary>True when <paramref name="workload"/> is one of the two.</summary>
    public bool Contains(string workload) => A == workload || B == workload;

    /// <inheritdoc/>
    public int CompareTo(WorkloadPair other)
    {
        int first = WorkloadOrder.Instance.Compare(A, other.A);
        return first != 0 ? first : WorkloadOrder.Instance.Compare(B, other.B);
    }

    /// <summary>The paper's notation, for instance <c>(1KB, 100KB)</c>.</summary>
    public override string ToString() => $"({A}, {B})";

    /// <summary>Order of pairs, first member first.</summary>
    public static bool operator <(WorkloadPair left, WorkloadPair right) => left.CompareTo(right) < 0;

    /// <summary>Order of pairs, first member first.</summary>
    public static bool operator >(WorkloadPair left, WorkloadPair right) => left.CompareTo(right) > 0;

    /// <summary>Order of pairs, first member first.</summary>
    public static bool operator <=(WorkloadPair left, WorkloadPair right) => left.CompareTo(right) <= 0;

    /// <summary>Order of pairs, first member first.</summary>
    public static bool operator >=(WorkloadPair left, WorkloadPair right) => left.CompareTo(right) >= 0;
}
