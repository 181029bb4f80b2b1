namespace Colocate.Simulate.Schedulers;

/// <summary>The vcpus that wait, the one with most credit first. Room for all of them is made once.</summary>
/// <param name="vcpus">Vcpus of the host.</param>
internal sealed class Credit2Queue(int vcpus)
{
    private readonly Credit2Vcpu[] _entries = new Credit2Vcpu[vcpus];
    private int _count;

    /// <summary>Waiting vcpus.</summary>
    public ReadOnlySpan<Credit2Vcpu> Entries => _entries.AsSpan(0, _count);

    /// <summary>The vcpu with most credit; null when none waits.</summary>
    public Credit2Vcpu? First => _count == 0 ? null : _entries[0];

    /// <summary>Adds a vcpu before the first that has less credit, so behind its equals (<c>runq_insert</c>).</summary>
    public void Insert(Credit2Vcpu vcpu)
    {
        int place = 0;
        while (place < _count && _entries[place].Credit >= vcpu.Credit)
            place++;
        Array.Copy(_entries, place, _entries, place + 1, _count++ - place);
        _entries[place] = vcpu;
        vcpu.Queued = true;
    }

    /// <summary>Takes a vcpu out that is in.</summary>
    public void Remove(Credit2Vcpu vcpu)
    {
        int place = Array.IndexOf(_entries, vcpu, 0, _count);
        Array.Copy(_entries, place + 1, _entries, place, --_count - place);
        vcpu.Queued = false;
    }
}
