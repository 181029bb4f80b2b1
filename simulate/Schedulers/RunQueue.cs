namespace Colocate.Simulate.Schedulers;

/// <summary>The vcpus that wait for one pcpu, the next one first. Room for all of them is made once.</summary>
/// <param name="vcpus">Vcpus of the host.</param>
internal sealed class RunQueue(int vcpus)
{
    private readonly CreditVcpu[] _entries = new CreditVcpu[vcpus];
    private int _count;

    /// <summary>Waiting vcpus.</summary>
    public ReadOnlySpan<CreditVcpu> Entries => _entries.AsSpan(0, _count);

    /// <summary>The vcpu to run next; null when none waits.</summary>
    public CreditVcpu? First => _count == 0 ? null : _entries[0];

    /// <summary>The first vcpu above a class that may run on a pcpu; null when there is none (<c>csched_runq_steal</c>).</summary>
    public CreditVcpu? FirstFor(int pcpu, CreditPriority above)
    {
        for (int i = 0; i < _count && _entries[i].Priority > above; i++)
        {
            if (_entries[i].MayRunOn(pcpu))
                return _entries[i];
        }

        return null;
    }

    /// <summary>Adds a vcpu before the first entry of a lower class, so behind its equals (<c>__runq_insert</c>).</summary>
    public void Insert(CreditVcpu vcpu)
    {
        int place = 0;
        while (place < _count && _entries[place].Priority >= vcpu.Priority)
            place++;
        Array.Copy(_entries, place, _entries, place + 1, _count++ - place);
        _entries[place] = vcpu;
        vcpu.Queued = true;
    }

    /// <summary>Takes a vcpu out that is in.</summary>
    public void Remove(CreditVcpu vcpu)
    {
        int place = Array.IndexOf(_entries, vcpu, 0, _count);
        Array.Copy(_entries, place + 1, _entries, place, --_count - place);
        vcpu.Queued = false;
    }

    /// <summary>Brings those with credits to the front, boosted or not, and leaves each part in its order (<c>csched_runq_sort</c>).</summary>
    public void Sort()
    {
        int front = 0;
        for (int i = 0; i < _count; i++)
        {
            CreditVcpu entry = _entries[i];
            if (entry.Priority < CreditPriority.Under)
                continue;
            Array.Copy(_entries, front, _entries, front + 1, i - front);
            _entries[front++] = entry;
        }
    }
}
