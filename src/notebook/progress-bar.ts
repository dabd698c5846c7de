import { html } from "../base/markup";
import { readable } from "../base/readable";
import { displayHtml, kernelDisplays, runningKernel } from "./kernel-display";

/** Shows how far something long has come. */
export interface ProgressBar {
  /**
   * Shows that `done` of `total` are done, at most ten times a second, and always the last one.
   * @param note what else there is to say; "" for nothing
   */
  readonly update: (done: number, total: number, note?: string) => void;
}

/**
 * A bar in the cell's output; on a terminal, a line of the error output, which goes away at the end; elsewhere nothing.
 * @param what is being counted, for example `"operations"`
 */
export function progressBar(what: string): ProgressBar {
  const draw = drawer(what);
  let next = 0;
  const update = (done: number, total: number, note = "") => {
    const now = performance.now();
    if (draw === null || (done < total && now < next)) return;
    next = now + 100;
    draw(done, total, note);
  };
  return { update };
}

function drawer(what: string): ((done: number, total: number, note: string) => void) | null {
  const counts = (done: number, total: number, note: string) =>
    `${readable(done)} of ${readable(total)} ${what}${note && `; ${note}`}`;
  if (runningKernel()) {
    const display = kernelDisplays().newDisplay();
    return (done, total, note) => {
      const text = counts(done, total, note);
      const bar = html`<progress max="${total}" value="${done}" style="width:300px" aria-label="${text}"></progress> `;
      displayHtml(html`<div>${done < total ? bar : ""}${text}</div>`, display);
    };
  }
  if (!process.stderr.isTTY) return null;
  return (done, total, note) => {
    const filled = total === 0 ? 30 : Math.round((30 * done) / total);
    const whole = `[${"#".repeat(filled)}${" ".repeat(30 - filled)}] ${counts(done, total, note)}`;
    const line = whole.slice(0, (process.stderr.columns || 81) - 1);
    // To the line's end, since one may be shorter than the one before.
    process.stderr.write(done < total ? `\r${line}\x1b[K` : "\r\x1b[K");
  };
}
