import fc from "fast-check";
import { type Trace, TraceBuilder } from "../../trace/trace";

/** Any short, valid trace: mallocs, reallocs and frees of up to eight blocks of up to 100 bytes, at least one operation. */
export function anyTrace(maxLength = 40): fc.Arbitrary<Trace> {
  const step = fc.record({
    id: fc.nat(7),
    size: fc.integer({ min: 1, max: 100 }),
    grow: fc.boolean(),
  });
  return fc.array(step, { minLength: 1, maxLength }).map((steps) => {
    const builder = new TraceBuilder({ name: "any" });
    for (const { id, size, grow } of steps) {
      if (!builder.isLive(id)) builder.malloc(id, size);
      else if (grow) builder.realloc(id, size);
      else builder.free(id);
    }
    return builder.build();
  });
}

/** A seeded trace of `length` operations on some twenty blocks, reallocs among them. */
export function steadyTrace(seed: number, length: number): Trace {
  const builder = new TraceBuilder({ name: `steady ${seed}`, source: `steadyTrace(${seed}, ${length})` });
  let state = seed;
  const below = (limit: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
  while (builder.length < length) {
    const id = below(20);
    if (!builder.isLive(id)) builder.malloc(id, 1 + below(500));
    else if (below(4) === 0) builder.realloc(id, 1 + below(500));
    else builder.free(id);
  }
  return builder.build();
}
