import type { Block } from "../../heap/block";
import { holeAt, type WorkingState } from "./working-state";

/** Tells how all neighbouring holes merge, from the lowest addresses up, pair by pair; of more than there is room to tell, both ends. */
export function coalesce(state: WorkingState, cause: "failed search" | "call"): number {
  const pairs = countPairs(state.blocks);
  const { rover } = state;
  state.tell({ kind: "coalesce", merges: pairs, cause });
  const told = pairs <= state.most ? pairs : Math.floor(state.most / 2);
  const last = Math.floor(told / 2);
  for (let i = last; i < told; i++) mergeNext(state);
  if (told < pairs) {
    state.tell({ kind: "skipped", what: "merges", count: pairs - told, turns: 0, record: null });
    mergeMany(state, pairs - told);
  }
  for (let i = 0; i < last; i++) mergeNext(state);
  if (state.rover !== rover) state.rove(state.rover);
  return pairs;
}

function countPairs(blocks: readonly Block[]): number {
  let pairs = 0;
  for (let i = 1; i < blocks.length; i++) if (blocks[i]!.free && blocks[i - 1]!.free) pairs++;
  return pairs;
}

/** Merges the lowest pair of neighbouring holes, and tells it. */
function mergeNext(state: WorkingState): void {
  const at = state.blocks.findIndex((block, b) => block.free && state.blocks[b + 1]!.free);
  const [low, high] = [state.blocks[at]!, state.blocks[at + 1]!];
  if (state.rover === high.address) state.rover = low.address;
  state.changeTo(state.merge(low, high), low, high);
}

/** Merges the lowest `pairs` pairs of neighbouring holes in one go, without a word. */
function mergeMany(state: WorkingState, pairs: number): void {
  let left = pairs;
  const [first, ...others] = state.blocks;
  const blocks = [first!];
  /** The holes that come of it, by address, and the address of the one that each part goes into. */
  const merged = new Map<number, Block>();
  const into = new Map<number, number>();
  for (const block of others) {
    const before = blocks[blocks.length - 1]!;
    if (left === 0 || !block.free || !before.free) {
      blocks.push(block);
      continue;
    }
    left--;
    const { address } = before;
    const hole = holeAt(address, before.size + block.size);
    blocks[blocks.length - 1] = hole;
    merged.set(address, hole);
    into.set(address, address);
    into.set(block.address, address);
  }
  state.blocks = blocks;
  state.changeAll(merged, into);
}
