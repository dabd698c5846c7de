import { checkNumber } from "../base/wrong-argument";
import { type Trace, TraceBuilder } from "../trace/trace";

/** @see bestFitAdversary */
export interface BestFitAdversaryOptions {
  /** Small holes that best fit is made to leave, each with a word behind it: at least 1. */
  readonly holes: number;
  /** The largest request in words: m, at least 6. */
  readonly largest: number;
}

/**
 * A program that makes best fit use nearly m times the memory that is live (Robson: Worst case fragmentation of first fit and best fit
 * storage allocation strategies. Computer Journal 20, 1977; Knuth, TAOCP 1, 2.5, exercise 42): at the end memory is a row of holes of
 * m − 3 words, each with one live word behind it, and every request is for at least m − 2.
 *
 * Between whiles the row is `R(m−2) (F(m−3) R1)^k`, R reserved and F free. A pair of holes merges around a freed word; requests for m, m − 5
 * and 1 cut what comes of it anew, m words to the left; so a gap of m wanders down the row until a further pair has room at its head.
 *
 * It is written against best fit in address order, in a memory with room at its top. On another fit it is a program like any other.
 */
export function bestFitAdversary({ holes, largest: m }: BestFitAdversaryOptions): Trace {
  checkNumber("options.holes", holes, 1, "give the number of holes at the end");
  checkNumber("options.largest", m, 6, "give the largest request in words");
  const source = `${holes} holes of ${m - 3} words, by requests up to ${m}`;
  const builder = new TraceBuilder({ name: "against best fit", source });
  let ids = 0;
  const take = (size: number) => {
    builder.malloc(ids, size);
    return ids++;
  };
  const give = (...blocks: readonly number[]) => {
    for (const block of blocks) builder.free(block);
  };
  /** The row: its first block of m − 2, then the words behind the holes. */
  let row = [take(m - 2)];
  for (let k = 0; k < holes; k++) {
    const [behind, guard] = [take(m - 2), take(m - 2)];
    give(row.pop()!, behind);
    // The gap: m words, freed as soon as what lies behind it is in its place; then m - 5, and 1.
    let gap = [take(m), take(m - 5), take(1)];
    give(guard, gap[0]!);
    const passed: number[] = [];
    while (row.length > 0) {
      const [body, fill] = [take(m - 2), take(2)];
      give(row.pop()!, body);
      const next = [take(m), take(m - 5), take(1)];
      give(next[0]!, fill, gap[1]!);
      passed.unshift(gap[2]!);
      gap = next;
    }
    give(gap[1]!);
    row = [take(m - 2), gap[2]!, ...passed];
  }
  return builder.build();
}
