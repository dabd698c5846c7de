import type { Trace } from "../../trace/trace";
import type { Sizes } from "./sizes";

/**
 * The sizes that a program's mallocs asked for, as often as it asked for them, in random order: its histogram without its
 * phases. Mallocs of 0 bytes are left out. The trace must have a malloc of 1 byte or more.
 */
export function sizesFrom(trace: Trace): Sizes {
  const sizes: number[] = [];
  for (let i = 0; i < trace.length; i++) {
    if (trace.kindAt(i) === "malloc" && trace.sizeAt(i) > 0) sizes.push(trace.sizeAt(i));
  }
  if (sizes.length === 0) {
    throw new RangeError(
      `The trace ${trace.name || "given"} has no malloc of 1 byte or more: take another trace.`,
    );
  }
  return { name: `those of ${trace.name || "a trace"}`, sampler: (random) => () => random.choice(sizes) };
}
