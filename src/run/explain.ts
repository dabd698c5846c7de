import { counted, readable } from "../base/readable";
import type { Extent } from "../heap/block";
import type { FreeEvent, HeapEvent, MallocEvent, ReallocEvent } from "../heap/event";
import type { HeapDescription } from "../heap/heap";
import { DEFAULT_POLICY } from "../heap/options";

/** What `explain` may know besides the event: the heap, as `heap.describe()` says. It names the policy and the units then. */
export type ExplainContext = HeapDescription;

/**
 * What an operation did and why, in one to three plain English sentences. Addresses are decimal and follow "at"; all other
 * numbers are bytes unless they say what they count. The text is plain: whoever puts it in a page escapes it.
 *
 * @param context the heap's description, for the policy's name and what sizes are rounded up to. Default: neither is said.
 *
 * @example
 * explain(event, heap.describe());
 * // "malloc(24): 24 bytes + 8 of header = 32 bytes. First fit examined 3 holes and took the one at 96 (64 bytes);
 * // the block is at 96, its payload at 104. 32 bytes stay free at 128."
 */
export function explain(event: HeapEvent, context?: ExplainContext): string {
  switch (event.kind) {
    case "malloc":
      return `malloc(${event.request}): ${explainMalloc(event, context)}`;
    case "free":
      return `free(${event.address}): ${explainFree(event, context)}`;
    case "realloc":
      return `realloc(${event.from === null ? "null" : event.from}, ${event.request}): ${explainRealloc(event, context)}`;
  }
}

function explainMalloc(event: MallocEvent, context: ExplainContext | undefined): string {
  if (event.address !== null && event.hole === null && event.grown === 0) {
    return `the original program answers ${event.address} to a request of nothing, and nothing changes.`;
  }
  const sums = sentence(sizeOf(event, context));
  return `${sums} ${event.address === null ? denial(event, context) : placement(event, context)}`;
}

/** How the size of the block comes about. */
function sizeOf(event: MallocEvent | ReallocEvent, context: ExplainContext | undefined): string {
  const { request, header, rounding } = event;
  const size = event.size - event.unsplit;
  const withHeader = header > 0 ? `${bytes(request)} + ${header} of header` : bytes(request);
  if (rounding === 0) {
    return header > 0 ? `${withHeader} = ${bytes(size)}` : `${bytes(size)}, without header or rounding`;
  }
  return `${withHeader}, rounded up by ${rounding} to ${bytes(size)}${roundedTo(context)}`;
}

function roundedTo(context: ExplainContext | undefined): string {
  if (!context) return "";
  const { kind, pageSize, options } = context;
  if (kind === "buddy") return " (a power of two)";
  if (kind === "original") return ` (a page of ${bytes(pageSize)} at least)`;
  const align = typeof options.align === "number" ? options.align : pageSize;
  return kind !== "original" ? ` (a multiple of ${align})` : "";
}

function placement(event: MallocEvent, context: ExplainContext | undefined): string {
  const { hole, remainder, address, header, grown } = event;
  const start = address! - header;
  const search = searched(event, context);
  const place =
    header > 0
      ? `the block is at ${readable(start)}, its payload at ${readable(address!)}`
      : `the block is at ${readable(start)}`;
  if (grown > 0) {
    const top = hole && hole.size > 0 ? `the hole at its top, ${at(hole)}, counts towards it; ` : "";
    return `${search}${merged(event)} and found none large enough, so the heap grew by ${bytes(grown)}: ${top}${place}.`;
  }
  const rest = remainder
    ? `${bytes(remainder.size)} ${verb(remainder.size, "stay")} free at ${readable(remainder.address)}${context?.kind === "buddy" ? ", as buddies" : ""}.`
    : event.unsplit > 0
      ? `It gets all of it: what would be left, ${bytes(event.unsplit)}, is not split off.`
      : "It fits exactly: nothing is left over.";
  return `${search}${merged(event)} and took the one ${at(hole!)}; ${place}. ${rest}`;
}

function denial(event: MallocEvent, context: ExplainContext | undefined): string {
  const reason = {
    full: "fewer bytes are free in all than the block needs",
    fragmented:
      "enough bytes are free in all, but no single hole is large enough: the free memory is fragmented",
    declined: "a hole would have been large enough, but the policy chose none",
  }[event.failure ?? "full"];
  return `${searched(event, context)}${merged(event)}; denied, and the answer is null: ${reason}.`;
}

