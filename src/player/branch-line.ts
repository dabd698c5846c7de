import { FITS } from "../heap/fits";
import { DEFAULT_POLICY } from "../heap/options";
import { COALESCINGS, ORDERS } from "../heap/orders";
import { type BranchPolicy, branchChanges } from "../run/branch";
import { el } from "./dom";
import type { Film } from "./film";

/** What a policy is made of: what there is to choose from, and how it is called. */
const PARTS = {
  fit: { names: Object.keys(FITS), noun: "fit" },
  order: { names: Object.keys(ORDERS), noun: "order" },
  coalesce: { names: Object.keys(COALESCINGS), noun: "coalescing" },
} as const satisfies Readonly<Record<keyof BranchPolicy, object>>;

/** How a policy is called in which a run differs from the one that it branches off from: `best fit, lifo order`. */
export function nameOf(policy: BranchPolicy): string {
  const parts = Object.entries(policy) as [keyof BranchPolicy, string][];
  return parts.map(([part, name]) => `${name} ${PARTS[part].noun}`).join(", ");
}

/** A line in which the reader chooses a whole policy for a run to go on under. */
export class BranchLine {
  readonly node = el("div", { class: "fl-row fl-branch" });
  readonly #branch: (policy: BranchPolicy) => void;
  #film: Film | null = null;

  constructor(branch: (policy: BranchPolicy) => void) {
    this.#branch = branch;
  }

  /** Offers what can be another one in a run; what was chosen stays as long as the run does. */
  offer(film: Film): void {
    if (film === this.#film) return;
    this.#film = film;
    const { description } = film.history;
    const own = { ...DEFAULT_POLICY, ...description.options } as Record<keyof BranchPolicy, string>;
    const button = el("button", { type: "button" }, "Branch off");
    const choices = branchChanges(description).map((part) => {
      const { names, noun } = PARTS[part];
      // A fit of one's own is not kept in a run, and so there is no going on with it.
      const options = names.map((name) => el("option", { value: name, selected: name === own[part] }, name));
      const choice = el("select", { "aria-label": `Go on with this ${noun}` }, ...options);
      choice.addEventListener("change", () => show());
      return { part, choice, node: el("label", {}, choice, noun) };
    });
    const chosen = (): BranchPolicy =>
      Object.fromEntries(
        choices.flatMap(({ part, choice }) => (choice.value === own[part] ? [] : [[part, choice.value]])),
      );
    const show = () => {
      button.disabled = nameOf(chosen()) === "";
    };
    button.addEventListener("click", () => this.#branch(chosen()));
    show();
    this.node.replaceChildren("From here on:", ...choices.map(({ node }) => node), button);
  }
}
