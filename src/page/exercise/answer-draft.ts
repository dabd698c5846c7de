import type { AnswerForm } from "../../exercise/answer";

/** A record as it is typed: address and size. */
export type TypedRecord = readonly [address: string, size: string];

/** An answer as it is being given: the text of a field, the choice, or records. */
export interface AnswerDraft {
  readonly text: string;
  readonly records: readonly TypedRecord[];
}

const EMPTY: TypedRecord = ["", ""];

/** An answer of which nothing has been given yet. */
export function emptyDraft({ form }: AnswerForm): AnswerDraft {
  return { text: "", records: form === "list" || form === "record" ? [EMPTY] : [] };
}

/** What `grade` is given for a draft; "" where nothing has been given. Records of which nothing is typed are none. */
export function draftAnswer({ form }: AnswerForm, { text, records }: AnswerDraft): string {
  if (form !== "list" && form !== "record") return text;
  const typed = records.map((record) => record.map((field) => field.trim()));
  const given = typed.filter((record) => record.some((field) => field !== ""));
  if (given.length === 0) return text;
  return given.map(([address, size]) => `[${decimal(address!)}: ${decimal(size!)}]`).join(" -> ");
}

/** Adds a record at the end. */
export function addRecord(draft: AnswerDraft): AnswerDraft {
  return { ...draft, text: "", records: [...draft.records, EMPTY] };
}

/** Takes a record out; the last one is emptied. */
export function removeRecord(draft: AnswerDraft, at: number): AnswerDraft {
  const records = draft.records.filter((_, i) => i !== at);
  return { ...draft, records: records.length > 0 ? records : [EMPTY] };
}

/** Puts a record before the one that stands before it. */
export function raiseRecord(draft: AnswerDraft, at: number): AnswerDraft {
  const records = [...draft.records];
  if (at > 0) [records[at - 1], records[at]] = [records[at]!, records[at - 1]!];
  return { ...draft, records };
}

/** Changes the address (0) or the size (1) of a record. */
export function typeRecord(draft: AnswerDraft, at: number, field: 0 | 1, typed: string): AnswerDraft {
  const records = draft.records.map((record, i): TypedRecord => {
    if (i !== at) return record;
    return field === 0 ? [typed, record[1]] : [record[0], typed];
  });
  return { text: "", records };
}

/** A hexadecimal number as a decimal one; other texts as they are, without separators of thousands. */
function decimal(text: string): string {
  if (/^0x[\da-f]+$/i.test(text)) return String(Number(text));
  return text.replace(/(?<=\d),(?=\d{3}(?:\D|$))/g, "");
}
