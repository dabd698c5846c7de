import { describe, expect, test } from "vitest";
import { toBase64 } from "../base/base64";
import { Crc32 } from "../base/crc32";
import { once } from "../base/testing/once";
import { FreeList } from "../heap/free-list";
import { ByteWriter } from "./codec/bytes";
import { writePlain } from "./codec/plain";
import {
  checkpointOptions,
  enterCheckpoint,
  otherFile,
  type ReplayCheckpoint,
  writeCheckpoint,
} from "./replay-checkpoint";
import { ReplaySink } from "./replay-sink";

const PART = { bytes: 1000, read: 400, crc: 12 };

/** A sink of which some operations were told, with its options. */
function told() {
  const options = { statistics: true, curves: ["live"], curvePoints: 8 } as const;
  const sink = new ReplaySink(new FreeList(256, 16), options);
  sink.begin();
  sink.malloc(0, 20);
  sink.malloc(1, 8);
  sink.free(0);
  return { sink, options: checkpointOptions(options) };
}

const written = once(() => {
  const { sink, options } = told();
  return writeCheckpoint("a.rep", PART, sink, options);
});

function empty(): ReplaySink {
  return new ReplaySink(new FreeList(256, 16), { statistics: true, curves: ["live"], curvePoints: 8 });
}

/** A checkpoint with other fields, whose checksum is right. */
function forged(fields: Partial<Record<keyof ReplayCheckpoint, unknown>>): string {
  const json = { ...written(), ...fields, crc: 0 };
  const { value } = new Crc32().push(new TextEncoder().encode(JSON.stringify(json)));
  return JSON.stringify({ ...json, crc: value });
}

describe("a checkpoint of a replay", () => {
  test("brings a new sink and its heap to where it was written", () => {
    const { sink, options } = told();
    const other = empty();
    expect(enterCheckpoint(JSON.stringify(written()), 1000, other, options)).toEqual({
      ...PART,
      name: "a.rep",
    });
    expect(other.heap.snapshot()).toEqual(sink.heap.snapshot());
    expect(other.save()).toEqual(sink.save());
  });

  test("says what it is, of which file, options and heap", () => {
    const { state, crc, ...fields } = written();
    expect(fields).toEqual({
      format: "freelist-lab replay checkpoint",
      version: 1,
      file: { ...PART, name: "a.rep" },
      options: {
        statistics: true,
        stopAtFailure: false,
        curves: ["live"],
        curvePoints: 8,
        format: "",
        skipBadLines: false,
        missingSizes: "",
      },
      heap: { kind: "free-list", heapSize: 256, pageSize: 16, options: {} },
    });
    expect(forged({})).toBe(JSON.stringify(written()));
    expect([typeof state, typeof crc]).toEqual(["string", "number"]);
  });

  test("has of options that are left out what a replay does then", () => {
    expect(checkpointOptions({})).toEqual({
      statistics: false,
      stopAtFailure: false,
      curves: [],
      curvePoints: 2000,
      format: "",
      skipBadLines: false,
      missingSizes: "",
    });
  });
});

