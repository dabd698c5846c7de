import { callText } from "../call";
import type { NamedBlock } from "../situation";
import type { PlacingTask } from "./placing-task";

/** A request of a stream, and the heap when its block has been placed. */
export interface PlacingFrame {
  /** The request: `b = malloc(12)`. */
  readonly request: string;
  /** Where its block lies; null when it was turned down. */
  readonly address: number | null;
  /** The frees that have come between it and the request before, of blocks that there were. */
  readonly freed: readonly string[];
  /** Every block and hole after it, in address order. */
  readonly blocks: readonly NamedBlock[];
}

/** What placements make of a stream, request by request: as many frames as there are placements. */
export function placingFrames(task: PlacingTask, placements: readonly (number | null)[]): PlacingFrame[] {
  const frames: PlacingFrame[] = [];
  const live = new Map<string, { readonly address: number; readonly size: number }>();
  let freed: string[] = [];
  for (const call of task.calls) {
    if (frames.length === placements.length) break;
    if (call.op === "free") {
      if (live.delete(String(call.block))) freed.push(callText(call));
    } else if (call.op === "malloc") {
      const address = placements[frames.length]!;
      if (address !== null) live.set(call.as!, { address, size: call.request });
      frames.push({ request: callText(call), address, freed, blocks: blocksOf(live, task.heapSize) });
      freed = [];
    }
  }
  return frames;
}

/** The blocks that are live and the holes between them. */
export function blocksOf(
  live: ReadonlyMap<string, { readonly address: number; readonly size: number }>,
  heapSize: number,
): NamedBlock[] {
  const blocks: NamedBlock[] = [];
  let end = 0;
  const sorted = [...live].sort(([, a], [, b]) => a.address - b.address);
  for (const [name, { address, size }] of [...sorted, ["", { address: heapSize, size: 0 }] as const]) {
    if (address > end) blocks.push({ address: end, size: address - end, free: true, name: "" });
    if (size > 0) blocks.push({ address, size, free: false, name });
    end = address + size;
  }
  return blocks;
}
