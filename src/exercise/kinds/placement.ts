import type { Block, Extent } from "../../heap/block";
import type { MallocEvent } from "../../heap/event";
import { fitNames } from "../../heap/fits";
import type { FreeListOptions } from "../../heap/options";
import type { Random } from "../../random/random";
import { type Call, callText } from "../call";
import { blocksOf, chance, drawHeap, drawRequest, from, payloadsOrNone } from "../draw";
import { type Asked, byLevel, type ExerciseKind, type Level, type Slip } from "../question";
import {
  listAfter,
  type Moment,
  makeHeap,
  play,
  type QuestionHeap,
  stepsOf,
  withPolicy,
} from "../question-heap";

/** A policy of the level, for questions on where a block is placed. */
function policy(random: Random, level: Level): FreeListOptions {
  if (level === 1) return {};
  if (level === 2) return { fit: random.choice(["next", "best", "worst"]) };
  return {
    fit: random.choice(fitNames()),
    order: random.choice(["lifo", "fifo", "size-ascending", "size-descending", "address"]),
    align: 8,
    header: random.choice([4, 8]),
    base: random.choice([1000, 4096, 10_000]),
  };
}

const holesAt = (level: Level) => byLevel<[number, number]>(level, [3, 5], [4, 6], [4, 6]);

/** The records of the list that were walked over before the choice, one of them chosen: how far from the head, or the rover. */
function takesTheFirst({ event, before }: Moment): boolean {
  const { hole } = event as MallocEvent;
  const first = before.rover ?? before.list[0]?.address;
  return hole !== null && hole.address === first;
}

/** What other fits would have answered. */
function otherFits({ heap, calls }: Asked): Slip[] {
  const own = heap!.description.options.fit ?? "first";
  return fitNames()
    .filter((fit) => fit !== own)
    .map((fit) => {
      const moment = play(withPolicy(heap!, { fit }), calls).moments.at(-1)!;
      return { answer: moment.answer as number | null, why: `That is what ${fit} fit would return.` };
    });
}

export const address: ExerciseKind = {
  title: "The address that malloc returns",
  teaches: "How the search along the free list chooses a hole, and where in the hole the block comes to lie.",
  levels: [
    "first fit",
    "best, worst and next fit",
    "any fit and order of the list, with header, alignment and base",
  ],
  draw(random, level) {
    const heap = drawHeap(random, {
      options: policy(random, level),
      pageSize: level === 3 ? 8 : 4,
      holes: holesAt(level),
    });
    const call: Call = { op: "malloc", request: drawRequest(random, heap, 0.05, level > 1) };
    return {
      prompt: `Which address does ${callText(call)} return? It may be denied.`,
      heap,
      calls: [call],
      given: {},
      answer: { form: "address", denied: true },
    };
  },
  solve(asked) {
    const [moment] = play(asked.heap!, asked.calls).moments as [Moment];
    const { event, before } = moment;
    const { hole } = event as MallocEvent;
    const slips = () => {
      const found: Slip[] = otherFits(asked);
      if (hole && before.header > 0) {
        const why = `That is the address of the block; malloc returns that of its payload, ${before.header} bytes further on.`;
        found.unshift({ answer: hole.address, why });
      }
      if (hole === null)
        found.push({ answer: before.list[0]?.address ?? 0, why: "The hole there is too small." });
      else
        found.push({
          answer: null,
          why: `The hole of ${hole.size} bytes at ${hole.address} is large enough.`,
        });
      return found;
    };
    return { answer: event.kind === "malloc" ? event.address : null, explain: () => stepsOf(moment), slips };
  },
  dull(asked, { answer }, level) {
    const [moment] = play(asked.heap!, asked.calls).moments as [Moment];
    if (answer === null) return false;
    const { fit = "first" } = asked.heap!.description.options;
    if (fit === "first" || fit === "next") return takesTheFirst(moment);
    const first = play(withPolicy(asked.heap!, { fit: "first" }), asked.calls).moments[0]!;
    return level < 3 && first.answer === answer;
  },
};

