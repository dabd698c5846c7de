import { gzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { numbers } from "../base/testing/numbers";
import { pack } from "../tools/build/pack.mjs";
import { packedBytes } from "./packed-bytes";

it("packedBytes reads what pack has written, whatever its length, and a script can carry it as it is", () => {
  const random = numbers(1);
  for (let length = 0; length < 200; length++) {
    const program = Uint8Array.from({ length }, () => random(256));
    const text = pack(program);
    expect(text).toMatch(/^[!-~]*$/);
    expect(text).not.toMatch(/["<\\]/);
    // A page's decompressor takes no byte too many.
    expect(packedBytes(text), `length ${length}`).toEqual(new Uint8Array(gzipSync(program, { level: 9 })));
  }
});
