using Colocate.Ingest.Xentrace.Scan;

namespace Colocate.Ingest.Xentrace;

/// <summary>
/// Counts records by header word: event id, length, and whether a time is there. Records of one id come in few lengths, so that one probe
/// of an open-addressing table tells both whether a header is valid and what to do with it.
/// </summary>
internal sealed class HeaderTable
{
    internal const int SizeLog2 = 12;

    // Damaged traces can hold any header; beyond this many distinct ones the rest is counted together, so that memory stays bounded.
    private const int MaxHeaders = 3 << (SizeLog2 - 2);

    // A header without any class bit: it never counts, and keeps the slot of header 0, with which damage is filled, from looking like a known one.
    private const uint NoHeader = 1;

    private readonly Entry[] _entries = NewTable();
    private Entry _other;
    private int _used;

    /// <summary>What is known of one header; an unused slot has header 0, which no valid record has.</summary>
    internal struct Entry
    {
        internal uint Header;

        /// <summary>The header again where the scanner counts its records by itself, be more to be told of them or not; else another word than any header that leads here.</summary>
        internal uint Skimmed;

        internal long Records;

        /// <summary>Bits of the first word that are the number of a hypercall; none for other records.</summary>
        internal uint NumberBits;

        /// <summary>Set where no number is to be counted: then these lead to <see cref="DomainScan.NoHypercall"/>.</summary>
        internal uint NotANumber;

        /// <summary>1 when the sink is to be told of each such record, else 0.</summary>
        internal uint IsTold;

        /// <summary>Number with which it is to be told all the same.</summary>
        internal uint ToldNumber;

        /// <summary>What to do with such a record; changed by <see cref="Do"/>.</summary>
        internal RecordAction Action { get; private set; }

        internal void Do(RecordAction action)
        {
            Action = action;
            Skimmed = action <= RecordAction.VmExit ? Header : NoHeader;
            bool isHypercall = action is RecordAction.Hypercall or RecordAction.HypercallWithArguments;
            NumberBits = isHypercall ? 0xfffff : 0u;
            NotANumber = isHypercall ? 0 : DomainScan.NoHypercall;
            IsTold = action > RecordAction.HypercallWithArguments ? 1u : 0u;
            ToldNumber = action == RecordAction.HypercallWithArguments ? EventIds.GrantTableOp : uint.MaxValue;
        }
    }

    /// <summary>Records whose header found no place any more.</summary>
    internal long Uncounted => _other.Records;

    /// <summary>The slots; a header is at <see cref="SlotOf"/> or, when that one was taken, in one of those after it.</summary>
    internal Entry[] Entries => _entries;

    internal static nuint SlotOf(uint header)
    {
        unchecked
        {
            return header * 2654435769u >> (32 - SizeLog2);
        }
    }

    /// <summary>The entry of a valid header; one shared by all that find no place when the table is full.</summary>
    internal ref Entry Find(uint header)
    {
        nuint slot = SlotOf(header);
        while (_entries[slot].Header != header)
        {
            if (_entries[slot].Header == 0)
                return ref Insert(slot, header);
            slot = (slot + 1) & (nuint)(_entries.Length - 1);
        }

        return ref _entries[slot];
    }

    /// <summary>Event ids and their counts, ordered by id.</summary>
    internal IReadOnlyList<(uint EventId, long Records)> ByEvent() =>
        [.. _entries.Where(e => e.Records > 0).GroupBy(e => e.Header & 0x0fffffff).Select(g => (g.Key, g.Sum(e => e.Records))).Order()];

    /// <summary>Headers and their counts, ordered by header.</summary>
    internal IReadOnlyList<(uint Header, long Records)> ByHeader() => [.. _entries.Where(e => e.Records > 0).Select(e => (e.Header, e.Records)).Order()];

    /// <summary>True when records were seen for which metrics do this.</summary>
    internal bool Has(RecordAction action) => _entries.Any(e => e.Action == action && e.Records > 0);

    private ref Entry Insert(nuint slot, uint header)
    {
        ref Entry entry = ref _used < MaxHeaders ? ref _entries[slot] : ref _other;
        _used += _used < MaxHeaders ? 1 : 0;
        entry.Header = header;
        entry.Do(RecordActions.Of(header));
        return ref entry;
    }

    private static Entry[] NewTable()
    {
        var entries = new Entry[1 << SizeLog2];
        entries[SlotOf(0)].Header = entries[SlotOf(0)].Skimmed = NoHeader;
        return entries;
    }
}
