import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { heapText, parseHeapText } from "./heap-text";

describe("parseHeapText", () => {
  it("reads blocks side by side from the base on", () => {
    expect(parseHeapText("A32 f16\n A8 ", 100)).toEqual([
      { address: 100, size: 32, free: false },
      { address: 132, size: 16, free: true },
      { address: 148, size: 8, free: false },
    ]);
    expect(parseHeapText("")).toEqual([]);
  });

  it.each(["B4", "A0", "A", "A-4", "f4.5", "a4", "F4", "A04", "A4,f4", "xA4", "A4x"])(
    "names the word that is no block: %s",
    (word) => {
      expect(() => parseHeapText(`A8 ${word}`)).toThrow(`not ${JSON.stringify(word)}`);
      expect(() => parseHeapText(word)).toThrow(SyntaxError);
    },
  );

  it("reads a heap up to the last address", () => {
    const last = Number.MAX_SAFE_INTEGER;
    expect(parseHeapText("A10 f2", last - 12)).toEqual([
      { address: last - 12, size: 10, free: false },
      { address: last - 2, size: 2, free: true },
    ]);
    expect(() => parseHeapText("A10 f2", last - 11)).toThrow(
      'A heap must end below 2^53, and "f2" at character 5 goes beyond.',
    );
  });

  it("reads what heapText writes", () => {
    const block = fc.record({ size: fc.integer({ min: 1, max: 2 ** 40 }), free: fc.boolean() });
    fc.assert(
      fc.property(fc.array(block), (blocks) => {
        const text = heapText(blocks.map((one) => ({ ...one, address: 0 })));
        expect(heapText(parseHeapText(text))).toBe(text);
        expect(parseHeapText(text)).toMatchObject(blocks);
      }),
    );
  });
});
