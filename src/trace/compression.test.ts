import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { Gunzip, isGzip } from "./compression";

const text = "a 0 16\nf 0\n".repeat(1000);
const packed = new Uint8Array(gzipSync(text));

/** What comes out of `bytes` in pieces of `step`, and the first thing that was wrong. */
function unpack(bytes: Uint8Array, step: number) {
  let out = "";
  const gunzip = new Gunzip((piece) => {
    out += Buffer.from(piece).toString("latin1");
  });
  for (let at = 0; at < bytes.length; at += step) {
    const reason = gunzip.push(bytes.subarray(at, at + step), false);
    if (reason !== null) return { out, reason };
  }
  return { out, reason: gunzip.push(new Uint8Array(0), true) };
}

describe("Gunzip", () => {
  it.each([1, 7, 1000, 1e6])("unpacks in pieces of %d bytes", (step) => {
    expect(unpack(packed, step)).toEqual({ out: text, reason: null });
  });

  it("unpacks files that were gzipped one by one and then joined", () => {
    const two = new Uint8Array([...packed, ...packed]);
    expect(unpack(two, 50)).toEqual({ out: text + text, reason: null });
  });

  it("notices every damaged byte that changes what comes out", () => {
    for (let i = 10; i < packed.length; i++) {
      const damaged = packed.slice();
      damaged[i] = damaged[i]! ^ 0x10;
      const { out, reason } = unpack(damaged, 1000);
      // A few damaged distances still copy the same periodic text.
      if (reason === null) expect(out).toBe(text);
      else expect(reason).toMatch(/damaged|cut short|not gzip/);
    }
  });

  it("notices data that is cut short anywhere", () => {
    for (let end = 2; end < packed.length; end++) {
      expect(unpack(packed.subarray(0, end), 1000).reason).toBe("the gzipped data is cut short");
    }
  });

  it("notices what is behind the data", () => {
    expect(unpack(new Uint8Array([...packed, 1, 2, 3]), 1e6).reason).toMatch(/not gzip|damaged/);
    expect(unpack(new Uint8Array([...packed, 1, 2, 3]), packed.length).reason).toMatch(/not gzip|damaged/);
  });
});

describe("isGzip(bytes)", () => {
  it("looks at the first two bytes", () => {
    expect([isGzip(packed), isGzip(new Uint8Array([0x1f])), isGzip(new Uint8Array(9))]).toEqual([
      true,
      false,
      false,
    ]);
  });
});
