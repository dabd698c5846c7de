import { curvesPanel } from "./curves";
import { el } from "./dom";
import type { Panel, PanelView, Scene } from "./panel";
import type { PlayerPanel } from "./player-options";
import { spaceTimePanel } from "./space-time";
import { stripPanel } from "./strip";
import { whyPanel } from "./why";

/** Every panel, in the order in which they stand. A further one is a file, an entry here, and its name in `PlayerPanel`. */
const PANELS: Readonly<Record<PlayerPanel, Panel>> = {
  why: { title: "Why this block?", make: whyPanel },
  strip: { title: "Heap order and list order", make: stripPanel },
  metrics: { title: "Metrics over time", make: curvesPanel },
  "space-time": { title: "The whole run: space and time", make: spaceTimePanel },
};

/** The panels of a player. What is folded is neither made nor drawn. */
export class Panels {
  readonly node = el("div", { class: "fl-panels" });
  #all = new Map<PlayerPanel, { details: HTMLDetailsElement; panel: Panel; view: PanelView | null }>();

  constructor(
    private readonly scene: Scene,
    open: readonly PlayerPanel[],
    opened: (name: PlayerPanel) => void,
  ) {
    for (const [name, panel] of Object.entries(PANELS)) {
      const details = el("details", { "data-panel": name }, el("summary", {}, panel.title));
      details.open = open.includes(name as PlayerPanel);
      details.addEventListener("toggle", () => opened(name as PlayerPanel));
      this.node.append(details);
      this.#all.set(name as PlayerPanel, { details, panel, view: null });
    }
  }

  /** The folding element of a panel. */
  of(name: PlayerPanel): HTMLDetailsElement {
    return this.#all.get(name)!.details;
  }

  /** Makes them anew, for other runs. */
  renew(): void {
    for (const one of this.#all.values()) {
      one.view?.node.remove();
      one.view = null;
    }
  }

  draw: PanelView["draw"] = (step, scheme, colourOf) => {
    for (const one of this.#all.values()) {
      if (!one.details.open) continue;
      if (!one.view) {
        one.view = one.panel.make(this.scene);
        one.details.append(one.view.node);
      }
      one.view.draw(step, scheme, colourOf);
    }
  };
}
