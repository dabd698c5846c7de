/** What the packed part of a page program offers to the part that unpacks it. */
export interface PageProgram {
  /**
   * Shows it in `root`, in place of the static markup that stands there.
   * @param data what the output carries for it, as JSON
   */
  start(root: HTMLElement, data: unknown): void;
}

/** Makes `start` what the script offers that runs now: the last line of a page program. See `unpack`. */
export function offerProgram<Data>(start: (root: HTMLElement, data: Data) => void): void {
  const program: PageProgram = { start: (root, data) => start(root, data as Data) };
  (document.currentScript as (HTMLScriptElement & { core?: PageProgram }) | null)!.core = program;
}
