import type { Block } from "./block";

/** Rows that a table shows of a long list, at its start and at its end. */
const ROWS_AT_AN_END = 20;

/** Blocks to go through, afresh each time; a notebook that prints them shows a table. */
export class BlockTable implements Iterable<Block> {
  /** @param noun what the blocks are: "block" or "hole" */
  constructor(
    private readonly each: () => Iterator<Block>,
    private readonly noun: string,
  ) {}

  [Symbol.iterator](): Iterator<Block> {
    return this.each();
  }

  /**
   * A line a block, under a heading: where it starts, how long it is, whether it is free or allocated, and below the sums. Of more
   * than 40 blocks the first and the last 20 are shown.
   */
  toString(): string {
    const blocks = [...this];
    const left = blocks.length - 2 * ROWS_AT_AN_END;
    const rows = blocks.map(({ address, size, free }) => [
      String(address),
      String(size),
      free ? "free" : "allocated",
    ]);
    if (left > 0) rows.splice(ROWS_AT_AN_END, left, ["…", "…", `${left} more`]);
    const table = [["address", "size", "state"], ...rows];
    const widths = [0, 1].map((column) => Math.max(...table.map((row) => row[column]!.length)));
    const lines = table.map(
      ([address, size, state]) => `${address!.padStart(widths[0]!)}  ${size!.padStart(widths[1]!)}  ${state}`,
    );
    const bytes = blocks.reduce((sum, { size }) => sum + size, 0);
    lines.push(`${blocks.length} ${this.noun}${blocks.length === 1 ? "" : "s"}, ${bytes} bytes`);
    return lines.join("\n");
  }

  /** What a notebook prints. */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }
}
