import fc from "fast-check";
import { expect, it } from "vitest";
import { fromUtf8, toUtf8 } from "./utf8";

it("toUtf8(text) is what TextEncoder makes of any text, lone surrogates included", () => {
  const text = fc.string({ unit: fc.nat(0xffff).map((code) => String.fromCharCode(code)) });
  fc.assert(
    fc.property(fc.oneof(text, fc.string({ unit: "grapheme" })), (any) => {
      expect(toUtf8(any)).toEqual(new Uint8Array(new TextEncoder().encode(any)));
    }),
  );
});

it("fromUtf8(bytes) takes toUtf8 back, and leaves alone what is no UTF-8", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) => {
      expect(fromUtf8(String.fromCharCode(...toUtf8(text)))).toBe(text);
    }),
  );
  expect(fromUtf8("caf\xe9")).toBe("caf\xe9");
  expect(fromUtf8("100%")).toBe("100%");
});
