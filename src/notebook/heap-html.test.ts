import { expect, it } from "vitest";
import { FreeList } from "../heap/free-list";
import { heapStrip } from "./heap-html";

/** Text of each row's cells. */
const rows = (html: string) =>
  html
    .split("</tr>")
    .slice(0, 2)
    .map((row) => [...row.matchAll(/<td[^>]*>([^<]*)<\/td>/g)].map(([, text]) => text));
const widths = (html: string) =>
  [...html.matchAll(/title="[^"]*" style="width:(\d+)px/g)].map(([, width]) => Number(width));

it("heapStrip() writes each block's size in it and each address below, the end's last", () => {
  const heap = new FreeList(64, 4);
  heap.malloc(16);
  heap.malloc(24);
  heap.free(0);
  const strip = String(heapStrip(heap));
  expect(rows(strip)).toEqual([
    ["16", "24", "24", ""],
    ["0", "16", "40", "64"],
  ]);
  expect(widths(strip)).toEqual([128, 192, 192]);
  expect(strip).toContain('title="16 bytes at 0, free"');
  expect(strip).toContain('title="24 bytes at 16, allocated"');
});

it("heapStrip() leaves out the numbers that a block is too narrow for, and keeps the block", () => {
  const heap = new FreeList(8192, 4, { base: 4096 });
  heap.malloc(40);
  const strip = String(heapStrip(heap));
  expect(rows(strip)).toEqual([
    ["", "8,152", ""],
    ["", "4,136", "12,288"],
  ]);
  expect(widths(strip)).toEqual([3, 510]);
});

it("heapStrip() is empty for a heap of more than sixteen blocks, and for one of no bytes", () => {
  const heap = new FreeList(64, 4);
  for (let i = 0; i < 15; i++) heap.malloc(4);
  expect(rows(String(heapStrip(heap)))[0]).toHaveLength(17);
  const more = new FreeList(128, 4);
  for (let i = 0; i < 16; i++) more.malloc(4);
  expect(heapStrip(more)).toBe("");
  expect(heapStrip(new FreeList(0, 4, { growable: true }))).toBe("");
});
