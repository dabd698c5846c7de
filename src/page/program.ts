import { type ComponentChild, render } from "preact";

/** What the packed part of a page program offers to the part that unpacks it. */
export interface PageProgram {
  /**
   * Shows it in `root`, in place of the static markup that stands there.
   * @param data what the output carries for it, as JSON
   */
  start(root: HTMLElement, data: unknown): void;
}

/**
 * Makes a component what the script offers that runs now: the last line of a page program. See `unpack`.
 *
 * What a reader does in a page is written with Preact: its state changes in many ways, and the page follows from the state, which by hand is
 * twice the code; it weighs 6 kB, packed, and needs no compiler of its own. The player is not: its controls are made once, a frame sets a
 * few values in them sixty times a second, and with Preact they would be no shorter, while every output of a run would carry it.
 * @param show the component, of what the output carries; the static markup is there until it is
 */
export function offerProgram<Data>(show: (data: Data, root: HTMLElement) => ComponentChild): void {
  const program: PageProgram = {
    start(root, data) {
      const component = show(data as Data, root);
      const place = document.createElement("div");
      // What measures itself must be in the document when it is made.
      root.replaceChildren(place);
      render(component, place);
    },
  };
  (document.currentScript as (HTMLScriptElement & { core?: PageProgram }) | null)!.core = program;
}
