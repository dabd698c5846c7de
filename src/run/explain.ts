import { capital, counted } from "../base/readable";
import type { Extent } from "../heap/block";
import type { FreeEvent, HeapEvent, MallocEvent, ReallocEvent } from "../heap/event";
import type { HeapDescription } from "../heap/heap";
import { DEFAULT_POLICY } from "../heap/options";
import { NOTATIONS, type Notation, type NotationName, stay } from "./decision/notation";

/** What `explain` may know besides the event: the heap, as `heap.describe()` says. It names the policy and the units then. */
export type ExplainContext = HeapDescription;

/**
 * What an operation did and why, in one to three plain English sentences. Addresses follow "at"; all other
 * numbers are bytes unless they say what they count. The text is plain: whoever puts it in a page escapes it.
 *
 * @param context the heap's description, for the policy's name and what sizes are rounded up to. Default: neither is said.
 * @param notation how addresses and bytes are written: `"decimal"` (the default), or `"hexadecimal"` as `0x40`
 *
 * @example
 * explain(event, heap.describe());
 * // "malloc(24): 24 bytes + 8 of header = 32 bytes. First fit examined 3 holes and took the one at 96 (64 bytes);
 * // the block is at 96, its payload at 104. 32 bytes stay free at 128."
 */
export function explain(
  event: HeapEvent,
  context?: ExplainContext,
  notation: NotationName = "decimal",
): string {
  const telling = { heap: context, n: NOTATIONS[notation] };
  const { n } = telling;
  switch (event.kind) {
    case "malloc":
      return `malloc(${n.literal(event.request)}): ${explainMalloc(event, telling)}`;
    case "free":
      return `free(${n.literal(event.address)}): ${explainFree(event, telling)}`;
    case "realloc": {
      const from = event.from === null ? "null" : n.literal(event.from);
      return `realloc(${from}, ${n.literal(event.request)}): ${explainRealloc(event, telling)}`;
    }
  }
}

/** The heap that is told of, if it is known, and how numbers are written. */
interface Telling {
  readonly heap: ExplainContext | undefined;
  readonly n: Notation;
}

function explainMalloc(event: MallocEvent, telling: Telling): string {
  if (event.address !== null && event.hole === null && event.grown === 0) {
    return `the original program answers ${event.address} to a request of nothing, and nothing changes.`;
  }
  const sums = sentence(sizeOf(event, telling));
  return `${sums} ${event.address === null ? denial(event, telling) : placement(event, telling)}`;
}

/** How the size of the block comes about. */
function sizeOf(event: MallocEvent | ReallocEvent, telling: Telling): string {
  const { n } = telling;
  const { request, header, rounding } = event;
  const size = event.size - event.unsplit;
  const withHeader = header > 0 ? `${n.bytes(request)} + ${n.number(header)} of header` : n.bytes(request);
  if (rounding === 0) {
    return header > 0 ? `${withHeader} = ${n.bytes(size)}` : `${n.bytes(size)}, without header or rounding`;
  }
  return `${withHeader}, rounded up by ${n.number(rounding)} to ${n.bytes(size)}${roundedTo(telling)}`;
}

function roundedTo(telling: Telling): string {
  const { heap, n } = telling;
  if (!heap) return "";
  const { kind, pageSize, options } = heap;
  if (kind === "buddy") return " (a power of two)";
  if (kind === "original") return ` (a page of ${n.bytes(pageSize)} at least)`;
  return ` (a multiple of ${n.number(Number(options.align ?? pageSize))})`;
}

function placement(event: MallocEvent, telling: Telling): string {
  const { n } = telling;
  const { hole, remainder, address, header, grown } = event;
  const start = address! - header;
  const search = `${searched(event, telling)}${merged(event)}`;
  const isBuddy = telling.heap?.kind === "buddy";
  const place =
    header > 0
      ? `the block is at ${n.number(start)}, its payload at ${n.number(address!)}`
      : `the block is at ${n.number(start)}`;
  const left =
    remainder &&
    `${n.bytes(remainder.size)} ${stay(remainder.size)} free at ${n.number(remainder.address)}${isBuddy ? ", as buddies" : ""}.`;
  if (grown > 0) {
    const top = hole ? `the hole at its top, ${at(hole, n)}, counts towards it; ` : "";
    const grew = `${search} and found ${isBuddy ? "no hole" : "none large enough"}, so the heap grew by ${n.bytes(grown)}`;
    return `${grew}: ${top}${place}.${left ? ` ${left}` : ""}`;
  }
  const unsplit =
    event.unsplit > 0
      ? `It gets all of it: what would be left, ${n.bytes(event.unsplit)}, is not split off.`
      : "It fits exactly: nothing is left over.";
  return `${search} and took ${isBuddy ? "the hole" : "the one"} ${at(hole!, n)}; ${place}. ${left ?? unsplit}`;
}

