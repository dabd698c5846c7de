import type { Explanations } from "./explanation";

/** In src/run/decision. */
export const RUN_DECISION: Explanations = {
  "src/run/decision/list-heap.ts": [
    {
      code: "state.cover(was.address, block, ...(remainder ? [remainder] : []));",
      changes: ["[remainder] => []"],
      because: "The list has the remainder, and nothing that follows asks the blocks for it.",
    },
  ],
  "src/run/decision/search.ts": [
    {
      code: "while (turn < turns.length && turns[turn]! < i) best = list[(start + turns[turn++]!) % list.length]!;",
      changes: ["turn < turns.length => true", "turn < turns.length => turn <= turns.length"],
      because: "Past the last turning point there is undefined, which is below no number.",
    },
  ],
  "src/run/decision/terms.ts": [
    {
      code: "if (terms === undefined) {",
      changes: ["terms === undefined => true"],
      because: "The terms are read again, and are the same.",
    },
  ],
  "src/run/decision/working-state.ts": [
    {
      code: "if (this.rover !== null) this.rover = into.get(this.rover) ?? this.rover;",
      changes: ["this.rover !== null => true"],
      because: "No hole goes into null, which stays.",
    },
  ],
};
