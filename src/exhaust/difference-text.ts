import type { Difference } from "./check-every-call";
import type { Call } from "./model";

/** What is wrong with a heap, in a few lines: the calls that show it, and what was expected. */
export function differenceText({ calls, before, field, expected, got, shortest }: Difference): string {
  const count = `${calls.length} call${calls.length === 1 ? "" : "s"}`;
  const rover = before.rover < 0 ? "" : `, the next search at ${before.rover}`;
  return [
    shortest ? `Shown by ${count}, and by no fewer:` : `Shown after ${count}:`,
    ...calls.map((call) => `  ${callText(call)}`),
    `Before the last one: ${blocksText(before.blocks)}, the free list ${listText(before.list)}${rover}.`,
    `Wrong: ${field}. Expected ${valueText(expected)}, got ${valueText(got)}.`,
  ].join("\n");
}

/** A call as a program writes it, blocks by their addresses. */
export function callText({ kind, unit, size }: Call): string {
  const values = { malloc: [size], free: [unit], realloc: [unit, size], coalesce: [] }[kind];
  return `${kind}(${values.join(", ")})`;
}

function blocksText(blocks: readonly number[]): string {
  return blocks.map((size) => (size < 0 ? `f${-size}` : `A${size}`)).join(" ");
}

function listText(list: readonly number[]): string {
  return `[${list.join(", ")}]`;
}

function valueText(value: unknown): string {
  if (Array.isArray(value)) return listText(value);
  return value === "" ? "nothing" : value === -1 ? "none" : String(value);
}