export const list: ExerciseKind = {
  title: "The free list afterwards",
  teaches: "What a malloc or a free does to the free list: which records leave it, which join it, and where.",
  levels: [
    "a list by address, one call",
    "last in, first out, or first in, first out",
    "a list by size, or with deferred coalescing, two calls",
  ],
  draw(random, level) {
    const options = byLevel<() => FreeListOptions>(
      level,
      () => ({}),
      () => ({ order: random.choice(["lifo", "fifo"]) }),
      () =>
        random.choice<FreeListOptions>([
          { order: "size-ascending", fit: random.choice(["first", "worst"]) },
          { order: "size-descending", fit: random.choice(["best", "first"]) },
          { order: "lifo", coalesce: "deferred" },
          { order: "address", coalesce: "deferred", fit: "best" },
        ]),
    )();
    const heap = drawHeap(random, { options, holes: [2, 4] });
    const free: Call = { op: "free", block: random.choice(payloadsOrNone(heap)) };
    const malloc: Call = {
      op: "malloc",
      request: drawRequest(random, heap, level === 3 ? 0.3 : 0, level > 1),
    };
    const calls = level === 3 ? [free, malloc] : [chance(random, 0.5) ? free : malloc];
    return {
      prompt: `What is in the free list after ${calls.length > 1 ? "these calls" : callText(calls[0]!)}, from its head on?`,
      heap,
      calls,
      given: {},
      answer: { form: "list" },
    };
  },
  solve({ heap, calls }) {
    const { heap: after, moments } = play(heap!, calls);
    const answer = [...after.holes()].map(extent);
    const slips = () => {
      const inOrder = [...answer].sort((a, b) => a.address - b.address);
      const unmerged = listAfter(withPolicy(heap!, { coalesce: "never" }), calls).map(extent);
      return [
        { answer: unmerged, why: "Neighbouring holes have not merged in it." },
        { answer: before(moments), why: "That is the list as it was before." },
        {
          answer: inOrder,
          why: "These are the right holes in the order of the heap; the list has an order of its own.",
        },
      ];
    };
    return { answer, explain: () => moments.flatMap(stepsOf), slips };
  },
  dull: ({ heap }, { answer }) =>
    heap!.start!.includes("A") === false ||
    (answer as Extent[]).length === 0 ||
    sameAsStart(heap!, answer as Extent[]),
};

function before(moments: readonly Moment[]): Extent[] {
  return moments[0]!.before.list.map(extent);
}

function sameAsStart(heap: QuestionHeap, list: readonly Extent[]): boolean {
  return JSON.stringify([...makeHeap(heap).heap.holes()].map(extent)) === JSON.stringify(list);
}

export const examined: ExerciseKind = {
  title: "The records that a search examines",
  teaches: "What a search costs: how many records of the free list it looks at before it decides.",
  levels: ["first fit", "any fit", "deferred coalescing: a search that fails, and another"],
  draw(random, level) {
    const options = byLevel<() => FreeListOptions>(
      level,
      () => ({}),
      () => ({
        fit: random.choice(["next", "next", "best", "worst", "first"]),
        order: random.choice(["address", "lifo"]),
      }),
      () => ({
        coalesce: "deferred",
        order: random.choice(["address", "lifo"]),
        fit: random.choice(["first", "best"]),
      }),
    )();
    const heap = drawHeap(random, { options, holes: level === 1 ? [4, 7] : [4, 8] });
    const largest = Math.max(...blocksOf(heap).map(({ size, free }) => (free ? size : 0)));
    const request = level === 3 ? largest + 4 * from(random, [1, 4]) : drawRequest(random, heap);
    const call: Call = { op: "malloc", request };
    const both = level === 3 ? " in all its searches together" : "";
    return {
      prompt: `How many records of the list does ${callText(call)} examine${both}? Count the one that is chosen, too.`,
      heap,
      calls: [call],
      given: {},
      answer: { form: "number", unit: "records" },
    };
  },
  solve({ heap, calls }) {
    const [moment] = play(heap!, calls).moments as [Moment];
    const { examined, merges } = moment.event as MallocEvent;
    const { length } = moment.before.list;
    const { fit = "first" } = heap!.description.options;
    const slips = () => [
      { answer: examined - 1, why: "The record that is chosen is examined, too." },
      ...(merges > 0
        ? [
            {
              answer: length,
              why: "That is the first search, which fails; after the merging there is another.",
            },
            {
              answer: examined - length,
              why: "That is the second search; the first one, which failed, counts, too.",
            },
          ]
        : []),
      ...(fit === "best" || fit === "worst"
        ? [
            {
              answer: 1,
              why: `${fit === "best" ? "Best" : "Worst"} fit cannot know that a hole is the ${fit === "best" ? "smallest" : "largest"} before it has seen all.`,
            },
          ]
        : [{ answer: length, why: "The search ends at the hole that it chooses." }]),
    ];
    return { answer: examined, explain: () => stepsOf(moment), slips };
  },
  dull({ heap, calls }, { answer }, level) {
    const { merges } = play(heap!, calls).moments[0]!.event as MallocEvent;
    return level === 3 ? merges === 0 : (answer as number) < 2;
  },
};

function extent({ address, size }: Block): Extent {
  return { address, size };
}
