import * as v from "valibot";
import { describe, expect, test } from "vitest";
import { type DocumentKind, parseDocument, quantity, readDocument, text, wholeNumber } from "./document";

interface Shelf {
  readonly format: "shelf";
  readonly version: 2;
  readonly books: readonly { readonly title: string; readonly pages: number; readonly weight: number }[];
}

const SHELF: DocumentKind<Shelf> = {
  name: "shelf",
  format: "shelf",
  version: 2,
  remedy: "Give what shelf.toJSON() returned.",
  schema: v.object({
    format: v.literal("shelf"),
    version: v.literal(2),
    books: v.array(v.object({ title: text(20), pages: wholeNumber(1, 9999), weight: quantity() })),
  }),
};

const shelf = (book: object) => ({
  format: "shelf",
  version: 2,
  books: [{ title: "a", pages: 1, weight: 0.5, ...book }],
});
const refusal = (value: unknown) => {
  try {
    readDocument(SHELF, value);
  } catch (error) {
    expect(error).toBeInstanceOf(RangeError);
    return (error as Error).message;
  }
  return "taken";
};

describe("readDocument", () => {
  test("takes a right document, as a copy without fields of other names", () => {
    const given = { ...shelf({ colour: "red" }), owner: "x" };
    const taken = readDocument(SHELF, given);
    expect(taken).toEqual(shelf({}));
    expect(taken.books[0]).not.toBe(given.books[0]);
  });

  test("refuses another format and version, and says which", () => {
    expect(refusal({ ...shelf({}), format: "box" })).toBe(
      'This is no shelf: its format must be "shelf", not "box". Give what shelf.toJSON() returned.',
    );
    expect(refusal({ ...shelf({}), version: 3 })).toContain(
      "its version must be 2, not 3: it was written by a later freelist-lab.",
    );
    expect(refusal({ ...shelf({}), version: "2" })).toContain('its version must be 2, not "2".');
  });

  test("says which field is missing", () => {
    expect(refusal({ format: "shelf", version: 2 })).toContain("its books is missing.");
    const { weight: _, ...light } = shelf({}).books[0]!;
    expect(refusal({ ...shelf({}), books: [light] })).toContain("its books[0].weight is missing.");
  });

  test("names the field, the rule and the value", () => {
    expect(refusal(shelf({ pages: 0 }))).toContain(
      "its books[0].pages must be a whole number from 1 to 9999, not 0.",
    );
    expect(refusal(shelf({ pages: "<b>" }))).toContain(
      'its books[0].pages must be a whole number from 1 to 9999, not "<b>".',
    );
    expect(refusal(shelf({ weight: Number.NaN }))).toContain(
      "weight must be a finite number from 0, not NaN.",
    );
    expect(refusal(shelf({ title: null }))).toContain(
      "title must be a text of at most 20 characters, not null.",
    );
    expect(refusal({ ...shelf({}), books: {} })).toContain("its books must be Array, not [object Object].");
  });

  test("refuses what is no object", () => {
    for (const value of [null, undefined, 7, "x", []])
      expect(refusal(value)).toContain("it must be an object, not ");
  });
});

test("parseDocument refuses a text that is not JSON", () => {
  expect(() => parseDocument(SHELF, "{")).toThrow("This is no shelf: it is not JSON.");
  expect(parseDocument(SHELF, "[1]")).toEqual([1]);
});
