import { counted, readable } from "../base/readable";
import type { NotationName } from "../run/decision/notation";
import { type Pace, pacesFor, REST } from "./clock";
import { COLOURINGS } from "./colourings";
import { el, setAttribute, svg } from "./dom";
import { STOPS, type StopName } from "./film";
import type { Jump } from "./jumps";
import type { PlayerColour } from "./player-options";
import { Timeline } from "./timeline";

/** What the controls ask for. */
export interface ControlEvents {
  toggle(): void;
  seek(step: number): void;
  jump(stop: Jump, direction: 1 | -1): void;
  pace(pace: Pace): void;
  colour(colour: PlayerColour): void;
  notation(notation: NotationName): void;
  rest(on: boolean): void;
}

/** What the controls start with. */
export interface ControlSettings {
  readonly steps: number;
  readonly pace: Pace;
  readonly colour: PlayerColour;
  readonly rest: boolean;
}

const ICONS = {
  play: "M4 2l10 6-10 6z",
  pause: "M3 2h4v12H3zM9 2h4v12H9z",
  first: "M2 2h2v12H2zM14 2v12L5 8z",
  back: "M12 2v12L3 8z",
  forward: "M4 2v12l9-6z",
  last: "M12 2h2v12h-2zM2 2v12l9-6z",
} as const;

/** The buttons, the timeline and the choices below the picture: plain HTML. */
export class Controls {
  readonly node: HTMLElement;
  readonly timeline: Timeline;
  #play: HTMLButtonElement;
  #number: HTMLInputElement;
  #of = el("span");
  #step = 0;
  #steps = 0;
  #pace: HTMLSelectElement;
  #walks = el("span", { class: "fl-hidden" }, "; ↓ ↑ through the decision");
  /** Whether a step is being typed: then it is not written over. */
  #typing = false;
  #ends: { back: HTMLButtonElement[]; forward: HTMLButtonElement[] };
  #jumps = new Map<Jump, { group: HTMLElement; back: HTMLButtonElement; forward: HTMLButtonElement }>();

