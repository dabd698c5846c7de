import { COMPACT_MAGIC } from "./recognise";
import type { Trace } from "./trace";

/**
 * Writes a trace in our own compact form: text to read, to diff, to write by hand; it packs well too, since a block is
 * named by its age. `parseTrace` reads it back: the same operations, blocks numbered in the order of their allocation.
 *
 *     freelist-lab trace 1        the first line, as it stands here
 *     program: lua                the trace's name
 *     source: lua5.4 tables.lua   the trace's source
 *     operations: 5               totals; checked when read, may be left out
 *     peak: 664 bytes             the most bytes that live blocks asked for at any time
 *
 *     24                          allocates 24 bytes
 *     0                           allocates 0 bytes: a block too
 *     640
 *     =3 16                       reallocates the third newest block to 16 bytes; it keeps its place
 *     -1                          frees the newest block
 *
 * Age counts allocations, freed blocks included: 1 is the block allocated last. Blank lines and lines that begin with
 * `#` say nothing. All figures are decimal, sizes in bytes.
 */
export function writeCompact(trace: Trace): string {
  const header = [COMPACT_MAGIC];
  if (trace.name !== "") header.push(`program: ${oneLine(trace.name)}`);
  if (trace.source !== "") header.push(`source: ${oneLine(trace.source)}`);
  header.push(`operations: ${trace.length}`, `peak: ${trace.peakLive} bytes`, "");
  return `${header.join("\n")}\n${operationLines(trace)}`;
}

function operationLines(trace: Trace): string {
  /** For each live id, how many blocks had been allocated before it. */
  const numbers = new Float64Array(trace.ids);
  let blocks = 0;
  let text = "";
  for (let i = 0; i < trace.length; i++) {
    const kind = trace.kindAt(i);
    const id = trace.idAt(i);
    if (kind === "malloc") {
      numbers[id] = blocks++;
      text += `${trace.sizeAt(i)}\n`;
    } else {
      const age = blocks - numbers[id]!;
      text += kind === "free" ? `-${age}\n` : `=${age} ${trace.sizeAt(i)}\n`;
    }
  }
  return text;
}

/** `text` as the value of a header line. */
function oneLine(text: string): string {
  return text.replace(/\p{C}+/gu, " ").trim();
}
