import { el, svg } from "./dom";
import type { Stop } from "./film";
import type { PlayerColour } from "./payload";

/** What the controls ask for. */
export interface ControlEvents {
  toggle(): void;
  seek(step: number): void;
  jump(stop: Stop | "difference", direction: 1 | -1): void;
  speed(stepsPerSecond: number): void;
  colour(colour: PlayerColour): void;
  rest(on: boolean): void;
}

/** What the controls start with. */
export interface ControlSettings {
  readonly steps: number;
  readonly speed: number;
  readonly colour: PlayerColour;
  readonly rest: boolean;
  readonly several: boolean;
}

const ICONS = {
  play: "M4 2l10 6-10 6z",
  pause: "M3 2h4v12H3zM9 2h4v12H9z",
  first: "M2 2h2v12H2zM14 2v12L5 8z",
  back: "M12 2v12L3 8z",
  forward: "M4 2v12l9-6z",
  last: "M12 2h2v12h-2zM2 2v12l9-6z",
} as const;

/** The buttons, the slider and the choices around the picture: plain HTML. */
export class Controls {
  readonly rows: readonly HTMLElement[];
  readonly slider: HTMLInputElement;
  readonly marks: HTMLCanvasElement;
  #play: HTMLButtonElement;
  #number: HTMLInputElement;
  #step = 0;
  /** Whether a step is being typed: then it is not written over. */
  #typing = false;
  #ends: { back: HTMLButtonElement[]; forward: HTMLButtonElement[] };
  #jumps = new Map<string, [HTMLButtonElement, HTMLButtonElement]>();
  #difference: HTMLElement;

