using System.Text.Json.Nodes;
using Colocate.Cli.Report;
using CsCheck;

namespace Colocate.Tests.Report;

public sealed class PlotTests
{
    [Theory]
    [InlineData("<b>&", 60, "&lt;b&gt;&amp;")]
    [InlineData("abcdef", 4, "abc…")]
    [InlineData("ab🦊def", 4, "ab…")]
    [InlineData("abcd", 4, "abcd")]
    public void Labels_are_cut_and_escaped_for_plotly(string text, int limit, string label) => Assert.Equal(label, Plot.Text(text, limit));

    [Fact]
    public void A_value_that_is_not_finite_leaves_a_gap() => Assert.Equal("[1.5,null,null]", Plot.Numbers([1.5, double.NaN, double.PositiveInfinity]).ToJsonString());

    [Fact]
    public void No_text_in_a_figure_can_end_its_script_element() => Gen.String.Sample(text =>
    {
        string json = new Plot([(JsonNode)("</script><!--" + text)], []).ToJson();
        Assert.DoesNotContain('<', json);
        Assert.StartsWith("</script><!--", (string)JsonNode.Parse(json)!["data"]![0]!, StringComparison.Ordinal);
    });
}
