using Colocate.Simulate.Clients;

namespace Colocate.Tests.Simulate.Clients;

public sealed class ReplyShapeTests
{
    /// <summary>
    /// Content and header of 245 bytes in segments of 1448. The pages follow from the borders of 4096 bytes: a segment that holds one touches
    /// two, so the pages are the segments and the borders inside one.
    /// </summary>
    [Theory]
    [InlineData(1, 1, 1_269, 1)]
    [InlineData(4, 3, 1_445, 4)]
    [InlineData(10, 8, 349, 10)]
    [InlineData(30, 22, 557, 29)]
    [InlineData(50, 36, 765, 48)]
    [InlineData(70, 50, 973, 67)]
    [InlineData(100, 71, 1_285, 96)]
    public void A_reply_is_cut_into_full_segments_and_a_rest(int kib, int segments, int lastPayload, int pages)
    {
        var shape = new ReplyShape(kib * 1_024, 245);
        Assert.Equal((segments, (kib * 1_024) + 245), (shape.Segments, shape.TotalBytes));
        int[] bytes = [.. Enumerable.Range(0, segments).Select(shape.BytesOf)];
        Assert.Equal([.. Enumerable.Repeat(1_514, segments - 1), 66 + lastPayload], bytes);
        Assert.Equal(pages, Enumerable.Range(0, segments).Sum(shape.PagesOf));
    }

    [Theory]
    [InlineData(4_096, 2, 1)]
    [InlineData(4_097, 2, 2)]
    [InlineData(8_192, 5, 1)]
    [InlineData(8_193, 5, 2)]
    public void A_segment_touches_the_pages_from_its_first_byte_to_its_last(long totalBytes, int segment, int pages) =>
        Assert.Equal(pages, new ReplyShape(totalBytes, 0).PagesOf(segment));

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1_448 - 245, 1)]
    [InlineData(1_449 - 245, 2)]
    public void The_header_is_part_of_what_is_cut(long contentBytes, int segments) => Assert.Equal(segments, new ReplyShape(contentBytes, 245).Segments);
}
