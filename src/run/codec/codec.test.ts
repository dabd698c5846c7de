import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fromBase64, toBase64 } from "../../base/base64";
import { ByteReader, ByteWriter } from "./bytes";
import { readPlain, writePlain } from "./plain";
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

  test.each<[number, number]>([
    [0, 1],
    [127, 1],
    [128, 2],
    [2 ** 28 - 1, 4],
    [2 ** 28, 5],
    [2 ** 31 - 1, 5],
    [2 ** 31, 5],
    [2 ** 32, 5],
    [2 ** 35, 6],
    [2 ** 49, 8],
    [2 ** 53 - 1, 8],
  ])("writes %d as a varint of %d bytes", (value, length) => {
    const out = new ByteWriter();
    out.varint(value);
    const bytes = out.bytes();
    expect(bytes).toHaveLength(length);
    expect(bytes.reduceRight((sum, byte) => sum * 128 + (byte % 128), 0)).toBe(value);
    expect([...bytes].map((byte) => byte >= 128)).toEqual([...Array(length - 1).fill(true), false]);
    expect(new ByteReader(bytes).varint()).toBe(value);
  });

  test.each<[number, number]>([
    [0, 1],
    [-0, 9],
    [1, 1],
    [-1, 9],
    [0.5, 9],
    [Number.NaN, 9],
    [Number.POSITIVE_INFINITY, 9],
    [2 ** 52 - 1, 8],
    [2 ** 52, 9],
  ])("writes the number %d in %d bytes", (value, length) => {
    const out = new ByteWriter();
    out.number(value);
    expect(out.bytes()).toHaveLength(length);
    expect(new ByteReader(out.bytes()).number()).toBe(value);
  });

  test("takes as many bytes as are written, and says how many have not been read", () => {
    const out = new ByteWriter();
    for (let i = 0; i < 1000; i++) out.varint(i % 128);
    const input = new ByteReader(out.bytes());
    for (let i = 0; i < 1000; i++) {
      expect([input.left, input.done]).toEqual([1000 - i, false]);
      expect(input.varint()).toBe(i % 128);
    }
    expect([input.left, input.done]).toEqual([0, true]);
  });

  const varint = (input: ByteReader) => input.varint();
  const number = (input: ByteReader) => input.number();

  test.each<[string, number[], (input: ByteReader) => unknown, string]>([
    ["that end", [128], varint, "end in the middle, at byte 1"],
    ["that end in a number", [1, 0, 0], number, "end in the middle, at byte 3"],
    ["of a varint beyond 2^53", Array(20).fill(255), varint, "have a number beyond 2^53 before byte 8"],
    ["of 2^53", [...Array(7).fill(128), 16], varint, "have a number beyond 2^53 before byte 8"],
    [
      "of a varint that goes on",
      [...Array(8).fill(128), 0],
      varint,
      "have a number beyond 2^53 before byte 8",
    ],
    ["of no number", [3], number, "have no number at byte 1"],
  ])("refuses bytes %s", (_, bytes, read, reason) => {
    const refused = new RangeError(`its operations ${reason}`);
    expect(() => read(new ByteReader(Uint8Array.from(bytes)))).toThrow(refused);
  });
});

/** Plain data one behind the other, as bytes. */
function written(...data: readonly unknown[]): Uint8Array {
  const out = new ByteWriter();
  for (const one of data) writePlain(out, one);
  return out.bytes();
}

