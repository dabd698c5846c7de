import { History } from "../run/history";

/** A recorded run, or two to four to be played side by side, each under its name. */
export type Runs = History | Readonly<Record<string, History>>;

/** A recorded run, and what it is called. */
export interface LabelledRun {
  /** Any text; "" for a run that stands alone. */
  readonly label: string;
  readonly history: History;
}

/** Checks what a caller gives as runs, and names each. */
export function labelledRuns(runs: Runs): LabelledRun[] {
  if (runs instanceof History) return [{ label: "", history: runs }];
  const entries = typeof runs === "object" && runs !== null ? Object.entries(runs) : [];
  for (const [label, history] of entries) {
    if (!(history instanceof History)) {
      throw new TypeError(`${JSON.stringify(label)} is no History; record the heap with History.of(heap).`);
    }
  }
  if (typeof runs !== "object" || runs === null) {
    throw new TypeError(`A run is a History, not ${String(runs)}; record a heap with History.of(heap).`);
  }
  if (entries.length < 1 || entries.length > 4) {
    throw new RangeError(`One to four runs can be shown side by side, not ${entries.length}; choose some.`);
  }
  return entries.map(([label, history]) => ({ label, history }));
}