function denial(event: MallocEvent, telling: Telling): string {
  const reason = {
    full: "fewer bytes are free in all than the block needs",
    fragmented:
      "enough bytes are free in all, but no single hole is large enough: the free memory is fragmented",
    declined: "a hole would have been large enough, but the policy chose none",
  }[event.failure!];
  return `${searched(event, telling)}${merged(event)}; denied, and the answer is null: ${reason}.`;
}

function searched(event: MallocEvent, telling: Telling): string {
  if (telling.heap?.kind === "buddy")
    return `The buddy system looked at the holes of ${counted(event.examined, "size")}`;
  return `${policyName(telling)} examined ${counted(event.examined, "hole")}`;
}

function merged(event: MallocEvent): string {
  if (event.merges === 0) return "";
  return `, merged ${counted(event.merges, "pair")} of neighbouring holes when the first search had failed`;
}

function policyName(telling: Telling): string {
  const { heap } = telling;
  if (!heap) return "The search";
  if (heap.kind === "segregated-fits") return "Segregated fits";
  if (heap.kind === "original") return "The original program";
  const { fit = DEFAULT_POLICY.fit } = heap.options;
  if (fit === "custom") return "A fit of one's own";
  return `${capital(String(fit))} fit`;
}

function explainFree(event: FreeEvent, telling: Telling): string {
  const { n } = telling;
  const { block, hole, left, right, failure } = event;
  if (failure !== null) {
    const reason = {
      outside: "the address is not in the heap",
      hole: "the address is in free memory, freed before or never allocated",
      inside: "the address is in a block but is not the payload address that malloc returned for it",
    }[failure];
    return `nothing is freed and the answer is false: ${reason}.`;
  }
  const what = `the block ${at(block!, n)} becomes free`;
  const neighbour = telling.heap?.kind === "buddy" ? "free buddies" : "hole";
  const merges = [
    left && `with the ${neighbour} before it ${at(left, n)}`,
    right && `with the ${neighbour} behind it ${at(right, n)}`,
  ].filter((text) => text !== null);
  if (merges.length > 0) return `${what} and merges ${merges.join(" and ")}: one hole ${at(hole!, n)}.`;
  return `${what}. It merges with no neighbour and is a hole of its own.`;
}

function explainRealloc(event: ReallocEvent, telling: Telling): string {
  const { n } = telling;
  const { how, block, size, grown, malloc, free, address, request } = event;
  const needed = () => sentence(sizeOf(event, telling));
  switch (how) {
    case "allocated":
      return `without a block this is malloc(${n.literal(request)}). ${explainMalloc(malloc!, telling)}`;
    case "freed":
      return `a size of 0 makes this free(${n.literal(event.from!)}): ${explainFree(free!, telling)}`;
    case "unknown":
      return `${explainFree(free!, telling)} A realloc needs the address of a block.`;
    case "kept":
      return event.unsplit > 0
        ? `${needed()} The block ${at(block!, n)} stays: what it has more is not split off.`
        : `${needed()} The block ${at(block!, n)} has that size already and stays.`;
    case "shrunk": {
      const freed = block!.size - size;
      return `${needed()} The block ${at(block!, n)} shrinks in place; its last ${n.bytes(freed)} become free at ${n.number(block!.address + size)}.`;
    }
    case "grown": {
      const missing = size - block!.size;
      const hole = missing - grown;
      const sources = [
        hole > 0 ? `${n.bytes(hole)} from the hole behind it` : "",
        grown > 0 ? `${n.bytes(grown)} by which the heap grew at its top` : "",
      ].filter((text) => text !== "");
      const search = malloc ? `${searched(malloc, telling)}${merged(malloc)}. ` : "";
      return `${needed()} ${search}The block ${at(block!, n)} grows in place and takes ${sources.join(" and ")}.`;
    }
    case "moved":
      return `the block ${at(block!, n)} cannot grow in place and moves. ${sentence(explainMalloc(malloc!, telling))} Its contents are copied to ${n.number(address!)}, and ${explainFree(free!, telling)}`;
    case "denied":
      return `the block ${at(block!, n)} cannot grow in place and stays as it is. ${sentence(explainMalloc(malloc!, telling))}`;
  }
}

/** Where something is and how long. */
function at({ address, size }: Extent, n: Notation): string {
  return `at ${n.number(address)} (${n.bytes(size)})`;
}

/** With a capital and a full stop. */
function sentence(text: string): string {
  return capital(text.endsWith(".") ? text : `${text}.`);
}
