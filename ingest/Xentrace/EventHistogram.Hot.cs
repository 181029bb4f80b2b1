namespace Colocate.Ingest.Xentrace;

/// <summary>Counts records by event id in an open-addressing table: one probe a record.</summary>
internal sealed class EventHistogram
{
    // Damaged traces can hold any id; beyond this many distinct ones the rest is counted together, so that memory stays bounded.
    private const int MaxIds = 1 << 14;
    private const uint Empty = uint.MaxValue;

    private uint[] _ids = NewTable(1024);
    private long[] _counts = new long[1024];
    private int _used;

    /// <summary>Records whose id found no place any more.</summary>
    internal long Uncounted { get; private set; }

    internal void Count(uint eventId)
    {
        unchecked
        {
            uint mask = (uint)_ids.Length - 1;
            uint slot = (eventId * 2654435769u >> 12) & mask;
            while (_ids[slot] != eventId)
            {
                if (_ids[slot] == Empty)
                {
                    Insert(eventId);
                    return;
                }

                slot = (slot + 1) & mask;
            }

            _counts[slot]++;
        }
    }

    /// <summary>Ids and their counts, ordered by id.</summary>
    internal IReadOnlyList<(uint EventId, long Records)> ToList()
    {
        var list = new List<(uint, long)>(_used);
        for (int i = 0; i < _ids.Length; i++)
        {
            if (_ids[i] != Empty)
                list.Add((_ids[i], _counts[i]));
        }

        list.Sort();
        return list;
    }

    private void Insert(uint eventId)
    {
        if (_used == MaxIds)
        {
            Uncounted++;
            return;
        }

        if (_used * 2 >= _ids.Length)
            Grow();
        int slot = FreeSlot(_ids, eventId);
        _ids[slot] = eventId;
        _counts[slot] = 1;
        _used++;
    }

    private void Grow()
    {
        uint[] ids = NewTable(_ids.Length * 2);
        long[] counts = new long[ids.Length];
        for (int i = 0; i < _ids.Length; i++)
        {
            if (_ids[i] == Empty)
                continue;
            int slot = FreeSlot(ids, _ids[i]);
            ids[slot] = _ids[i];
            counts[slot] = _counts[i];
        }

        (_ids, _counts) = (ids, counts);
    }

    private static int FreeSlot(uint[] ids, uint eventId)
    {
        unchecked
        {
            uint mask = (uint)ids.Length - 1;
            uint slot = (eventId * 2654435769u >> 12) & mask;
            while (ids[slot] != Empty)
                slot = (slot + 1) & mask;
            return (int)slot;
        }
    }

    private static uint[] NewTable(int size)
    {
        uint[] ids = new uint[size];
        Array.Fill(ids, Empty);
        return ids;
    }
}
