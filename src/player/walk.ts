import type { Block } from "../heap/block";
import type { HeapEvent } from "../heap/event";
import type { Cursor } from "../run/cursor";
import { decision } from "../run/decision/decision";
import { momentOf } from "../run/decision/decision-at";
import { NOTATIONS, type Notation, type NotationName } from "../run/decision/notation";
import type { DecisionStep } from "../run/decision/step";
import type { HeapState } from "../run/heap-state";
import { stateOf } from "../run/heap-state";
import type { History } from "../run/history";
import type { Look, Progress } from "./look";
import { marksOf } from "./marks";

/** Facts that put the operation's block there, take the old one away, or both. */
const BEGIN = new Set<DecisionStep["kind"]>(["split", "exact", "kept", "shrunk", "stretched", "halve"]);
const END = new Set<DecisionStep["kind"]>(["freed", "kept", "shrunk", "stretched", "halve"]);

/** The decision of one operation, and a place in it: what is to be shown of the heap there. */
export class Walk {
  readonly steps: readonly DecisionStep[];
  /** The operation as a call, and who made it: `parser: malloc(100)`. */
  readonly asked: string;
  readonly #history: History;
  readonly #step: number;
  readonly #before: HeapState;
  readonly #looks = new Map<number, Look>();

  /**
   * @param step the operation, from 1
   * @param cursor one of the run that may be moved; default: one of its own
   */
  constructor(history: History, step: number, notation: NotationName, cursor?: Cursor) {
    const { before, event } = momentOf(history, step, cursor);
    this.#history = history;
    this.#step = step;
    this.#before = before;
    this.steps = decision(event, before, { notation });
    const who = history.labelAt(step);
    this.asked = `${who && `${who}: `}${callOf(event, NOTATIONS[notation])}`;
  }

  /** How many records the list has before the operation. */
  get records(): number {
    return this.#before.list.length;
  }

  /** What is to be shown behind a step of the decision; before the first at −1. */
  look(at: number): Look {
    let look = this.#looks.get(at);
    if (look === undefined) {
      look = this.#lookAt(at);
      this.#looks.set(at, look);
    }
    return look;
  }

  #lookAt(at: number): Look {
    const step = this.steps[at];
    // A record that has left the list is no more to be marked.
    const gone = step === undefined || (step.kind === "list" && step.added === null);
    return {
      marks: step ? marksOf(step) : [],
      record: gone ? null : step.record,
      list: this.#list(at),
      progress: this.#progress(at),
    };
  }

  /** How much of the operation has happened by a step of the decision, that step included. */
  #progress(at: number): Progress {
    const told = this.steps.slice(0, at + 1);
    // A buddy system halves holes to allocate, and blocks to shrink them.
    const shrinks = this.steps.every(({ kind }) => kind !== "exact");
    const has = (kinds: ReadonlySet<DecisionStep["kind"]>) =>
      told.some(({ kind }) => kinds.has(kind) && (kind !== "halve" || shrinks));
    return { begun: has(BEGIN), ended: has(END), grown: told.some(({ kind }) => kind === "grow") };
  }

  /**
   * The list as it is behind a step of the decision. Where merges are left out of the telling, it follows from
   * the state after the operation, else from the one before.
   */
  #list(at: number): readonly Block[] {
    const folded = this.steps.findIndex((step) => step.kind === "skipped" && step.what === "merges");
    if (folded < 0 || at < folded) return forwards(this.#before.list, this.steps.slice(0, at + 1));
    const after = stateOf(this.#history.cursor().seek(this.#step).heap).list;
    return backwards(after, this.steps.slice(at + 1));
  }
}

function callOf(event: HeapEvent | null, n: Notation): string {
  if (event === null) return "coalesce()";
  if (event.kind === "malloc") return `malloc(${n.literal(event.request)})`;
  if (event.kind === "free") return `free(${n.literal(event.address)})`;
  return `realloc(${event.from === null ? "null" : n.literal(event.from)}, ${n.literal(event.request)})`;
}

function forwards(before: readonly Block[], steps: readonly DecisionStep[]): Block[] {
  const list = before.slice();
  for (const step of steps) {
    if (step.kind === "list") {
      for (const { record } of downwards(step.removed)) list.splice(record, 1);
      if (step.added) list.splice(step.added.record, 0, { ...step.added.hole, free: true });
    } else if (step.kind === "sort") {
      list.sort((a, b) => a.address - b.address);
    } else if (step.record !== null) {
      // The original program's records change where they are.
      if (step.kind === "split" || step.kind === "exact") list[step.record] = { ...step.block, free: false };
      if (step.kind === "freed") list[step.record] = { ...step.block, free: true };
    }
  }
  return list;
}

function backwards(after: readonly Block[], steps: readonly DecisionStep[]): Block[] {
  const list = after.slice();
  for (const step of [...steps].reverse()) {
    if (step.kind !== "list") continue;
    if (step.added) list.splice(step.added.record, 1);
    for (const { record, hole } of downwards(step.removed).reverse()) {
      list.splice(record, 0, { ...hole, free: true });
    }
  }
  return list;
}

function downwards<R extends { readonly record: number }>(records: readonly R[]): R[] {
  return [...records].sort((a, b) => b.record - a.record);
}