describe("plain data", () => {
  test("is what was written, of any kind", () => {
    const anyInteger = fc.oneof(fc.integer(), fc.maxSafeInteger(), fc.integer({ min: -3, max: 3 }));
    const anyPlain = fc.oneof(fc.jsonValue(), fc.string(), fc.array(anyInteger), anyInteger);
    fc.assert(
      fc.property(anyPlain, (value) => {
        const input = new ByteReader(written(value));
        expect(readPlain(input)).toEqual(value);
        expect(input.done).toBe(true);
      }),
    );
  });

  test.each<[unknown, number[]]>([
    [null, [0]],
    [false, [1]],
    [true, [2]],
    [5, [3, 10]],
    [-5, [9, 10]],
    [0, [3, 0]],
    ["a\u00e9", [4, 2, 97, 233, 1]],
    ["", [4, 0]],
    [
      [1, -1, 0, -64],
      [5, 4, 2, 1, 0, 127],
    ],
    [
      [100, 100, 227],
      [6, 3, 100, 0, 127],
    ],
    [[], [6, 0]],
    [
      [-1, 1],
      [5, 2, 1, 2],
    ],
    [
      [1, null],
      [7, 2, 3, 2, 0],
    ],
    [
      [-0, 1],
      [7, 2, 3, 1, 0, 0, 0, 0, 0, 0, 0, 128, 3, 2],
    ],
    [{ a: 1, b: [] }, [8, 2, 1, 97, 3, 2, 1, 98, 6, 0]],
  ])("%j takes few bytes", (value, bytes) => {
    expect([...written(value)]).toEqual(bytes);
    expect(readPlain(new ByteReader(Uint8Array.from(bytes)))).toEqual(value);
  });

  test("has the integers of a list one by one where some are large", () => {
    for (const list of [
      [-1, 2 ** 53 - 1],
      [1 - 2 ** 53, 1],
      [2 ** 30 - 1, 0, 1 - 2 ** 30],
    ])
      expect(readPlain(new ByteReader(written(list)))).toEqual(list);
    expect(written([2 ** 30])[0]).toBe(7);
    expect(written([2 ** 30 - 1])[0]).toBe(6);
  });

  test.each<[number[], string]>([
    [[5, 1], "they have no list of 1"],
    [[8, 3, 0], "they have no list of 3"],
    [[4, 2, 97], "they have no text of 2"],
    [[8, 1, 5, 97], "they have no text of 5"],
    [[10, 0], "they have no data of kind 10"],
  ])("of the bytes %j is refused", (bytes, reason) => {
    expect(() => readPlain(new ByteReader(Uint8Array.from(bytes)))).toThrow(new RangeError(reason));
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
      [128, Uint8Array.of(4)],
      [192, Uint8Array.of(5, 6)],
    ]),
  };
  const { scales } = index;

  test("is what was written", () => {
    expect(decodeIndex(encodeIndex(index))).toEqual(index);
  });

  test("is refused where it ends in the middle, or goes on", () => {
    const bytes = fromBase64(encodeIndex(index));
    for (let length = 0; length < bytes.length; length++)
      expect(() => decodeIndex(toBase64(bytes.subarray(0, length))), `${length}`).toThrow(RangeError);
    expect(() => decodeIndex(toBase64(Uint8Array.of(...bytes, 0)))).toThrow(RangeError);
  });

  const SCALES = "An index has the scales of its run.";
  const LISTS = "An index has lists of numbers.";
  const LENGTHS = "An index has figures for each stretch, and bytes for each keyframe.";

  test.each<[string, string, unknown[]]>([
    ["nothing", SCALES, [null]],
    ["no highest", SCALES, [{ ...scales, highest: null }, [0], [0], [0], [], []]],
    ["no least", SCALES, [{ ...scales, least: null }, [0], [0], [0], [], []]],
    ["no most", SCALES, [{ ...scales, most: null }, [0], [0], [0], [], []]],
    ["a list that is none", LISTS, [scales, 1, [0], [0], [], []]],
    ["a list of texts", LISTS, [scales, ["a"], [0], [0], [], []]],
    ["a negative number", LISTS, [scales, [-1], [0], [0], [], []]],
    ["too few denied requests", LENGTHS, [scales, [0, 1], [0], [0, 4096], [], []]],
    ["too few high waters", LENGTHS, [scales, [0, 1], [0, 1], [0], [], []]],
    ["too few bytes", LENGTHS, [scales, [0, 1], [0, 1], [0, 1], [64], [1]]],
  ])("is refused with %s", (_, reason, parts) => {
    expect(() => decodeIndex(toBase64(written(...parts)))).toThrow(new RangeError(reason));
  });
});
