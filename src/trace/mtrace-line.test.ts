import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Line } from "./line";
import { MtraceLine } from "./mtrace-line";

describe("MtraceLine", () => {
  const EXPRESSION = /^(?:@ .*?\[0x[0-9a-f]+\] )?([-+<>!]) (0x[0-9a-f]+|\(nil\))(?: (0x[0-9a-f]+|0))?$/;
  const lines = gunzipSync(readFileSync(join(__dirname, "fixtures", "lines.mtrace.gz")))
    .toString("latin1")
    .split("\n")
    .slice(0, -1);

  function isRead(text: string): boolean {
    const bytes = Buffer.from(text, "latin1");
    const line = new Line();
    line.set(bytes, 0, bytes.length);
    return new MtraceLine().parse(line);
  }

  it("takes the lines of real programs that the expression takes", () => {
    expect(lines.length).toBeGreaterThan(1000);
    for (const line of lines) {
      expect([line, isRead(line)]).toEqual([line, line !== "= Start"]);
      expect([line, EXPRESSION.test(line)]).toEqual([line, line !== "= Start"]);
    }
  });

  it("takes a damaged line if and only if the expression does", () => {
    const bit = fc.constantFrom(
      "0x1f",
      "0x",
      "(nil)",
      " ",
      "  ",
      "0",
      "+",
      "-",
      "<",
      "!",
      "[0x1] ",
      "] ",
      "@ ",
      ":",
      "g",
    );
    const damage = fc.record({ at: fc.nat(200), drop: fc.nat(8), put: fc.array(bit, { maxLength: 3 }) });
    fc.assert(
      fc.property(fc.constantFrom(...lines), fc.array(damage, { maxLength: 3 }), (line, damages) => {
        let text = line;
        for (const { at, drop, put } of damages) {
          const from = text.length - (at % (text.length + 1));
          text = text.slice(0, from) + put.join("") + text.slice(from + drop);
        }
        expect([text, isRead(text)]).toEqual([text, EXPRESSION.test(text)]);
      }),
      { numRuns: 20_000 },
    );
  });
});
