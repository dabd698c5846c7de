import type { StudyPanel } from "../../study/study-panels";
import { el } from "../dom";
import { loadPlotly } from "../page/load-plotly";
import type { PlotlySource } from "../payload";
import type { PlotlyLibrary } from "../plotly";
import { isDark, watchTheme } from "../theme";
import { panelFigure } from "./panel-figure";

/*
 * Runs in the page, once for every study, as the last script in the output's element: when a panel's picture comes into view, Plotly draws
 * it anew, with figures to point at. Without Plotly the pictures stay.
 */

interface PageData {
  readonly panels: readonly StudyPanel[];
  readonly plotly: PlotlySource;
}

const output = document.currentScript?.parentElement;
const data = output?.querySelector(":scope > script[type='application/json']")?.textContent;
if (output && data) {
  const { panels, plotly } = JSON.parse(data) as PageData;
  const figures = [...output.querySelectorAll("figure")];
  const watcher = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        const panel = panels[figures.indexOf(target as HTMLElement)];
        if (!isIntersecting || !panel) continue;
        watcher.unobserve(target);
        loadPlotly(plotly, output)
          .then((library) => drawPanel(target as HTMLElement, panel, library as PlotlyLibrary))
          .catch(() => {}); // the picture says the same
      }
    },
    { rootMargin: "200px" },
  );
  for (const figure of figures) watcher.observe(figure);
}

function drawPanel(place: HTMLElement, panel: StudyPanel, plotly: PlotlyLibrary): void {
  const picture = place.querySelector("img");
  const plot = el("div", { role: "img", "aria-label": picture?.alt ?? panel.title });
  place.replaceChildren(el("figcaption", {}, panel.title), plot);
  const draw = () => {
    const dark = isDark("auto");
    const { data, layout } = panelFigure(panel, dark);
    const themed = {
      ...layout,
      paper_bgcolor: "transparent",
      plot_bgcolor: "transparent",
      font: { color: dark ? "#ddd" : "#222", size: 11 },
      xaxis: { ...(layout.xaxis as object), gridcolor: dark ? "#444" : "#ddd" },
    };
    void plotly.react(plot, [...data], themed, {
      responsive: true,
      displayModeBar: false,
      typesetMath: false,
    });
  };
  watchTheme(draw);
  draw();
}
