import type { HeapDescription } from "../../heap/heap";
import type { NotesJson } from "../notes";

/** A history as plain JSON: what `encode` writes. */
export interface HistoryJson {
  readonly format: "freelist-lab history";
  readonly version: 1;
  /** The heap, as `describe()` said. */
  readonly heap: HeapDescription;
  /** The heap's state before the first step, when it was not empty. */
  readonly start?: unknown;
  /** Number of steps. */
  readonly steps: number;
  /** The operations, as base64. */
  readonly operations: string;
  /** Who made the requests, from which step on. */
  readonly labels?: NotesJson;
  /** Marked steps. */
  readonly marks?: NotesJson;
}

/** Says why something is no encoded history. */
export function notAHistory(reason: string): RangeError {
  return new RangeError(
    `This is no encoded history: ${reason.replace(/\.$/, "")}. Give what history.encode() returned.`,
  );
}

/**
 * The outside of an encoded history: text parsed, format, version and kinds of its fields checked.
 * @throws TypeError, RangeError as `History.decode`
 */
export function checkedJson(encoded: unknown): HistoryJson {
  let json = encoded;
  if (typeof encoded === "string") {
    try {
      json = JSON.parse(encoded);
    } catch {
      throw notAHistory("it is not JSON");
    }
  }
  if (typeof json !== "object" || json === null) {
    throw new TypeError(
      `An encoded history is text or an object, not ${encoded === null ? "null" : typeof json}.`,
    );
  }
  const { format, version, heap, steps, operations } = json as Partial<HistoryJson>;
  if (format !== "freelist-lab history") throw notAHistory("its format is another");
  if (version !== 1) throw notAHistory("its version is not 1: it was written by a later freelist-lab");
  if (
    typeof heap !== "object" ||
    heap === null ||
    typeof heap.options !== "object" ||
    heap.options === null
  ) {
    throw notAHistory("it describes no heap");
  }
  if (typeof steps !== "number" || typeof operations !== "string") throw notAHistory("it has no operations");
  return json as HistoryJson;
}
