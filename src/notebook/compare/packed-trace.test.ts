import { expect, test } from "vitest";
import { steadyTrace } from "../../run/testing/any-trace";
import { packTrace, unpackTrace } from "./packed-trace";

test("a trace that is packed and unpacked is the same, whatever its length", () => {
  for (const length of [1, 64, 65_535, 65_536, 65_537, 140_000]) {
    const trace = steadyTrace(length, length);
    const again = unpackTrace(packTrace(trace));
    expect(again.equals(trace)).toBe(true);
    const { name, source, ids, peakLive } = trace;
    expect(again).toMatchObject({ name, source, length, ids, peakLive });
    expect(again.toString()).toBe(trace.toString());
  }
});