  constructor(settings: ControlSettings, events: ControlEvents) {
    const { steps } = settings;
    this.#play = button("play", "Play", () => events.toggle());
    this.#play.classList.add("fl-play");
    const first = button("first", "First step", () => events.seek(0));
    const back = button("back", "Step back", () => events.seek(this.#step - 1));
    const forward = button("forward", "Step forward", () => events.seek(this.#step + 1));
    const last = button("last", "Last step", () => events.seek(steps));
    this.#ends = { back: [first, back], forward: [forward, last] };
    this.#number = el("input", { type: "number", min: 0, max: steps, value: 0, "aria-label": "Step" });
    this.#number.addEventListener("input", () => {
      this.#typing = true;
    });
    this.#number.addEventListener("change", () => {
      this.#typing = false;
      events.seek(Math.round(Number(this.#number.value) || 0));
    });
    this.slider = el("input", { type: "range", min: 0, max: steps, value: 0, "aria-label": "Timeline" });
    this.slider.addEventListener("input", () => events.seek(Number(this.slider.value)));
    this.marks = el("canvas", { class: "fl-marks", "aria-hidden": "true" });
    const of = el("span", {}, `of ${steps.toLocaleString("en-US")}`);
    this.#difference = this.#jump("difference", "First difference", events);
    this.#difference.classList.toggle("fl-hidden", !settings.several);
    this.rows = [
      row(
        group(first, back, this.#play, forward, last),
        el("label", {}, "Step ", this.#number, of),
        el("label", {}, "Speed ", speeds(settings, events)),
        el("label", {}, "Colours ", colours(settings, events)),
      ),
      el("div", { class: "fl-track" }, this.slider, this.marks),
      row(
        this.#jump("split", "Split", events),
        this.#jump("merge", "Merge", events),
        this.#jump("failure", "Failure", events),
        this.#difference,
        rests(settings, events),
        el("span", { class: "fl-jump" }, "Keys: space, ← →, Home, End"),
      ),
    ];
  }

  /** Shows where the run is, of `steps`; `text` says it to a screen reader. */
  show(step: number, steps: number, text: string): void {
    this.#step = step;
    this.slider.value = String(step);
    this.slider.setAttribute("aria-valuetext", text);
    if (!this.#typing) this.#number.value = String(step);
    for (const node of this.#ends.back) able(node, step > 0);
    for (const node of this.#ends.forward) able(node, step < steps);
  }

  /** Shows which jumps lead anywhere from here. */
  showJumps(leads: (stop: Stop | "difference", direction: 1 | -1) => boolean): void {
    for (const [stop, [back, forward]] of this.#jumps) {
      able(back, leads(stop as Stop, -1));
      able(forward, leads(stop as Stop, 1));
    }
  }

  showPlaying(playing: boolean): void {
    this.#play.setAttribute("aria-label", playing ? "Pause" : "Play");
    this.#play.title = playing ? "Pause (space)" : "Play (space)";
    this.#play.querySelector("path")!.setAttribute("d", ICONS[playing ? "pause" : "play"]);
  }

  #jump(stop: Stop | "difference", name: string, events: ControlEvents): HTMLElement {
    const what = name.toLowerCase();
    const back = button("back", `Previous ${what}`, () => events.jump(stop, -1));
    const forward = button("forward", `Next ${what}`, () => events.jump(stop, 1));
    if (stop === "difference") {
      for (const node of [back, forward]) {
        node.title = "First difference";
        node.setAttribute("aria-label", `Go ${node === back ? "back" : "on"} to the first difference`);
      }
    }
    this.#jumps.set(stop, [back, forward]);
    const chip = el("span", { class: "fl-chip", style: `background:var(--${CHIPS[stop]})` });
    return group(chip, el("span", { class: "fl-jump" }, name), back, forward);
  }
}

/** The style sheet's names for the colours of the marks, in the order of their lanes from the top. */
export const CHIPS = { split: "split", merge: "merge", failure: "failure", difference: "differ" } as const;

/** Disables a button without taking the focus from it: a keyboard's user who reaches the end stays where they were. */
function able(node: HTMLButtonElement, on: boolean): void {
  if (node.ariaDisabled !== String(!on)) node.ariaDisabled = String(!on);
  const opacity = on ? "" : "0.4";
  if (node.style.opacity !== opacity) node.style.opacity = opacity;
}

function button(icon: keyof typeof ICONS, label: string, act: () => void): HTMLButtonElement {
  const made = el("button", { type: "button", "aria-label": label, title: label });
  const image = svg("svg", { viewBox: "0 0 16 16", "aria-hidden": "true" });
  image.append(svg("path", { d: ICONS[icon] }));
  made.append(image);
  made.addEventListener("click", () => {
    if (made.ariaDisabled !== "true") act();
  });
  return made;
}

function row(...children: Node[]): HTMLElement {
  return el("div", { class: "fl-row" }, ...children);
}

function group(...children: Node[]): HTMLElement {
  return el("span", { class: "fl-group" }, ...children);
}

function speeds({ speed, steps }: ControlSettings, events: ControlEvents): HTMLSelectElement {
  const usual = [1, 2, 4, 8, 15, 30, 60, 200, 1000, 5000, 20_000, 100_000];
  const offered = [...new Set([...usual.filter((one) => one <= Math.max(60, steps / 10)), speed])];
  offered.sort((a, b) => a - b);
  const choice = el(
    "select",
    {},
    ...offered.map((one) =>
      el("option", { value: one, selected: one === speed }, `${one.toLocaleString("en-US")} steps/s`),
    ),
  );
  choice.addEventListener("change", () => events.speed(Number(choice.value)));
  return choice;
}

function colours({ colour }: ControlSettings, events: ControlEvents): HTMLSelectElement {
  const names: Record<PlayerColour, string> = {
    original: "as the original",
    block: "by block",
    age: "by age",
    size: "by size",
  };
  const options = Object.entries(names).map(([value, name]) =>
    el("option", { value, selected: value === colour }, name),
  );
  const choice = el("select", {}, ...options);
  choice.addEventListener("change", () => events.colour(choice.value as PlayerColour));
  return choice;
}

function rests({ rest }: ControlSettings, events: ControlEvents): HTMLElement {
  const box = el("input", { type: "checkbox" });
  box.checked = rest;
  box.addEventListener("change", () => events.rest(box.checked));
  return el(
    "label",
    { title: "While playing, show splits, merges and failures longer" },
    box,
    "Rest on these",
  );
}
