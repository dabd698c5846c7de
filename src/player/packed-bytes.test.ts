import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { numbers } from "../base/testing/numbers";
import { pack } from "../tools/build/pack";
import { packedBytes } from "./packed-bytes";

const SEED = Number(process.env.FREELIST_SEED ?? 1);

it(`packedBytes reads what pack has written, whatever it is, and a script can carry it as it is (seed ${SEED})`, () => {
  const random = numbers(SEED);
  for (let length = 0; length < 200; length += length < 20 ? 1 : 17) {
    for (const kinds of [1, 2, 4, 256]) {
      const program = Uint8Array.from({ length }, () => random(kinds));
      const text = pack(program);
      expect(text).toMatch(/^[!-~]*$/);
      expect(text).not.toMatch(/["<\\]/);
      expect(packedBytes(text), `length ${length}, ${kinds} kinds`).toEqual(program);
    }
  }
});

it("a program takes less than three quarters of its bytes, and comes back letter by letter", () => {
  const program = readFileSync(__filename);
  const text = pack(program);
  expect(text.length).toBeLessThan(program.length * 0.75);
  expect(new TextDecoder().decode(packedBytes(text))).toBe(program.toString());
});

it("bytes that all say the contrary of what was foretold come back as well", () => {
  const program = Uint8Array.from({ length: 100_000 }, (_, i) => (i < 50_000 ? 0 : (i * 7919) % 256));
  expect(Buffer.from(packedBytes(pack(program))).equals(program)).toBe(true);
});
