import { curvesPanel } from "./curves";
import { el } from "./dom";
import { findPanel } from "./find";
import type { MakePanel, PanelView, Scene } from "./panel";
import { PANEL_TITLES, type PlayerPanel } from "./player-options";
import { spaceTimePanel } from "./space-time";
import { stripPanel } from "./strip";
import { whyPanel } from "./why";

/** What makes each panel. A further one is a file, its title in `PANEL_TITLES` and its line here. */
const PANELS: Readonly<Record<PlayerPanel, MakePanel>> = {
  why: whyPanel,
  strip: stripPanel,
  find: findPanel,
  metrics: curvesPanel,
  "space-time": spaceTimePanel,
};

/** The panels of a player. What is folded is neither made nor drawn. */
export class Panels {
  readonly node = el("div", { class: "fl-panels" });
  #all = new Map<
    PlayerPanel,
    { details: HTMLDetailsElement; make: MakePanel; view: PanelView | null; stale: boolean }
  >();

  constructor(
    private readonly scene: Scene,
    open: readonly PlayerPanel[],
    opened: (name: PlayerPanel) => void,
  ) {
    for (const name of Object.keys(PANEL_TITLES) as PlayerPanel[]) {
      const details = el("details", { "data-panel": name }, el("summary", {}, PANEL_TITLES[name]));
      details.open = open.includes(name);
      details.addEventListener("toggle", () => opened(name));
      this.node.append(details);
      this.#all.set(name, { details, make: PANELS[name], view: null, stale: false });
    }
  }

  /** The folding element of a panel. */
  of(name: PlayerPanel): HTMLDetailsElement {
    return this.#all.get(name)!.details;
  }

  /** Makes them anew, for other runs, when they are drawn next: until then the former ones stay. */
  renew(): void {
    for (const one of this.#all.values()) one.stale = true;
  }

  draw: PanelView["draw"] = (step, scheme, colourOf) => {
    for (const one of this.#all.values()) {
      if (!one.details.open) continue;
      if (!one.view || one.stale) {
        one.view?.node.remove();
        one.view = one.make(this.scene);
        one.details.append(one.view.node);
        one.stale = false;
      }
      one.view.draw(step, scheme, colourOf);
    }
  };
}
