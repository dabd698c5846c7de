import { describe, expect, it } from "vitest";
import { FreeList } from "../heap/free-list";
import { History } from "../run/history";
import { stepText } from "./filmstrip";

describe("stepText", () => {
  it("writes each operation as a program would, with its answer", () => {
    const heap = new FreeList(64, 4);
    const history = History.of(heap);
    heap.malloc(40);
    heap.malloc(40);
    heap.realloc(0, 8);
    heap.free(0);
    heap.free(4);
    const texts = Array.from({ length: 6 }, (_, step) => stepText(history, step));
    expect(texts).toEqual([
      "before the first request",
      "malloc(40) → 0",
      "malloc(40) → null",
      "realloc(0, 8) → 0",
      "free(0) → true",
      "free(4) → false",
    ]);
  });
});
