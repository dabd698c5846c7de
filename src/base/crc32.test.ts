import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { expect, test } from "vitest";
import { Crc32 } from "./crc32";

test("Crc32 is the checksum of the standard's example, and 0 of nothing", () => {
  expect(new Crc32().push(new TextEncoder().encode("123456789")).value).toBe(0xcbf43926);
  expect(new Crc32().value).toBe(0);
});

test("Crc32 is the checksum that gzip writes, in whatever pieces the bytes come", () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 40 })), (pieces) => {
      const crc = new Crc32();
      for (const piece of pieces) crc.push(piece);
      const packed = gzipSync(Buffer.concat(pieces));
      expect(crc.value).toBe(packed.readUInt32LE(packed.length - 8));
    }),
  );
});
