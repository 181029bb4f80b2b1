namespace Colocate.Cli.Report;

/// <summary>The page's style sheet.</summary>
public static class ReportStyle
{
    private const string Dark = "color-scheme: dark; --ink: #e4e7ea; --muted: #a3abb3; --rule: #343a40; --ground: #15181b; --panel: #1d2125; --link: #7cc0f0; "
        + "--good: #4fc79e; --care: #e9b44c; --bad: #f58a55; --strong: #1d2f3d;";

    /// <summary>Light and dark follow the reader's system until the switch of the page says otherwise (<c>data-theme</c>); on paper the page is light.</summary>
    public const string Source = $$"""
        :root { color-scheme: light; --ink: #1d2226; --muted: #5b646d; --rule: #dfe3e7; --ground: #ffffff; --panel: #f6f7f9; --link: #0063a0;
          --good: #00724f; --care: #8a5a00; --bad: #b13c00; --strong: #eaf3fa; }
        @media screen and (prefers-color-scheme: dark) { :root:not([data-theme="light"]) { {{Dark}} } }
        @media screen { :root[data-theme="dark"] { {{Dark}} } }
        * { box-sizing: border-box; }
        html { scroll-padding-top: 3.5rem; }
        body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif;
          font-variant-numeric: tabular-nums; overflow-wrap: break-word; }
        .skip { position: absolute; left: -100vw; z-index: 1002; padding: .5rem 1rem; background: var(--ground); }
        .skip:focus { left: .5rem; top: .5rem; }
        :focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
        #theme { float: right; padding: .3rem .8rem; font: inherit; font-size: .85rem; color: var(--link); background: var(--panel); border: 1px solid var(--rule);
          border-radius: .4rem; cursor: pointer; }
        header, main, footer { max-width: 68rem; margin: 0 auto; padding: 0 1.5rem; }
        header { padding-top: 2.5rem; }
        h1, h2, h3 { line-height: 1.25; font-weight: 600; text-wrap: balance; }
        h1 { font-size: 2rem; margin: 0 0 .25rem; letter-spacing: -.015em; }
        h2 { font-size: 1.5rem; margin: 0; letter-spacing: -.01em; }
        h2 .step { color: var(--muted); font-weight: 400; margin-right: .6rem; }
        h3 { font-size: 1.1rem; margin: 0 0 .35rem; }
        p { margin: 0 0 .8rem; max-width: 46rem; }
        a { color: var(--link); text-underline-offset: .15em; }
        nav { position: sticky; top: 0; z-index: 1001; background: var(--ground); border-bottom: 1px solid var(--rule); margin-top: 1.5rem; }
        nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; list-style: none; max-width: 68rem; margin: 0 auto; padding: .6rem 1.5rem; }
        nav a { color: var(--muted); text-decoration: none; font-size: .95rem; }
        nav a:hover, nav a:focus-visible { color: var(--ink); text-decoration: underline; }
        .lead, .source { color: var(--muted); }
        .glance { display: flex; flex-wrap: wrap; gap: 1px; margin: 1.75rem 0 0; background: var(--rule); border: 1px solid var(--rule); border-radius: .5rem; overflow: hidden; }
        .glance div { flex: 1 1 11rem; background: var(--ground); padding: .9rem 1.1rem; }
        .glance dt { color: var(--muted); font-size: .85rem; }
        .glance dd { margin: .1rem 0 0; font-size: 1.45rem; font-weight: 600; line-height: 1.25; }
        .glance small { display: block; color: var(--muted); font-size: .85rem; font-weight: 400; }
        .overview { margin: 1.25rem 0 0; padding: 0 0 0 1.6rem; }
        .overview li { margin: 0 0 .4rem; padding-left: .2rem; }
        .overview li::marker { color: var(--muted); }
        .overview a { font-weight: 600; margin-right: .3rem; }
        .overview .unknown span { color: var(--muted); }
        .omitted { padding-left: .7rem; border-left: 3px solid var(--care); }
        section { padding-top: 3rem; }
        section > h2 { padding-bottom: .6rem; border-bottom: 2px solid var(--ink); }
        article { padding: 1.6rem 0 .4rem; }
        article + article { border-top: 1px solid var(--rule); }
        .verdict { font-weight: 600; white-space: nowrap; margin-right: .35rem; }
        .verdict.yes { color: var(--good); } .verdict.care { color: var(--care); } .verdict.no { color: var(--bad); }
        .scroll { overflow-x: auto; }
        .chart text { font-variant-numeric: tabular-nums; }
        .chart .infolayer text, .chart .xaxislayer-above text, .chart .yaxislayer-above text { fill: var(--ink) !important; }
        .chart .errorbars path { stroke: var(--ink) !important; }
        .source { font-size: .85rem; margin: .3rem 0 .4rem; max-width: none; }
        .answer { margin: 1rem 0 0; font-size: 1.05rem; }
        details { margin: .3rem 0 .8rem; }
        summary { cursor: pointer; color: var(--link); font-size: .95rem; }
        .numbers { overflow: auto; border: 1px solid var(--rule); border-radius: .4rem; margin: .5rem 0; }
        .folded .numbers { max-height: 32rem; }
        table { border-collapse: collapse; width: 100%; font-size: .86rem; line-height: 1.4; }
        th, td { text-align: left; vertical-align: top; padding: .38rem .6rem; border-bottom: 1px solid var(--rule); }
        thead th { position: sticky; top: 0; z-index: 1; background: var(--panel); color: var(--muted); font-weight: 600; vertical-align: bottom; }
        td, th { white-space: nowrap; }
        thead th { white-space: normal; }
        tbody th { font-weight: 500; position: sticky; left: 0; background: var(--ground); }
        .prose { white-space: normal; min-width: 13rem; }
        tbody tr:last-child > * { border-bottom: 0; }
        .number { text-align: right; }
        .highlight > * { background: var(--strong); font-weight: 600; }
        code { font: .85em/1.4 ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace; overflow-wrap: anywhere; }
        .command { display: block; padding: .8rem 1rem; background: var(--panel); border: 1px solid var(--rule); border-radius: .4rem; margin: .5rem 0 1rem; white-space: pre-wrap; }
        .notices { white-space: pre-wrap; max-height: 20rem; overflow: auto; font-size: .8rem; }
        footer { padding-top: 3rem; padding-bottom: 3rem; color: var(--muted); font-size: .85rem; }
        @media (max-width: 40rem) { body { font-size: 15px; } header, main, footer, nav ul { padding-left: 1rem; padding-right: 1rem; } h1 { font-size: 1.6rem; } }
        @media print {
          nav, .skip, #theme, .folded, .open summary, .source a { display: none !important; }
          body { font-size: 10.5pt; }
          h2, h3, .answer { break-after: avoid; }
          header, main, footer { max-width: none; padding-left: 0; padding-right: 0; }
          article, .scroll, .glance, .answer, li, tr { break-inside: avoid; } section { padding-top: 1.5rem; }
          article > p { max-width: none; orphans: 3; widows: 3; }
          .scroll, .numbers { overflow: visible; max-height: none; }
          table { font-size: 7.5pt; } td, th { white-space: normal; padding: .2rem .35rem; } .prose { min-width: 0; } thead th, tbody th { position: static; }
        }
        """;
}
