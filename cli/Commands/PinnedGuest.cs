using System.Globalization;
using Colocate.Simulate.Schedulers;

namespace Colocate.Cli.Commands;

/// <summary>The pcpus that a guest is pinned to, as an option says it.</summary>
/// <param name="Guest">Name of the guest.</param>
/// <param name="Pcpus">Numbers of the pcpus, at least one.</param>
internal sealed record PinnedGuest(string Guest, IReadOnlyList<int> Pcpus)
{
    /// <summary>What a text such as <c>vm1=0,1</c> means; null when it means nothing.</summary>
    internal static PinnedGuest? Parse(string text)
    {
        if (text.Split('=') is not [{ Length: > 0 } guest, var list])
            return null;
        int[] pcpus = [.. list.Split(',').Select(p => int.TryParse(p, NumberStyles.None, CultureInfo.InvariantCulture, out int pcpu) ? pcpu : -1)];
        return pcpus.All(p => p is >= 0 and < VcpuShare.PinnablePcpus) ? new PinnedGuest(guest, pcpus) : null;
    }
}
