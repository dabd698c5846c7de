import { curvesPanel } from "./curves";
import { el } from "./dom";
import type { Panel, PanelView, Scene } from "./panel";
import type { PlayerPanel } from "./player-options";
import { spaceTimePanel } from "./space-time";
import { stripPanel } from "./strip";

/** Every panel, in the order in which they stand. A further one is a file, an entry here, and its name in `PlayerPanel`. */
const PANELS: Readonly<Record<PlayerPanel, Panel>> = {
  strip: { title: "Heap order and list order", make: stripPanel },
  metrics: { title: "Metrics over time", make: curvesPanel },
  "space-time": { title: "The whole run: space and time", make: spaceTimePanel },
};

/** The panels of a player. What is folded is neither made nor drawn. */
export class Panels {
  readonly node = el("div", { class: "fl-panels" });
  #all: { details: HTMLDetailsElement; panel: Panel; view: PanelView | null }[] = [];

  constructor(
    private readonly scene: Scene,
    open: readonly PlayerPanel[],
    opened: () => void,
  ) {
    for (const [name, panel] of Object.entries(PANELS)) {
      const details = el("details", {}, el("summary", {}, panel.title));
      details.open = open.includes(name as PlayerPanel);
      details.addEventListener("toggle", opened);
      this.node.append(details);
      this.#all.push({ details, panel, view: null });
    }
  }

  draw: PanelView["draw"] = (step, scheme, colourOf) => {
    for (const one of this.#all) {
      if (!one.details.open) continue;
      if (!one.view) {
        one.view = one.panel.make(this.scene);
        one.details.append(one.view.node);
      }
      one.view.draw(step, scheme, colourOf);
    }
  };
}
