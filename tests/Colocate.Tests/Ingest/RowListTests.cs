using Colocate.Ingest.Formats;
using CsCheck;

namespace Colocate.Tests.Ingest;

public class RowListTests
{
    /// <summary>Rows that are there, rows made later and whole lists may follow each other in any order.</summary>
    [Fact]
    public void Rows_come_in_the_order_added_however_they_were_added() =>
        Gen.Select(Gen.Int[0, 2], Gen.Int[0, 5]).Array[0, 12].Sample(
            parts =>
            {
                var list = new RowList();
                var expected = new List<object>();
                foreach ((int how, int count) in parts)
                {
                    object[] rows = [.. Enumerable.Range(expected.Count, count).Cast<object>()];
                    expected.AddRange(rows);
                    if (how == 0)
                        Array.ForEach(rows, list.Add);
                    else if (how == 1)
                        list.Add(rows.Length, i => rows[i]);
                    else
                        list.Add(Of(rows));
                }

                Assert.Equal(expected.Count, list.Count);
                Assert.Equal(expected, list);
                Assert.Equal(expected, Enumerable.Range(0, list.Count).Select(i => list[i]));
                Assert.Throws<ArgumentOutOfRangeException>(() => list[list.Count]);
            });

    [Fact]
    public void Rows_are_made_when_they_are_asked_for_and_not_kept()
    {
        int made = 0;
        var list = new RowList();
        list.Add(1000, i => { made++; return i; });
        Assert.Equal(1000, list.Count);
        Assert.Equal(0, made);
        Assert.Equal(7, list[7]);
        Assert.Equal(1, made);
        Assert.Equal(1000, list.Chunk(300).Sum(c => c.Length));
        Assert.Equal(1001, made);
    }

    private static RowList Of(object[] rows)
    {
        var list = new RowList();
        Array.ForEach(rows, list.Add);
        return list;
    }
}
