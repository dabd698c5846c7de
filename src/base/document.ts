import * as v from "valibot";
import { show } from "./wrong-argument";

/**
 * A kind of document that is read from outside: a history, a comparison, a snapshot, what a link carries. Its schema is its type
 * and its messages; `readDocument` is the one check at the door.
 */
export interface DocumentKind<T> {
  /** What the document is called in a sentence: "encoded history". */
  readonly name: string;
  /** What stands in its field `format`; undefined for a document without one. */
  readonly format?: string;
  /** The version that is read, which stands in its field `version`. */
  readonly version: number;
  /** What to do with a document that is refused: "Give what history.encode() returned." */
  readonly remedy: string;
  /** All its fields, each with what it may hold. */
  readonly schema: v.GenericSchema<unknown, T>;
}

/**
 * `value` as a document of this kind, checked in every field: a copy that shares nothing with `value`, without fields that the
 * schema does not name.
 * @throws RangeError that names the kind, the first field that is wrong, what it must be, what it is, and the remedy.
 */
export function readDocument<T>(kind: DocumentKind<T>, value: unknown): T {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw refused(kind, `it must be an object, not ${show(value)}`);
  }
  const { format, version } = value as { format?: unknown; version?: unknown };
  if (kind.format !== undefined && format !== kind.format) {
    throw refused(kind, `its format must be ${show(kind.format)}, not ${show(format)}`);
  }
  if (version !== kind.version) {
    const newer = typeof version === "number" && version > kind.version;
    const by = newer ? ": it was written by a later freelist-lab" : "";
    throw refused(kind, `its version must be ${kind.version}, not ${show(version)}${by}`);
  }
  const result = v.safeParse(kind.schema, value, { abortEarly: true, abortPipeEarly: true });
  if (!result.success) throw refused(kind, reasonOf(result.issues[0]));
  return result.output;
}

/** Says that a document is refused, and why. */
export class RefusedDocument extends RangeError {
  /** @param reason what is wrong, as it stands in the message: "its cells[3].peakLive must be ..." */
  constructor(
    kind: Pick<DocumentKind<unknown>, "name" | "remedy">,
    readonly reason: string,
  ) {
    super(`This is no ${kind.name}: ${reason.replace(/\.$/, "")}. ${kind.remedy}`);
  }
}

/** The error for a document that is refused for `reason`. */
export function refused(
  kind: Pick<DocumentKind<unknown>, "name" | "remedy">,
  reason: string,
): RefusedDocument {
  return new RefusedDocument(kind, reason);
}

/** A text given as JSON, parsed. @throws RangeError when it is not JSON */
export function parseDocument(kind: Pick<DocumentKind<unknown>, "name" | "remedy">, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw refused(kind, "it is not JSON");
  }
}

/** A whole number from `least` to `most`, both included. */
export const wholeNumber = (least = 0, most = Number.MAX_SAFE_INTEGER) =>
  v.custom<number>(
    (value) => Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most,
    `must be a whole number from ${least}${most === Number.MAX_SAFE_INTEGER ? "" : ` to ${most}`}`,
  );

/** A finite number that is not negative. */
export const quantity = () =>
  v.custom<number>(
    (value) => Number.isFinite(value) && (value as number) >= 0,
    "must be a finite number from 0",
  );

/** A text of at most `most` characters. */
export const text = (most = 10_000) =>
  v.custom<string>(
    (value) => typeof value === "string" && value.length <= most,
    `must be a text of at most ${most} characters`,
  );

function reasonOf(issue: v.BaseIssue<unknown>): string {
  const place = pathOf(issue);
  // A field that is not there is the object's fault, which then is the issue's type.
  if (issue.input === undefined && issue.type === "object" && place) return `its ${place} is missing`;
  const rule = issue.message.startsWith("must ") ? issue.message : `must be ${issue.expected ?? "right"}`;
  return `its ${place || "content"} ${rule}, not ${show(issue.input)}`;
}

/** Where in the document: `cells[3].peakLive`. */
function pathOf(issue: v.BaseIssue<unknown>): string {
  let path = "";
  for (const { key } of issue.path ?? []) {
    path += typeof key === "number" ? `[${key}]` : `${path && "."}${show(key).replace(/^"(\w+)"$/, "$1")}`;
  }
  return path;
}
