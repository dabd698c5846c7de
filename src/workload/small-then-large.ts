import { checkNumber } from "../base/wrong-argument";
import { type Trace, TraceBuilder } from "../trace/trace";

/** @see smallThenLarge */
export interface SmallThenLargeOptions {
  /** Small blocks; at least 2. */
  readonly count: number;
  /** Bytes of a small block; at least 1. */
  readonly small: number;
  /** Bytes of a large block; above `small`. Default twice `small`. */
  readonly large?: number;
}

/**
 * The attack by which a heap half empty cannot serve a request a little larger than before: `count` small blocks are
 * allocated, every second one is freed, and then as many large blocks are asked for as would fill the freed bytes. Where
 * the small blocks lie side by side, no hole holds a large one: a heap of `count · small` bytes denies all of them, and a
 * growable one grows by half. No allocator that cannot move blocks escapes this in general (Robson 1971).
 */
export function smallThenLarge({ count, small, large = 2 * small }: SmallThenLargeOptions): Trace {
  checkNumber("options.count", count, 2, "give the number of small blocks");
  checkNumber("options.small", small, 1, "give the bytes of a small block");
  checkNumber("options.large", large, small + 1, "a large block is larger than a small one");
  const source = `${count} blocks of ${small} bytes, every second one freed, then blocks of ${large} bytes`;
  const builder = new TraceBuilder({ name: "small then large", source });
  for (let id = 0; id < count; id++) builder.malloc(id, small);
  let freed = 0;
  for (let id = 0; id < count; id += 2) {
    builder.free(id);
    freed += small;
  }
  for (let i = 0; i < Math.floor(freed / large); i++) builder.malloc(count + i, large);
  return builder.build();
}
