import { Curves } from "./curves";
import { el } from "./dom";
import type { Film } from "./film";
import type { Scheme } from "./palette";
import type { PlayerPanel } from "./payload";
import { SpaceTime } from "./space-time";
import { Strip } from "./strip";

/** The folding parts below the controls. What is folded is neither made nor drawn. */
export class Panels {
  readonly node: HTMLElement;
  #all: { details: HTMLDetailsElement; draw: Draw | null; make: (body: HTMLElement) => Draw }[] = [];

  constructor(
    films: readonly Film[],
    steps: number,
    open: readonly PlayerPanel[],
    events: { seek(step: number): void; opened(): void },
  ) {
    const several = films.length > 1;
    const titles: Record<PlayerPanel, string> = {
      strip: "Heap order and list order",
      metrics: "Metrics over time",
      "space-time": "The whole run: space and time",
    };
    const makers: Record<PlayerPanel, (body: HTMLElement) => Draw> = {
      strip: (body) => {
        const strips = films.map((film) => {
          if (several) body.append(el("p", { class: "fl-name" }, film.label));
          const strip = new Strip(film);
          body.append(strip.node);
          return strip;
        });
        return (step, scheme, colourOf) => {
          strips.forEach((strip, i) => {
            strip.draw(Math.min(step, films[i]!.known), scheme, colourOf);
          });
        };
      },
      metrics: (body) => {
        const curves = new Curves(films, steps, events.seek);
        body.append(curves.node);
        return (step, scheme, colourOf) => curves.draw(step, colourOf, String(scheme.dark));
      },
      "space-time": (body) => {
        const pictures = films.map((film) => new SpaceTime(film, steps, events.seek, several));
        body.append(...pictures.map((picture) => picture.node));
        return (step, scheme, colourOf) => {
          for (const picture of pictures) picture.draw(step, scheme, colourOf);
        };
      },
    };
    for (const name of Object.keys(titles) as PlayerPanel[]) {
      const details = el("details", {}, el("summary", {}, titles[name]));
      details.open = open.includes(name);
      details.addEventListener("toggle", () => events.opened());
      this.#all.push({ details, draw: null, make: makers[name] });
    }
    this.node = el("div", {}, ...this.#all.map(({ details }) => details));
  }

  draw: Draw = (step, scheme, colourOf) => {
    for (const panel of this.#all) {
      if (!panel.details.open) continue;
      if (!panel.draw) {
        const body = el("div");
        panel.details.append(body);
        panel.draw = panel.make(body);
      }
      panel.draw(step, scheme, colourOf);
    }
  };
}

type Draw = (step: number, scheme: Scheme, colourOf: (name: string) => string) => void;
