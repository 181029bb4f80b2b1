namespace Colocate.Cli.Report;

/// <summary>The page's own script: it draws every figure and then marks the page as ready.</summary>
public static class ReportScript
{
    /// <summary>
    /// Figures stand in the page as JSON data blocks, one beside each box. When all are drawn, <c>data-ready="true"</c> on the root element says so.
    /// </summary>
    public const string Source = """
        "use strict";
        const template = JSON.parse(document.getElementById("plot-template").textContent);
        const settings = { displayModeBar: false, responsive: true, showTips: false };
        const boxes = [...document.querySelectorAll(".chart")];
        const drawn = boxes.map(box => {
          const figure = JSON.parse(document.getElementById(box.id + "-json").textContent);
          return Plotly.newPlot(box, figure.data, { ...figure.layout, template }, settings);
        });
        Promise.all(drawn).then(() => { document.documentElement.dataset.ready = "true"; });
        window.addEventListener("beforeprint", () => boxes.forEach(box => Plotly.Plots.resize(box)));
        """;
}
