import { describe, expect, it } from "vitest";
import { FORMATS, type TraceFormat } from "./formats";
import { IdPool } from "./id-pool";
import { TEXT_OF } from "./testing/text-of";
import { TraceBuilder } from "./trace";
import { parseTrace } from "./trace-parser";

/** `blocks` blocks, one after the other, never more than `live` at once. */
function turns(blocks: number, live: number) {
  const builder = new TraceBuilder();
  for (let block = 0; block < blocks; block++) {
    if (block >= live) builder.free((block - live) % (live + 1));
    builder.malloc(block % (live + 1), 16 + (block % 100));
  }
  return builder.build();
}

describe.each(Object.keys(FORMATS) as TraceFormat[])("the format %s", (format) => {
  it("holds as many blocks as one likes, if not too many are live at once", () => {
    const text = TEXT_OF[format](turns(1000, 3));
    expect(parseTrace(text, { mostLive: 3 })).toMatchObject({
      length: 1997,
      ids: format === "rep" ? 4 : 1000,
    });
    expect(() => parseTrace(text, { mostLive: 2 })).toThrow(
      /^Line \d+ \(\w+\): (?:".*": )?more than 2 blocks are live at once; cut the recording shorter$/,
    );
  });

  it("has ids that stay below 65,536 where few blocks are live", () => {
    const trace = parseTrace(TEXT_OF[format](turns(70_000, 3)));
    expect(trace).toMatchObject({ length: 139_997, peakLive: turns(70_000, 3).peakLive });
    expect(trace.ids).toBeLessThanOrEqual(65_536);
  });
});

describe("a .rep file that gives every block an id of its own", () => {
  /** 70,000 blocks, two of them live at once, with ids `step` apart. */
  const text = (step: number) =>
    Array.from({ length: 70_000 }, (_, i) => {
      const free = i < 2 ? "" : `f ${step * (i - 2)}\n`;
      return `${free}a ${step * i} ${i}\n`;
    }).join("");

  it.each([1, 7])("is read with ids that are used again, its own lying %i apart", (step) => {
    const trace = parseTrace(text(step));
    expect(trace).toMatchObject({ length: 139_998, ids: 65_536, peakLive: 69_999 + 69_998 });
    expect([0, 1, 65_535].map((block) => trace.idAt(block < 2 ? block : 2 * block - 1))).toEqual([
      0, 1, 65_535,
    ]);
  });

  it("knows freed ids as freed, whether their numbers were given again or not", () => {
    for (const id of [0, 60_000, 69_997]) {
      expect(() => parseTrace(`${text(1)}f ${id}\n`)).toThrow(
        `Line 139999 (rep): block ${id} is freed, but it is not allocated at this point`,
      );
    }
    expect(parseTrace(`${text(1)}a 5 8\nf 5\nr 60000 9\nr 60000 0\nf 60000\n`).length).toBe(140_002);
  });

  it("counts pointers that became NULL as live, since they are kept", () => {
    const nulled = "a 0 8\nr 0 0\na 1 8\n";
    expect(parseTrace(nulled, { mostLive: 2 }).length).toBe(3);
    expect(() => parseTrace(`${nulled}a 2 8\n`, { mostLive: 2 })).toThrow(/^Line 4 \(rep\): more than 2 /);
    expect(parseTrace(`${nulled}a 0 8\n`, { mostLive: 3 }).length).toBe(4);
  });
});

it("an IdPool gives no id twice that is not given back, and none beyond what must be", () => {
  const pool = new IdPool();
  const live = new Set<number>();
  let most = 0;
  for (let i = 0; i < 300_000; i++) {
    const isFull = live.size >= 100 + (i > 200_000 ? 70_000 : 0);
    if (isFull) {
      const id = live.values().next().value!;
      live.delete(id);
      pool.give(id);
    }
    const id = pool.take();
    if (live.has(id)) expect.fail(`${id} was given twice`);
    if (i < 65_536) expect(id).toBe(i);
    live.add(id);
    most = Math.max(most, live.size);
    if (id >= Math.max(65_536, most)) expect.fail(`${id} was given while ${most} blocks were live at most`);
  }
});
