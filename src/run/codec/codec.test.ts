import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fromBase64, toBase64 } from "../../base/base64";
import { ByteReader, ByteWriter } from "./bytes";
import { decodeIndex, encodeIndex } from "./run-index";

describe("base64", () => {
  test("is that of Node, both ways, for any bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        const text = toBase64(bytes);
        expect(text).toBe(Buffer.from(bytes).toString("base64"));
        expect(fromBase64(text)).toEqual(bytes);
      }),
    );
  });

  test("takes more bytes than a call has arguments", () => {
    const bytes = Uint8Array.from({ length: 300_001 }, (_, i) => i);
    expect(Buffer.compare(fromBase64(toBase64(bytes)), bytes)).toBe(0);
  });
});

describe("bytes", () => {
  test("gives back every varint from 0 to 2^53 − 1, seven bits a byte", () => {
    fc.assert(
      fc.property(fc.array(fc.maxSafeNat()), (values) => {
        const out = new ByteWriter();
        for (const value of values) out.varint(value);
        const input = new ByteReader(out.bytes());
        expect(values.map(() => input.varint())).toEqual(values);
        expect(input.done).toBe(true);
      }),
    );
    const one = new ByteWriter();
    one.varint(127);
    expect(one.bytes()).toHaveLength(1);
  });

  test("gives back every number", () => {
    fc.assert(
      fc.property(fc.double(), (value) => {
        const out = new ByteWriter();
        out.number(value);
        expect(new ByteReader(out.bytes()).number()).toBe(value);
      }),
    );
  });

  test("refuses bytes that end, or a varint beyond 2^53", () => {
    expect(() => new ByteReader(Uint8Array.of(128)).varint()).toThrow(/end in the middle/);
    expect(() => new ByteReader(new Uint8Array(20).fill(255)).varint()).toThrow(/beyond 2\^53/);
    expect(() => new ByteReader(Uint8Array.of(3)).number()).toThrow(/no number at byte/);
  });
});

describe("the index of a long run", () => {
  const index = {
    scales: { highest: 4096, least: 16, most: 2 ** 31 },
    figures: [
      { live: 0, denied: 0, highWater: 0 },
      { live: 2 ** 31, denied: 1, highWater: 4096 },
    ],
    keyframes: new Map([
      [0, Uint8Array.of(1, 2, 3)],
      [64, Uint8Array.of()],
    ]),
  };
  const text = encodeIndex(index);

  test("is what was written", () => {
    expect(decodeIndex(text)).toEqual(index);
  });

  test("is refused where it ends in the middle, or has no numbers", () => {
    const bytes = fromBase64(text);
    for (let length = 0; length < bytes.length; length++)
      expect(() => decodeIndex(toBase64(bytes.subarray(0, length))), `${length}`).toThrow(RangeError);
    const unscaled = { ...index, scales: { ...index.scales, least: null as never } };
    expect(() => decodeIndex(encodeIndex(unscaled))).toThrow(/scales/);
  });
});
