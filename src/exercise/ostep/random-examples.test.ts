import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ostep } from "./ostep";

// Calls with random flags, and the digest of what a second, independent program prints, in Python and with Python's random numbers:
// fixtures/make-random-examples.py, which is held to malloc.py's own outputs and shows the text of a call by --show FLAGS.
const EXAMPLES: readonly [string, string][] = JSON.parse(
  readFileSync(join(__dirname, "fixtures/random-examples.json"), "utf8"),
);

test("ostep prints what an independent program prints, for 400 calls with random flags", () => {
  const digest = (text: string) => createHash("sha256").update(text).digest("hex").slice(0, 16);
  const others = EXAMPLES.filter(([flags, its]) => digest(ostep(flags)) !== its).map(([flags]) => flags);
  expect(others).toEqual([]);
  expect(EXAMPLES.length).toBe(400);
});