describe("a checkpoint is refused", () => {
  const state = (...data: unknown[]) => {
    const out = new ByteWriter();
    for (const one of data) writePlain(out, one);
    return { state: toBase64(out.bytes()) };
  };
  /** The heap's state and the replay's. */
  const states = once(() => {
    const { sink } = told();
    return [sink.heap.snapshot().state, sink.save()] as const;
  });

  test.each<[string, () => string, string | RegExp]>([
    ["that is no JSON", () => "x", "it is not JSON"],
    [
      "of another format",
      () => forged({ format: "x" }),
      'its format must be "freelist-lab replay checkpoint", not "x"',
    ],
    ["of a later version", () => forged({ version: 2 }), /its version must be 1, not 2/],
    [
      "that is damaged",
      () => JSON.stringify({ ...written(), crc: (written().crc + 1) % 2 ** 32 }),
      "it is damaged: its crc is another",
    ],
    [
      "with a checksum that is none",
      () => JSON.stringify({ ...written(), crc: 2 ** 32 }),
      /^its crc must be/,
    ],
    [
      "of a file of another length",
      () => forged({ file: { ...PART, bytes: 999, name: 'b<".rep' } }),
      'it is of another file, "b<\\".rep", of 999 bytes, not 1000',
    ],
    [
      "with another option",
      () => forged({ options: { ...written().options, curves: [] } }),
      'the replay\'s options.curves was [], and now is ["live"]',
    ],
    [
      "with a part that is none",
      () => forged({ file: { ...PART, crc: 2 ** 32, name: "a" } }),
      /its file\.crc must be/,
    ],
    [
      "with pages of no bytes",
      () => forged({ heap: { ...written().heap, pageSize: 0 } }),
      /its heap\.pageSize must be/,
    ],
    ["with a state that is not base64", () => forged({ state: "AA=A" }), /its state must be base64/],
    ["with a state of three letters", () => forged({ state: "AAA" }), /its state must be base64/],
    ["with a state beside letters", () => forged({ state: "AAAA\nAAA" }), /its state must be base64/],
    ["without a state", () => forged({ state: "" }), /^its operations end in the middle, at byte 0/],
    ["with half a state", () => forged(state(states()[0])), /^its operations end in the middle/],
    ["with more than a state", () => forged(state(...states(), 1)), "its state must end where it ends"],
    [
      "with a replay's state that is none",
      () => forged(state(states()[0], 1)),
      /^its state Invalid type: Expected Object/,
    ],
    [
      "with a field of a replay's state that is none",
      () => forged(state(states()[0], { ...states()[1], curves: { ...states()[1].curves!, denied: -1 } })),
      /^its state\.curves\.denied must be a whole number/,
    ],
    [
      "with a replay's state that its heap does not have",
      () => forged(state(states()[0], { ...states()[1], owners: [] })),
      "its owners must be one for each of 1 blocks, not 0",
    ],
    [
      "with a heap's state that is none",
      () => forged(state({ blocks: [-1], list: [0], rover: -1 }, states()[1])),
      "its state.blocks must have 256 bytes in all, not 16",
    ],
  ])("%s", (_, json, reason) => {
    const { options } = told();
    const sink = empty();
    sink.heap.malloc(10);
    const before = sink.heap.snapshot();
    let message = "";
    try {
      enterCheckpoint(json(), 1000, sink, options);
    } catch (error) {
      expect(error).toBeInstanceOf(RangeError);
      message = (error as RangeError).message;
    }
    expect(sink.heap.snapshot()).toEqual(before);
    const [, said] = /^This is no checkpoint of a replay: (.*)\. Delete its file to begin again\.$/.exec(
      message,
    )!;
    if (typeof reason === "string") expect(said).toBe(reason);
    else expect(said).toMatch(reason);
  });

  test("of another heap, in the words for snapshots", () => {
    const { options } = told();
    const sink = new ReplaySink(new FreeList(128, 16), {
      statistics: true,
      curves: ["live"],
      curvePoints: 8,
    });
    expect(() => enterCheckpoint(JSON.stringify(written()), 1000, sink, options)).toThrow(
      /^A snapshot of the heap .* does not fit the heap .*; make one like it\.$/,
    );
  });

  test("where what was read of its file is not there", () => {
    expect(otherFile(400)).toBeInstanceOf(RangeError);
    expect(otherFile(400).message).toBe(
      "This is no checkpoint of a replay: it is of another file: the first 400 bytes of this one are not those of the other. Delete its file to begin again.",
    );
  });

  test("and an error that is no refusal stays one, with the heap as it was", () => {
    const { options } = told();
    const sink = empty();
    const before = sink.heap.snapshot();
    sink.load = () => {
      throw new TypeError("no");
    };
    const enter = () => enterCheckpoint(JSON.stringify(written()), 1000, sink, options);
    expect(enter).toThrow(new TypeError("no"));
    expect(sink.heap.snapshot()).toEqual(before);
  });
});