function searched(event: MallocEvent, context: ExplainContext | undefined): string {
  return `${policyName(context)} examined ${counted(event.examined, "hole")}`;
}

function merged(event: MallocEvent): string {
  if (event.merges === 0) return "";
  return `, merged ${counted(event.merges, "pair")} of neighbouring holes when the first search had failed`;
}

function policyName(context: ExplainContext | undefined): string {
  if (!context) return "The search";
  if (context.kind === "buddy") return "The buddy system";
  if (context.kind === "segregated-fits") return "Segregated fits";
  if (context.kind === "original") return "The original program";
  const { fit = DEFAULT_POLICY.fit } = context.options;
  if (fit === "custom") return "A fit of one's own";
  const name = String(fit);
  return `${name.charAt(0).toUpperCase()}${name.slice(1)} fit`;
}

function explainFree(event: FreeEvent, context: ExplainContext | undefined): string {
  const { block, hole, left, right, failure } = event;
  if (failure !== null) {
    const reason = {
      outside: "the address is not in the heap",
      hole: "the address is in free memory, freed before or never allocated",
      inside: "the address is in a block but is not the payload address that malloc returned for it",
    }[failure];
    return `nothing is freed and the answer is false: ${reason}.`;
  }
  const what = `the block ${at(block!)} becomes free`;
  const neighbour = context?.kind === "buddy" ? "free buddies" : "hole";
  const merges = [
    left && `with the ${neighbour} before it ${at(left)}`,
    right && `with the ${neighbour} behind it ${at(right)}`,
  ].filter((text) => text !== null);
  if (merges.length > 0) return `${what} and merges ${merges.join(" and ")}: one hole ${at(hole!)}.`;
  return `${what}. It merges with no neighbour and is a hole of its own.`;
}

function explainRealloc(event: ReallocEvent, context: ExplainContext | undefined): string {
  const { how, block, size, grown, malloc, free, address, request } = event;
  const needed = () => sentence(sizeOf(event, context));
  switch (how) {
    case "allocated":
      return `without a block this is malloc(${request}). ${explainMalloc(malloc!, context)}`;
    case "freed":
      return `a size of 0 makes this free(${event.from}): ${explainFree(free!, context)}`;
    case "unknown":
      return `${free ? explainFree(free, context) : "no block has this payload address."} A realloc needs the address of a block.`;
    case "kept":
      return event.unsplit > 0
        ? `${needed()} The block ${at(block!)} stays: what it has more is not split off.`
        : `${needed()} The block ${at(block!)} has that size already and stays.`;
    case "shrunk": {
      const freed = block!.size - size;
      return `${needed()} The block ${at(block!)} shrinks in place; its last ${bytes(freed)} become free at ${readable(block!.address + size)}.`;
    }
    case "grown": {
      const missing = size - block!.size;
      const hole = missing - grown;
      const sources = [
        hole > 0 ? `${bytes(hole)} from the hole behind it` : "",
        grown > 0 ? `${bytes(grown)} by which the heap grew at its top` : "",
      ].filter((text) => text !== "");
      const search = malloc ? `${searched(malloc, context)}${merged(malloc)}. ` : "";
      return `${needed()} ${search}The block ${at(block!)} grows in place and takes ${sources.join(" and ")}.`;
    }
    case "moved":
      return `the block ${at(block!)} cannot grow in place and moves. ${sentence(explainMalloc(malloc!, context))} Its contents are copied to ${readable(address!)}, and ${explainFree(free!, context)}`;
    case "denied":
      return `the block ${at(block!)} cannot grow in place and stays as it is. ${sentence(explainMalloc(malloc!, context))}`;
  }
}

/** Where something is and how long. */
function at(extent: Extent): string {
  return `at ${readable(extent.address)} (${bytes(extent.size)})`;
}

function bytes(n: number): string {
  return counted(n, "byte");
}

function verb(n: number, plural: string): string {
  return n === 1 ? `${plural}s` : plural;
}

/** With a capital and a full stop. */
function sentence(text: string): string {
  const capital = `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
  return capital.endsWith(".") ? capital : `${capital}.`;
}
