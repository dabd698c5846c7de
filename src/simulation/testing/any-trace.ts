import fc from "fast-check";
import { type Trace, TraceBuilder } from "../../workload/trace/trace";

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
