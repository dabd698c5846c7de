import fc from "fast-check";
import { expect, test } from "vitest";
import { toBase85 } from "../tools/build/base85.mjs";
import { fromBase85 } from "./base85";

test("fromBase85 gives back the bytes that the build wrote", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      const text = toBase85(bytes) as string;
      expect(text).toHaveLength(1 + Math.ceil(bytes.length / 4) * 5);
      expect(text).toMatch(/^[(-;=-[\]-~]*$/);
      expect(fromBase85(text)).toEqual(bytes);
    }),
  );
});
