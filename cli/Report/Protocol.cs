namespace Colocate.Cli.Report;

/// <summary>The evaluation protocols in words: who was unseen while the model was trained.</summary>
public static class Protocol
{
    private static readonly string[] s_order = ["workload", "pair", "two", "family"];

    /// <summary>Reading order: the main protocol, leave one workload out, first; protocols without a name here last.</summary>
    public static int Order(string protocol) => Array.IndexOf(s_order, protocol) is var i && i >= 0 ? i : s_order.Length;

    /// <summary>What each fold holds out.</summary>
    public static string HeldOut(string protocol) => protocol switch
    {
        "pair" => "one pair",
        "workload" => "one workload",
        "two" => "both workloads",
        "family" => "one family",
        _ => protocol,
    };
}
