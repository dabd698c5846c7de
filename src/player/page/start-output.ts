import type { PlayerPayload, PlotlySource } from "../payload";
import type { PlayerGlobal } from "../player-global";
import { loadPlotly } from "./load-plotly";

/*
 * Runs in the page, once for every output, as the last script in the output's element: turns its static picture into the
 * player. When it cannot, the picture stays.
 */

/** What the output's data element holds. */
interface OutputData {
  readonly payload: PlayerPayload;
  readonly plotly: PlotlySource;
}

const output = document.currentScript?.parentElement;
const root = output?.querySelector<HTMLElement>(":scope > .freelist-lab-root");
const data = output?.querySelector(":scope > script[type='application/json']")?.textContent;
const player = (globalThis as { freelistLab?: PlayerGlobal }).freelistLab;
if (output && root && data && player) {
  const { payload, plotly } = JSON.parse(data) as OutputData;
  player.mount(root, payload, loadPlotly(plotly, output)).ready.catch(() => undefined);
}
