import type { Block } from "../../heap/block";
import type { Fit } from "../../heap/fits";
import type { WorkingState } from "./working-state";

/** What a search came to. */
export interface Walk {
  /** The record that was chosen; −1 when none is large enough. */
  readonly record: number;
  /** How many records it looked at. */
  readonly looked: number;
  /** When, counted from 0, it came upon a hole better than all before. */
  readonly turns: readonly number[];
}

/**
 * Walks `list` from record `start` on, and around its end, as `fit` says, for a hole of at least `size` bytes.
 * @param length how many records there are to look at, at most
 */
export function walk(list: readonly Block[], start: number, length: number, size: number, fit: Fit): Walk {
  const { better } = fit;
  const turns: number[] = [];
  let chosen = -1;
  for (let i = 0; i < length; i++) {
    const record = start + i < list.length ? start + i : start + i - list.length;
    const hole = list[record]!;
    if (!hole.free || !(hole.size >= size)) continue;
    if (chosen >= 0 && !better!(hole, list[chosen]!)) continue;
    chosen = record;
    turns.push(i);
    if (better === undefined) return { record, looked: i + 1, turns };
  }
  return { record: chosen, looked: length, turns };
}

/** Walks a part of the state's list, and tells record by record what the walk sees. */
export function tellWalk(state: WorkingState, start: number, length: number, size: number, fit: Fit): Walk {
  const { list } = state;
  const found = walk(list, start, length, size, fit);
  const { turns, looked } = found;
  const wrap = list.length - start;
  const kept = keptOf(looked, turns, wrap < looked ? wrap : null, state.most);
  let turn = 0;
  let best: Block | null = null;
  let next = 0;
  for (const i of kept) {
    const seen = turn;
    while (turn < turns.length && turns[turn]! < i) best = list[(start + turns[turn++]!) % list.length]!;
    if (i > next) {
      const record = (start + next) % list.length;
      state.tell({ kind: "skipped", what: "records", count: i - next, turns: turn - seen, record });
    }
    const record = (start + i) % list.length;
    const one = list[record]!;
    const better = turns[turn] === i;
    if (better) {
      best = one;
      turn++;
    }
    state.tell({
      kind: "record",
      record,
      size,
      missing: one.free ? Math.max(0, size - one.size) : 0,
      best: fit.better ? best : null,
      better,
      ...(one.free ? { hole: one } : { hole: null, block: one }),
    });
    next = i + 1;
  }
  return found;
}

/** Which of `looked` records are told: all, or `most` of them: both ends, the turning points, and where the list's end is passed. */
function keptOf(
  looked: number,
  turns: readonly number[],
  wrap: number | null,
  most: number,
): Iterable<number> {
  if (looked <= most) return range(0, looked);
  const ends = Math.floor(most / 4);
  const kept = new Set<number>([...range(0, ends), ...range(looked - ends, looked)]);
  if (wrap !== null) kept.add(wrap);
  const room = most - kept.size;
  const others = turns.filter((turn) => !kept.has(turn));
  // Of many turning points the first, and those that led to the choice.
  const early = Math.floor(room / 2);
  const late = Math.max(early, others.length - room + early);
  for (const turn of [...others.slice(0, early), ...others.slice(late)]) kept.add(turn);
  return [...kept].sort((a, b) => a - b);
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, i) => from + i);
}
