import type { ExplainedByFile } from "./explained";

/** In src/run. */
export const RUN: ExplainedByFile = {
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
