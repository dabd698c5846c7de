import { describe, expect, it } from "vitest";
import { createHeap } from "./create-heap";
import type { HeapEvent } from "./event";
import { FixedPartitions } from "./fixed-partitions";

describe("FixedPartitions", () => {
  it("gives partitions away whole, never splits them and never merges them", () => {
    const heap = new FixedPartitions([16, 64, 32], 8);
    const events: HeapEvent[] = [];
    heap.listen((event) => events.push(event));
    expect(String(heap)).toBe("f16 f64 f32");
    expect([heap.malloc(20), heap.malloc(20), heap.malloc(20), heap.malloc(9)]).toEqual([16, 80, null, 0]);
    expect(events[0]).toMatchObject({ request: 20, rounding: 4, unsplit: 40, size: 64, remainder: null });
    expect(events[2]).toMatchObject({ failure: "full" });
    for (const address of [0, 16, 80]) expect(heap.free(address)).toBe(true);
    expect(heap.coalesce()).toBe(0);
    expect(String(heap)).toBe("f16 f64 f32");
    heap.check();
  });

  it("lets a block grow and shrink in its partition, and moves it when it outgrows it", () => {
    const heap = new FixedPartitions([16, 64, 32], 8, { fit: "best", header: 4 });
    const address = heap.malloc(4);
    expect(heap.realloc(address, 12)).toBe(address);
    expect(heap.realloc(address, 1)).toBe(address);
    expect(heap.realloc(address, 13)).toBe(84);
    expect(String(heap)).toBe("f16 f64 A32");
  });

  it("is made again from its description, and takes back only its own partitions", () => {
    const heap = new FixedPartitions([16, 64, 32], 8, { fit: "next", base: 8 });
    heap.malloc(40);
    const again = createHeap(JSON.parse(JSON.stringify(heap.describe())));
    expect(String(again)).toBe("f16 f64 f32");
    again.restore(heap.snapshot());
    expect(String(again)).toBe("f16 A64 f32");
    const { state, ...rest } = heap.snapshot();
    expect(() => heap.restore({ ...rest, state: { ...(state as object), blocks: [-2, 4, 4, -4] } })).toThrow(
      RangeError,
    );
    expect(() => createHeap({ ...heap.describe(), heapSize: 104 })).toThrow(
      "that of its partitions, 112, not 104",
    );
  });

  it("names a fit of one's own in its description", () => {
    const heap = new FixedPartitions([16, 64], 8, { fit: (holes) => holes.at(-1) });
    expect(heap.malloc(8)).toBe(16);
    expect(heap.describe().options).toEqual({ fit: "custom", partitions: [16, 64] });
    const { options } = new FixedPartitions([16], 8, { fit: "best", header: 4 }).describe();
    expect(options).toEqual({ fit: "best", header: 4, partitions: [16] });
  });

  it.each([
    [[], 8, "partitions must name at least one size, not none; give [4096]."],
    [[16, 20], 8, "partitions[1] must be a multiple of pageSize, and 20 is no multiple of 8; 24 is."],
    [
      [0],
      8,
      "partitions[0] must be an integer from 1 to 2^53 - 1, not 0; give a multiple of the page size 8.",
    ],
    ["16", 8, 'partitions must be an array of sizes, not "16"; give [4096, 8192].'],
    [
      [16],
      0,
      "pageSize must be an integer from 1 to 2^53 - 1, not 0; give the bytes of a page, for example 4.",
    ],
  ])("refuses the partitions %j", (partitions, pageSize, message) => {
    expect(() => new FixedPartitions(partitions as number[], pageSize)).toThrow(message);
  });
});

/*
 * GATE IT 2007, question 11: four free blocks of 4, 8, 20 and 2 KB, best fit; jobs wait in a queue, the first in front. When is
 * the seventh done? The published answer is 19, and it takes blocks that are given away whole: if they were split it would be 16.
 */
describe("GATE IT 2007, question 11", () => {
  const SIZES = [2, 14, 3, 6, 6, 10, 7, 20];
  const TIMES = [4, 10, 2, 8, 4, 1, 8, 6];

  it("the seventh job is done at 19", () => {
    const heap = new FixedPartitions([4, 8, 20, 2], 1, { fit: "best" });
    const queue = SIZES.map((_, job) => job);
    const running = new Map<number, { address: number; end: number }>();
    const done: number[] = [];
    for (let now = 0; queue.length > 0 || running.size > 0; now++) {
      for (const [job, { address, end }] of running) {
        if (end !== now) continue;
        heap.free(address);
        running.delete(job);
        done[job] = now;
      }
      for (let job = queue[0]; job !== undefined; job = queue[0]) {
        const address = heap.malloc(SIZES[job]!);
        if (address === null) break;
        running.set(job, { address, end: now + TIMES[job]! });
        queue.shift();
      }
    }
    expect(done).toEqual([4, 10, 2, 8, 12, 11, 19, 25]);
  });
});
