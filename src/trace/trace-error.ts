import type { TraceFormat } from "./formats";

/** Says what is wrong with the text of a trace, and where. The only error that reading a trace's content throws. */
export class TraceError extends Error {
  override readonly name = "TraceError";

  /**
   * @param line the line that is wrong, counted from 1; after unpacking, for a compressed trace
   * @param reason what is wrong with it and what to do: one sentence without the line's number, printable
   * @param format what the text was taken for; null when it was not recognised
   */
  constructor(
    readonly line: number,
    readonly reason: string,
    readonly format: TraceFormat | null,
  ) {
    super(`Line ${line}${format === null ? "" : ` (${format})`}: ${reason}`);
  }
}
