import type { Explanations } from "./explanation";

/** In src/run. */
export const RUN: Explanations = {
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
  "src/run/first-difference.ts": [
    {
      code: "this.#last = runs.length < 2 ? -1 : Math.max(...runs.map(({ steps }) => steps));",
      changes: ["runs.length < 2 => false", "-1 => +1"],
      because: "A run alone differs from none, and to see that at once is only faster.",
    },
    {
      code: "this.#apart = runs.slice(1).map(() => new Set());",
      changes: ["runs.slice(1) => runs"],
      because: "There is one set more, which nobody asks for.",
    },
    {
      code: "for (let i = 0; i < SLICE && !this.#over; i++) this.#step(this.#next++);",
      changes: "all",
      because: "Whether the clock is looked at more or less often makes no other difference.",
    },
    {
      code: "const changed: number[] = [];",
      changes: ['[] => ["Stryker was here"]'],
      because: "At what is no address neither run has a block.",
    },
    {
      code: "this.#born = this.#lives === null ? 0 : lives.bornUpTo(lives.from);",
      changes: ["this.#lives === null => true"],
      because: "The blocks that are there already are noted once more, as they are.",
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
  "src/run/metric-curves.ts": [
    {
      code: "const [a, b] = this.#steps[i]! < this.#steps[i + 1]! ? [i, i + 1] : [i + 1, i];",
      changes: ["this.#steps[i]! < this.#steps[i + 1]! => this.#steps[i]! <= this.#steps[i + 1]!"],
      because: "Of one and the same step the lowest and the highest value are one.",
    },
    {
      code: "for (let to = 0; 2 * to < stretches; to++) {",
      changes: ["2 * to < stretches => 2 * to <= stretches"],
      because: "What is written behind the last stretch is overwritten when one begins there.",
    },
  ],
  "src/run/survey.ts": [
    {
      code: "#resized = false;",
      changes: ["false => true"],
      because:
        "Where no block has been resized or moved, every tenant is asked for a birth that is its own: slower, and the same.",
    },
    {
      code: "if (this.#births.size > 0 || this.#resized) {",
      changes: [
        "this.#births.size > 0 || this.#resized => true",
        "this.#births.size > 0 => true",
        "this.#births.size > 0 => this.#births.size >= 0",
      ],
      because:
        "Where no block has been resized or moved, every tenant is asked for a birth that is its own: slower, and the same.",
    },
    {
      code: "this.#resized ||= before !== 0 && given !== null;",
      changes: [
        "before !== 0 && given !== null => true",
        "before !== 0 && given !== null => before !== 0 || given !== null",
        "before !== 0 => true",
        "given !== null => true",
      ],
      because:
        "Where no block has been resized or moved, every tenant is asked for a birth that is its own: slower, and the same.",
    },
  ],
};
