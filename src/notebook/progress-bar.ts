import { html } from "../base/markup";
import { readable } from "../base/readable";
import { displayHtml, kernelDisplays, runningKernel } from "./kernel-display";

/** Shows how far something long has come. */
export interface ProgressBar {
  /** Shows that `done` of `total` are done, at most ten times a second, and always the last one. */
  readonly update: (done: number, total: number) => void;
}

/**
 * A bar in the cell's output; on a terminal, a line of the error output, which goes away at the end; elsewhere nothing.
 * @param what is being counted, for example `"operations"`
 */
export function progressBar(what: string): ProgressBar {
  const draw = drawer(what);
  let next = 0;
  const update = (done: number, total: number) => {
    const now = performance.now();
    if (draw === null || (done < total && now < next)) return;
    next = now + 100;
    draw(done, total);
  };
  return { update };
}

function drawer(what: string): ((done: number, total: number) => void) | null {
  const counts = (done: number, total: number) => `${readable(done)} of ${readable(total)} ${what}`;
  if (runningKernel()) {
    const display = kernelDisplays().newDisplay();
    return (done, total) => {
      const text = counts(done, total);
      const bar = html`<progress max="${total}" value="${done}" style="width:300px" aria-label="${text}"></progress> `;
      displayHtml(html`<div>${done < total ? bar : ""}${text}</div>`, display);
    };
  }
  if (!process.stderr.isTTY) return null;
  return (done, total) => {
    const filled = total === 0 ? 30 : Math.round((30 * done) / total);
    const line = `[${"#".repeat(filled)}${" ".repeat(30 - filled)}] ${counts(done, total)}`;
    process.stderr.write(done < total ? `\r${line}` : `\r${" ".repeat(line.length)}\r`);
  };
}
