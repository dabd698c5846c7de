import { describe, expect, it } from "vitest";
import { FreeList } from "../heap/free-list";
import { type AdaptiveWorkload, drive } from "./adaptive";

describe("drive", () => {
  it("tells the workload each address and records what was granted", () => {
    const answers: (number | null)[] = [];
    function* workload(): AdaptiveWorkload {
      answers.push(yield { kind: "malloc", id: 0, size: 16 });
      answers.push(yield { kind: "malloc", id: 1, size: 8 });
      answers.push(yield { kind: "malloc", id: 2, size: 100 });
      answers.push(yield { kind: "free", id: 0 });
      answers.push(yield { kind: "realloc", id: 1, size: 20 });
      answers.push(yield { kind: "realloc", id: 1, size: 50 });
    }
    const heap = new FreeList(64, 4, { base: 1000 });
    const trace = drive(workload(), heap, "mine");
    expect(answers).toEqual([1000, 1016, null, null, 1016, null]);
    expect([...trace]).toEqual([
      { kind: "malloc", id: 0, size: 16 },
      { kind: "malloc", id: 1, size: 8 },
      { kind: "free", id: 0 },
      { kind: "realloc", id: 1, size: 20 },
    ]);
    expect(trace.name).toBe("mine");
    expect(trace.source).toContain("free-list");
  });

  it("refuses a workload that names a block it does not have", () => {
    function* workload(): AdaptiveWorkload {
      yield { kind: "malloc", id: 0, size: 100 };
      yield { kind: "free", id: 0 };
    }
    expect(() => drive(workload(), new FreeList(64, 4))).toThrow("free names block 0, which is not live");
  });
});
