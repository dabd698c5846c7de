import { endedAt } from "./ended-at";
import type { History } from "./history";
import { Rerun } from "./rerun";

/** A rectangle of the space-time diagram: a block at one place and size, from one step to another. */
export interface Life {
  /** The block's id: see `LiveBlock.id`. A block that a realloc resized or moved has several lives under one id. */
  readonly id: number;
  /** First address of the block. */
  readonly address: number;
  /** Bytes of the block. */
  readonly size: number;
  /** The first step at which it is there. */
  readonly from: number;
  /** The first step at which it is gone; null when it is still there at the end. */
  readonly to: number | null;
}

/** What `lives` returns. */
export interface Lives {
  /** The lives that are listed, in the order in which they began. */
  readonly lives: readonly Life[];
  /** How many there are in all. */
  readonly total: number;
  /** How many were left out, because there are more than were asked for. */
  readonly omitted: number;
  /** The share of all bytes × steps that the omitted ones take, 0..1. */
  readonly omittedShare: number;
}

/**
 * The life of every block of a run, for the space-time diagram: time across, address up, a rectangle each. Of more lives than
 * `most`, those with the largest rectangles (bytes × steps) are listed, and the others counted.
 * Runs the history to its end if that has not been done: see `History.prepare`.
 *
 * @param most 0 or more; default 4000, what a browser draws at ease
 * @throws RangeError for a negative `most`
 */
export function lives(history: History, most: number = 4000): Lives {
  if (!(most >= 0)) throw new RangeError(`At most so many lives must be 0 or more, not ${most}.`);
  const all = allLives(history);
  const { ids, addresses, sizes, froms, tos } = all;
  const area = (i: number) => sizes[i]! * ((tos[i]! || history.length + 1) - froms[i]!);
  let listed = Array.from(ids, (_, i) => i);
  let omittedShare = 0;
  if (listed.length > most) {
    const byArea = listed.map(area);
    const whole = byArea.reduce((sum, one) => sum + one, 0);
    const largest = listed.sort((a, b) => byArea[b]! - byArea[a]! || a - b);
    omittedShare = largest.slice(most).reduce((sum, i) => sum + byArea[i]!, 0) / whole;
    listed = largest.slice(0, most).sort((a, b) => a - b);
  }
  return {
    lives: listed.map((i) => ({
      id: ids[i]!,
      address: addresses[i]!,
      size: sizes[i]!,
      from: froms[i]!,
      to: tos[i]! || null,
    })),
    total: ids.length,
    omitted: ids.length - listed.length,
    omittedShare,
  };
}

/** The lives in columns, in the order in which they began; `tos` is 0 for one that does not end. */
interface LifeColumns {
  readonly ids: number[];
  readonly addresses: number[];
  readonly sizes: number[];
  readonly froms: number[];
  readonly tos: number[];
}

function allLives(history: History): LifeColumns {
  const { columns } = history.survey();
  const { log } = history.source;
  const all: LifeColumns = { ids: [], addresses: [], sizes: [], froms: [], tos: [] };
  const at = new Map<number, number>();
  const begin = (payload: number, size: number, id: number, step: number) => {
    at.set(payload, all.ids.length);
    all.ids.push(id);
    all.addresses.push(payload - header);
    all.sizes.push(size);
    all.froms.push(step);
    all.tos.push(0);
  };
  const end = (payload: number, step: number) => {
    const life = at.get(payload);
    if (life === undefined) return;
    all.tos[life] = step;
    at.delete(payload);
  };
  const { heap, tenants } = new Rerun(history.source);
  const { header } = heap;
  for (const { address, size, free } of heap.blocks()) {
    if (!free) begin(address + header, size, tenants.get(address + header), 0);
  }
  for (let step = 1; step <= history.length; step++) {
    const size = columns.sizes[step]!;
    end(endedAt(log, columns, step), step);
    if (size > 0) begin(log.results[step - 1]!, size, columns.births[step]!, step);
  }
  return all;
}