  constructor(
    settings: ControlSettings,
    private readonly events: ControlEvents,
  ) {
    const { steps } = settings;
    this.#steps = steps;
    this.#of.textContent = `of ${readable(steps)}`;
    this.#play = button("play", "Play", () => events.toggle());
    this.#play.classList.add("fl-play");
    const first = button("first", "First step", () => events.seek(0));
    const back = button("back", "Step back", () => events.seek(this.#step - 1));
    const forward = button("forward", "Step forward", () => events.seek(this.#step + 1));
    const last = button("last", "Last step", () => events.seek(this.#steps));
    this.#ends = { back: [first, back], forward: [forward, last] };
    this.#number = this.#stepField(steps);
    this.#fitNumber(steps);
    this.timeline = new Timeline(steps, (step) => events.seek(step));
    const jumps = (Object.keys(STOPS) as StopName[]).map((stop) => this.#jump(stop, STOPS[stop].title));
    jumps.push(this.#jump("difference", "First difference"));
    this.#pace = this.#paces(settings);
    this.node = el(
      "div",
      { class: "fl-controls" },
      el(
        "div",
        { class: "fl-timed" },
        group(first, back, this.#play, forward, last),
        el("div", { class: "fl-track" }, ...this.timeline.nodes),
      ),
      row(
        el("label", {}, "Step ", this.#number, this.#of),
        el("label", {}, "Speed ", this.#pace),
        el("label", {}, "Colours ", this.#colours(settings)),
        el("label", {}, "Addresses ", this.#notations()),
      ),
      row(
        ...jumps,
        this.#rests(settings),
        el("span", { class: "fl-keys" }, "space, ← →, Home, End", this.#walks),
      ),
    );
  }

  /** Is for a run of so many steps. */
  setSteps(steps: number): void {
    this.#steps = steps;
    this.#number.max = String(steps);
    this.#fitNumber(steps);
    this.#of.textContent = `of ${readable(steps)}`;
    this.timeline.setSteps(steps);
  }

  /** Shows where the run is. */
  show(step: number): void {
    const steps = this.#steps;
    this.#step = step;
    this.timeline.show(step, `Step ${readable(step)} of ${readable(steps)}`);
    if (!this.#typing) this.#number.value = String(step);
    for (const node of this.#ends.back) able(node, step > 0);
    for (const node of this.#ends.forward) able(node, step < steps);
  }

  /** Shows which jumps lead anywhere from here; those of which the run has none are not offered. */
  showJumps(has: (stop: Jump) => boolean, leads: (stop: Jump, direction: 1 | -1) => boolean): void {
    for (const [stop, { group, back, forward }] of this.#jumps) {
      group.classList.toggle("fl-hidden", !has(stop));
      able(back, leads(stop, -1));
      able(forward, leads(stop, 1));
    }
  }

  showPlaying(playing: boolean): void {
    const name = playing ? "Pause" : "Play";
    setAttribute(this.#play, "aria-label", name);
    setAttribute(this.#play, "title", `${name} (space)`);
    setAttribute(this.#play.querySelector("path")!, "d", ICONS[playing ? "pause" : "play"]);
  }

  /** Shows a pace that was chosen elsewhere. */
  showPace({ of, value }: Pace): void {
    this.#pace.value = `${of} ${value}`;
  }

  /** Whether there is a decision to walk through. */
  showWalks(on: boolean): void {
    this.#walks.classList.toggle("fl-hidden", !on);
  }

  /** Makes room for the digits of long runs, beside the arrows that browsers put there. */
  #fitNumber(steps: number): void {
    this.#number.style.width = `max(6.5em, ${String(steps).length}ch + 3em)`;
  }

  #stepField(steps: number): HTMLInputElement {
    const field = el("input", { type: "number", min: 0, max: steps, value: 0, "aria-label": "Step" });
    field.addEventListener("input", () => {
      this.#typing = true;
    });
    const go = () => {
      if (this.#typing) this.events.seek(Math.round(Number(field.value) || 0));
      this.#typing = false;
    };
    field.addEventListener("change", go);
    field.addEventListener("keydown", ({ key }) => {
      if (key === "Enter") go();
    });
    return field;
  }

  #jump(stop: Jump, title: string): HTMLElement {
    const what = title.toLowerCase();
    const [before, after] =
      stop === "difference"
        ? [`Back to the ${what}`, `On to the ${what}`]
        : [`Previous: ${what}`, `Next: ${what}`];
    const back = button("back", before, () => this.events.jump(stop, -1));
    const forward = button("forward", after, () => this.events.jump(stop, 1));
    const chip = el("span", { class: "fl-chip", style: `background:var(--${stop})` });
    const made = group(chip, el("span", { class: "fl-jump" }, title), back, forward);
    this.#jumps.set(stop, { group: made, back, forward });
    return made;
  }

  #paces({ pace, steps }: ControlSettings): HTMLSelectElement {
    const paces = pacesFor(steps, pace);
    const text = ({ of, value }: Pace) =>
      of === "run" ? `whole run in ${readable(value)} s` : `${counted(value, "step")}/s`;
    const options = paces.map((one) =>
      el(
        "option",
        { value: `${one.of} ${one.value}`, selected: one.of === pace.of && one.value === pace.value },
        text(one),
      ),
    );
    const choice = el("select", {}, ...options);
    choice.addEventListener("change", () => this.events.pace(paces[choice.selectedIndex]!));
    return choice;
  }

  #colours({ colour }: ControlSettings): HTMLSelectElement {
    const options = Object.entries(COLOURINGS).map(([value, { title }]) =>
      el("option", { value, selected: value === colour }, title),
    );
    const choice = el("select", {}, ...options);
    choice.addEventListener("change", () => this.events.colour(choice.value as PlayerColour));
    return choice;
  }

  #notations(): HTMLSelectElement {
    const titles = { decimal: "decimal", hexadecimal: "0x" };
    const options = Object.entries(titles).map(([value, title]) => el("option", { value }, title));
    const choice = el("select", {}, ...options);
    choice.addEventListener("change", () => this.events.notation(choice.value as NotationName));
    return choice;
  }

  #rests({ rest }: ControlSettings): HTMLElement {
    const box = el("input", { type: "checkbox" });
    box.checked = rest;
    box.addEventListener("change", () => this.events.rest(box.checked));
    const title = `While playing, each of these steps is shown ${REST} times as long`;
    return el("label", { title }, box, `Rest on these (${REST} × as long)`);
  }
}

/** Disables a button without taking the focus from it: a keyboard's user who reaches the end stays where they were. */
function able(node: HTMLButtonElement, on: boolean): void {
  if (node.ariaDisabled !== String(!on)) node.ariaDisabled = String(!on);
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
