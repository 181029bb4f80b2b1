namespace Colocate.Cli.Report;

/// <summary>The page's own scripts.</summary>
public static class ReportScript
{
    /// <summary>The switch between light and dark. Until it is used the page follows the reader's system; without scripts it stays hidden.</summary>
    public const string Theme = """
        "use strict";
        {
          const root = document.documentElement, button = document.getElementById("theme"), system = matchMedia("(prefers-color-scheme: dark)");
          const isDark = () => root.dataset.theme ? root.dataset.theme === "dark" : system.matches;
          const label = () => { button.textContent = isDark() ? "Light colours" : "Dark colours"; };
          button.addEventListener("click", () => { root.dataset.theme = isDark() ? "light" : "dark"; label(); });
          system.addEventListener("change", label);
          label();
          button.hidden = false;
        }
        """;

    /// <summary>
    /// Figures stand in the page as JSON data blocks, one beside each box. What can be read and operated without them comes first: once the first frame is
    /// painted, <c>usable</c> is marked in the performance timeline, and only then is the plot library compiled, which takes longer than all the rest. Figures
    /// in sight are drawn first (<c>drawn</c> in the timeline); the others follow one by one, at once where the reader goes, so that the page answers all the
    /// while. When all are drawn, <c>data-ready="true"</c> on the root element says so. For paper they are drawn as wide as a page of A4 or Letter holds between
    /// usual margins, and no higher than leaves room for heading and sentence.
    /// </summary>
    public const string Figures = """
        "use strict";
        {
          const template = JSON.parse(document.getElementById("plot-template").textContent);
          const settings = { displayModeBar: false, responsive: true, showTips: false };
          const boxes = [...document.querySelectorAll(".chart")], waiting = new Set(boxes), drawn = [], paperPx = 690, paperMostPx = 760;
          const draw = box => {
            if (!waiting.delete(box)) return;
            const figure = JSON.parse(document.getElementById(box.id + "-json").textContent);
            drawn.push(Plotly.newPlot(box, figure.data, { ...figure.layout, template }, settings));
          };
          const next = () => {
            const box = waiting.values().next().value;
            if (box) { draw(box); setTimeout(next); return; }
            Promise.all(drawn).then(() => { document.documentElement.dataset.ready = "true"; });
          };
          const load = () => {
            const library = document.getElementById("plot-library");
            if (!library) return;
            const script = document.createElement("script");
            script.textContent = library.textContent;
            library.replaceWith(script);
            boxes.filter(box => box.getBoundingClientRect().top < innerHeight).forEach(draw);
            performance.mark("drawn");
            const seen = new IntersectionObserver(entries => entries.forEach(e => { if (e.isIntersecting) draw(e.target); }), { rootMargin: "300px" });
            boxes.forEach(box => seen.observe(box));
            setTimeout(next);
          };
          const scrolls = [...document.querySelectorAll(".scroll")];
          const reach = () => scrolls.forEach(s => { if (s.scrollWidth > s.clientWidth) s.tabIndex = 0; else s.removeAttribute("tabindex"); });
          reach();
          addEventListener("resize", reach);
          addEventListener("beforeprint", () => {
            load();
            [...waiting].forEach(draw);
            boxes.forEach(box => {
              box.dataset.minWidth = box.style.minWidth;
              box.dataset.height = box.style.height;
              box.style.minWidth = "0";
              box.style.height = `${Math.min(parseFloat(box.style.height), paperMostPx)}px`;
              Plotly.relayout(box, { width: paperPx, height: parseFloat(box.style.height) });
            });
          });
          addEventListener("afterprint", () => boxes.forEach(box => {
            box.style.minWidth = box.dataset.minWidth;
            box.style.height = box.dataset.height;
            Plotly.relayout(box, { width: null, height: null, autosize: true });
          }));
          requestAnimationFrame(() => setTimeout(() => { performance.mark("usable"); setTimeout(load); }));
        }
        """;
}
