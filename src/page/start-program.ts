/*
 * What an output, or a page, carries of a page program: the program itself lies packed in it. It is the last script of the output's
 * element; it unpacks the program, once a page, and starts it in place of the static markup. When it cannot, the markup stays, and a
 * line says why.
 */
import { unpack } from "../player/unpack";
import type { PageProgram } from "./program";

/** The program, bundled, minified and packed; the build puts it here. */
declare const PACKED_PROGRAM: string;
/** A hash of it: the page unpacks each program once, and knows it by this. */
declare const PACKED_HASH: string;

const shared = Symbol.for("freelist-lab.programs");
const page = globalThis as { [shared]?: Record<string, Promise<PageProgram>> };
page[shared] ??= {};
const programs = page[shared];

const output = document.currentScript?.parentElement;
const root = output?.querySelector<HTMLElement>(":scope > .freelist-lab-root");
const data = output?.querySelector(":scope > script[type='application/json']")?.textContent;
if (output && root && data) {
  programs[PACKED_HASH] ??= unpack<PageProgram>(PACKED_PROGRAM);
  programs[PACKED_HASH]
    .then((program) => program.start(root, JSON.parse(data)))
    .catch((error: unknown) => {
      const line = document.createElement("p");
      line.className = "fl-why";
      line.textContent = `This cannot be shown: ${error instanceof Error ? error.message : String(error)}`;
      root.append(line);
    });
}
