import type { Trace } from "./trace";

/** How `writeRep` writes. */
export interface WriteRepOptions {
  /**
   * Numeric lines before the first operation: 4 (suggested heap size, ids, operations, weight), which CS:APP's `mdriver`
   * reads, or 2 (ids, operations). Default 4.
   */
  readonly headerLines?: 2 | 4;
}

/**
 * Writes a trace as CS:APP malloc-lab's `.rep`: a header, then `a ID SIZE`, `r ID SIZE`, `f ID`, the ids as they are in the
 * trace. The suggested heap size is the trace's peak, its weight 1. Name and source have no place in that format.
 */
export function writeRep(trace: Trace, options: WriteRepOptions = {}): string {
  const lines = options.headerLines ?? 4;
  if (lines !== 2 && lines !== 4) {
    throw new RangeError(
      `A .rep header has 2 or 4 lines, not ${String(lines)}: leave headerLines out for 4.`,
    );
  }
  let text = `${trace.ids}\n${trace.length}\n`;
  if (lines === 4) text = `${trace.peakLive}\n${text}1\n`;
  for (let i = 0; i < trace.length; i++) {
    const kind = trace.kindAt(i);
    if (kind === "free") text += `f ${trace.idAt(i)}\n`;
    else text += `${kind === "malloc" ? "a" : "r"} ${trace.idAt(i)} ${trace.sizeAt(i)}\n`;
  }
  return text;
}
