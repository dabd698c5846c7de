import { describe, expect, test } from "vitest";
import { StepTexts } from "./step-texts";

describe("texts at steps", () => {
  test("hold until the next, and a second one of a step replaces the first", () => {
    const texts = new StepTexts();
    expect([texts.lastAt(0), texts.lastAt(9)]).toEqual(["", ""]);
    texts.set(2, "a");
    texts.set(2, "b");
    texts.set(5, "c");
    expect([1, 2, 4, 5, 9].map((step) => texts.lastAt(step))).toEqual(["", "b", "b", "c", "c"]);
    expect(texts.entries).toEqual([
      { step: 2, text: "b" },
      { step: 5, text: "c" },
    ]);
  });

  test("are the same from JSON, which has none of none", () => {
    const texts = new StepTexts();
    expect(texts.toJson()).toBeUndefined();
    expect(StepTexts.from(undefined).entries).toEqual([]);
    texts.set(0, "a");
    texts.set(7, "");
    expect(texts.toJson()).toEqual({ steps: [0, 7], texts: ["a", ""] });
    expect(StepTexts.from(texts.toJson()).entries).toEqual(texts.entries);
  });

  test("are texts", () => {
    expect(() => new StepTexts().set(1, 3 as unknown as string)).toThrow(
      new TypeError("A label or mark is a string, not number."),
    );
  });
});
