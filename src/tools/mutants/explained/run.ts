import type { ExplainedByFile } from "./explained";

/** In src/run. */
export const RUN: ExplainedByFile = {
  "src/run/codec/bytes.ts": [
    {
      code: "while (rest >= 2 ** 31) {",
      changes: ["rest >= 2 ** 31 => rest > 2 ** 31"],
      because: "The loop below takes all numbers of 32 bits.",
    },
    {
      code: "for (let shift = 0; shift < 28; shift += 7) {",
      changes: "all",
      because: "The loop below reads short numbers, too: slower, and the same.",
    },
    {
      code: "if (byte < 128) {",
      changes: ["byte < 128 => false", "{ this.#at = at; return small; } => {}"],
      because: "The loop below reads short numbers, too: slower, and the same.",
    },
  ],
  "src/run/downsample.ts": [
    {
      code: "return low < high ? [low, high] : [high, low];",
      changes: ["low < high => low <= high"],
      because: "Where they are equal, their order is none.",
    },
  ],
  "src/run/explain.ts": [
    {
      code: 'const from = event.from === null ? "null" : n.literal(event.from);',
      changes: ["event.from === null => false"],
      because: "As what is no finite number, null is written as it is.",
    },
  ],
  "src/run/history.ts": [
    {
      code: "makeHeap(() => null),",
      changes: ["() => null => () => undefined"],
      because: "Nothing is asked of the heap that is compared with.",
    },
    {
      code: "const description = makeHeap(() => null).describe();",
      changes: ["() => null => () => undefined"],
      because: "Nothing is asked of a heap that is described.",
    },
    {
      code: "if (Number.isSafeInteger(request) && request >= 0) continue;",
      changes: ["Number.isSafeInteger(request) && request >= 0 => false", "request >= 0 => request > 0"],
      because: "Tries requests that every heap takes, on a heap that is thrown away.",
    },
  ],
};
