import { expect, it } from "vitest";
import { type AnswerForm, readAnswer } from "../../exercise/answer";
import { addRecord, draftAnswer, emptyDraft, raiseRecord, removeRecord, typeRecord } from "./answer-draft";

const list: AnswerForm = { form: "list" };

it("a list is typed record by record", () => {
  let draft = typeRecord(emptyDraft(list), 0, 0, "0x40");
  draft = typeRecord(draft, 0, 1, "8");
  draft = addRecord(draft);
  draft = typeRecord(typeRecord(addRecord(draft), 2, 1, "16"), 2, 0, "1,024");
  expect(draftAnswer(list, draft)).toBe("[64: 8] -> [1024: 16]");
  expect(readAnswer(list, draftAnswer(list, draft))).toEqual([
    { address: 64, size: 8 },
    { address: 1024, size: 16 },
  ]);
  draft = raiseRecord(removeRecord(draft, 1), 1);
  expect(draftAnswer(list, draft)).toBe("[1024: 16] -> [64: 8]");
  expect(removeRecord(removeRecord(draft, 0), 0)).toEqual(emptyDraft(list));
});

it("a record of which a half is missing, or which is no number, is no answer", () => {
  for (const [address, size] of [
    ["64", ""],
    ["", "8"],
    ["a", "8"],
    ["64", "-8"],
    ["64", "8.5"],
  ] as const) {
    const draft = typeRecord(typeRecord(emptyDraft(list), 0, 0, address), 0, 1, size);
    expect(readAnswer(list, draftAnswer(list, draft)), `${address}: ${size}`).toBeUndefined();
  }
});

it("nothing is no answer, and an empty list is one", () => {
  expect(readAnswer(list, draftAnswer(list, emptyDraft(list)))).toBeUndefined();
  expect(readAnswer(list, draftAnswer(list, { ...emptyDraft(list), text: "empty" }))).toEqual([]);
  expect(draftAnswer({ form: "address" }, { ...emptyDraft({ form: "address" }), text: "0x40" })).toBe("0x40");
});
