import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LineSplitter, LONGEST_LINE } from "./line-splitter";

/** The lines that come out when `pieces` go in; "…" for one that was too long. */
function split(pieces: Iterable<Uint8Array>) {
  const lines: string[] = [];
  let ended = true;
  const splitter = new LineSplitter({
    line: (bytes, start, end, whole) => {
      lines.push(Buffer.from(bytes.subarray(start, end)).toString("latin1"));
      ended = whole;
    },
    tooLong: () => lines.push("…"),
  });
  for (const piece of pieces) splitter.push(piece);
  splitter.end();
  return { lines, ended };
}

describe("LineSplitter", () => {
  it("gives the same lines however the bytes are cut into pieces", () => {
    const pieces = fc.array(fc.string({ unit: fc.constantFrom("a", "b", "\n", "\r") }));
    fc.assert(
      fc.property(pieces, (texts) => {
        const text = texts.join("");
        const expected = text.split("\n");
        if (expected.at(-1) === "") expected.pop();
        const { lines, ended } = split(texts.map((piece) => Buffer.from(piece)));
        expect(lines).toEqual(expected);
        expect(ended).toBe(text === "" || text.endsWith("\n"));
      }),
    );
  });

  it("drops a line of more than LONGEST_LINE bytes, and goes on behind it", () => {
    const long = Buffer.alloc(LONGEST_LINE + 1, "x");
    const rest = Buffer.from("\nafter\n");
    expect(split([long, rest]).lines).toEqual(["…", "after"]);
    expect(split([Buffer.concat([long, rest])]).lines).toEqual(["…", "after"]);
    expect(split([long.subarray(0, 1000), long, long]).lines).toEqual(["…"]);
    expect(split([long.subarray(1), rest]).lines).toEqual([long.subarray(1).toString(), "after"]);
  });
});
