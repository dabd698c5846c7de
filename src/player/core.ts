/*
 * The player itself: everything but what `player.ts` does before it is unpacked. The build packs it into `player.js`.
 */
import { History } from "../run/history";
import type { PlayerPayload } from "./payload";
import { PlayerView } from "./player-view";
import type { PlotlyLibrary } from "./plotly";

/** What the unpacked part of the bundle offers to the part that unpacks it. */
export interface PlayerCore {
  /** Makes a player of a payload whose version has been checked. */
  create(payload: PlayerPayload, plotly: unknown): PlayerView;
}

const core: PlayerCore = {
  create(payload, plotly) {
    const runs = payload.runs.map(({ label, history: text, index }) => {
      const history = History.decode(text);
      return { label, history: index === undefined ? history : history.takeIndex(index) };
    });
    return new PlayerView(payload, runs, plotly as PlotlyLibrary);
  },
};

// The script element that this runs in is asked for it: see `unpack`.
(document.currentScript as (HTMLScriptElement & { core?: PlayerCore }) | null)!.core = core;
