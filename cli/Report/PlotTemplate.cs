namespace Colocate.Cli.Report;

/// <summary>
/// House style of every figure, as a plotly template (plotly.com/javascript/layout-template). Greys are legible on light and on dark ground.
/// </summary>
public static class PlotTemplate
{
    /// <summary>The template as JSON.</summary>
    public const string Json = """
        {
          "layout": {
            "font": { "family": "system-ui, -apple-system, 'Segoe UI', Roboto, 'Liberation Sans', sans-serif", "size": 12.5, "color": "#5b646d" },
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "margin": { "l": 56, "r": 16, "t": 44, "b": 48 },
            "hoverlabel": { "bgcolor": "#22272d", "bordercolor": "#22272d", "align": "left",
              "font": { "family": "system-ui, -apple-system, 'Segoe UI', Roboto, 'Liberation Sans', sans-serif", "size": 12.5, "color": "#ffffff" } },
            "hovermode": "closest",
            "dragmode": false,
            "bargap": 0.28,
            "barmode": "stack",
            "legend": { "orientation": "h", "x": 0, "xanchor": "left", "y": 0.995, "yanchor": "top", "yref": "container", "traceorder": "normal",
              "itemclick": false, "itemdoubleclick": false },
            "xaxis": {
              "automargin": true, "gridcolor": "rgba(128,128,128,0.18)", "zeroline": false, "showline": true, "linecolor": "#8a8f94",
              "ticks": "outside", "ticklen": 4, "tickcolor": "#8a8f94", "title": { "standoff": 8, "font": { "size": 12.5 } }
            },
            "yaxis": {
              "automargin": true, "gridcolor": "rgba(128,128,128,0.18)", "zeroline": false, "showline": false,
              "ticks": "", "title": { "standoff": 8, "font": { "size": 12.5 } }
            },
            "annotationdefaults": { "font": { "size": 12 } }
          }
        }
        """;
}
