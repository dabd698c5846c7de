import { useState } from "preact/hooks";

/** The page's count of ids: outputs of all programs share it. */
const counter = Symbol.for("freelist-lab.ids");
const page = globalThis as { [counter]?: number };

/** An id that nothing else on the page has: Preact's own `useId` begins anew in every output. */
export function usePageId(): string {
  const [id] = useState(() => {
    page[counter] = (page[counter] ?? 0) + 1;
    return `fl-${page[counter]}`;
  });
  return id;
}
