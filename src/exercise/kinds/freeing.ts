import type { Extent } from "../../heap/block";
import type { FreeEvent } from "../../heap/event";
import type { FreeListOptions } from "../../heap/options";
import { ORDERS, type OrderName } from "../../heap/orders";
import type { Random } from "../../random/random";
import { type Answer, listText } from "../answer";
import { type Call, callText } from "../call";
import { blockNames, blocksOf, drawHeap, freshHeap, from, payloads, shuffled, some } from "../draw";
import { byLevel, type ExerciseKind, type Slip } from "../question";
import { listAfter, makeHeap, play, type QuestionHeap, stepsOf, withPolicy } from "../question-heap";

export const merge: ExerciseKind = {
  title: "The hole that a free makes",
  teaches: "How a block that is freed merges with the holes before and behind it.",
  levels: ["one free", "with header, alignment and base", "two frees, one behind the other"],
  hides: () => ["fit"],
  draw(random, level) {
    const options: FreeListOptions =
      level === 1 ? {} : { header: random.choice([4, 8]), align: 8, base: random.choice([0, 1000, 4096]) };
    const heap = drawHeap(random, { options, pageSize: level === 1 ? 4 : 8, holes: [2, 4] });
    const some = payloads(heap);
    const calls = Array.from(
      { length: level === 3 ? 2 : 1 },
      (): Call => ({ op: "free", block: some.length > 0 ? random.choice(some) : 0 }),
    );
    return {
      prompt: `Which hole does ${level === 3 ? "the last call" : callText(calls[0]!)} make? Give its address and its size.`,
      heap,
      calls,
      given: {},
      answer: { form: "record" },
    };
  },
  solve({ heap, calls }) {
    const { moments } = play(heap!, calls);
    const { event } = moments.at(-1)!;
    const { block, left, right, hole } = event as FreeEvent;
    const answer = hole === null ? [] : [hole];
    const slips = (): Slip[] => {
      const [before, behind] = [left?.size ?? 0, right?.size ?? 0];
      return [
        { answer: [block!], why: "That is the block alone; it merges with what is free beside it." },
        { answer: [{ ...block!, size: block!.size + behind }], why: "The hole before the block is missing." },
        { answer: [{ ...hole!, size: before + block!.size }], why: "The hole behind the block is missing." },
        {
          answer: [{ ...hole!, address: hole!.address + headerOf(heap!) }],
          why: "A hole starts where its first byte is, not behind a header.",
        },
      ];
    };
    return { answer, explain: () => moments.flatMap(stepsOf), slips };
  },
  dull({ heap, calls }, { answer }, level) {
    const events = play(heap!, calls).moments.map(({ event }) => event as FreeEvent);
    const { left, right } = events.at(-1)!;
    // Two frees are a question of their own where the second merges with what the first has made.
    const apart =
      level === 3 &&
      !events
        .slice(0, -1)
        .some(({ hole }) => hole?.address === left?.address || hole?.address === right?.address);
    return (
      (answer as Extent[]).length === 0 ||
      (left === null && right === null) ||
      apart ||
      events.some(({ failure }) => failure !== null)
    );
  },
};

function headerOf(heap: QuestionHeap): number {
  return Number(heap.description.options.header ?? 0);
}

/** A heap full of blocks, of which some are freed. */
function freed(
  random: Random,
  count: readonly [number, number],
  share: number,
  options: FreeListOptions = {},
) {
  const blocks = from(random, count);
  const names = blockNames(blocks);
  const sizes = names.map(() => 4 * from(random, [1, 9]));
  const setup = names.map((as, i): Call => ({ op: "malloc", request: sizes[i]!, as }));
  const heapSize = sizes.reduce((sum, size) => sum + size, 0);
  const chosen = shuffled(random, some(random, names, Math.max(2, Math.round(blocks * share))));
  const calls = chosen.map((block): Call => ({ op: "free", block }));
  return { heap: freshHeap("free-list", heapSize, 4, options, setup), calls };
}

/** How many requests for `size` bytes a heap grants, one after the other. */
function grants(heap: QuestionHeap, calls: readonly Call[], size: number): number {
  const { heap: after } = play(heap, calls);
  for (let count = 0; ; count++) if (after.malloc(size) === null) return count;
}

export const coalescing: ExerciseKind = {
  title: "What coalescing saves",
  teaches:
    "What it is good for that neighbouring holes merge: larger holes, a shorter list, more requests granted.",
  levels: ["the largest hole", "the length of the list", "the requests that are granted"],
  draw(random, level) {
    const { heap, calls } = freed(random, [8, 12], 0.7);
    const size = 4 * from(random, [3, 7]);
    const prompt = byLevel(
      level,
      "After these calls, by how many bytes is the largest hole larger than if holes never merged?",
      "After these calls, by how many records is the free list shorter than if holes never merged?",
      `After these calls, a program calls malloc(${size}) until it is denied. How many more of its requests are granted than if holes never merged?`,
    );
    const unit = byLevel(level, "bytes", "records", "requests");
    return { prompt, heap, calls, given: level === 3 ? { size } : {}, answer: { form: "number", unit } };
  },
  solve({ heap, calls, given }, level) {
    const apart = withPolicy(heap!, { coalesce: "never" });
    const [is, was] = [play(heap!, calls), play(apart, calls)];
    const size = Number(given.size);
    const counts = byLevel<() => [number, number]>(
      level,
      () => [is.heap.largestHole, was.heap.largestHole],
      () => [was.heap.holeCount, is.heap.holeCount],
      () => [grants(heap!, calls, size), grants(apart, calls, size)],
    )();
    const [larger, smaller] = counts;
    const lists = [
      `With coalescing the free list is ${listText([...is.heap.holes()])}; without it ${listText([...was.heap.holes()])}.`,
      byLevel(
        level,
        `The largest hole has ${larger} bytes with it and ${smaller} without: ${larger} - ${smaller} = ${larger - smaller}.`,
        `These are ${smaller} records with it and ${larger} without: ${larger} - ${smaller} = ${larger - smaller}.`,
        `${larger} blocks of ${size} bytes come out of the merged holes, ${smaller} of the others: ${larger} - ${smaller} = ${larger - smaller}.`,
      ),
    ];
    const slips = () =>
      counts.map((answer) => ({
        answer,
        why: "That is one of the two; what is asked for is the difference.",
      }));
    const beside = () => ({ label: "merged at once", other: "never merged", heap: apart });
    return { answer: larger - smaller, explain: () => lists, slips, beside };
  },
  dull: ({ given }, { answer }, level) =>
    // Of the questions whose answer is 1, those with three of the five sizes are asked.
    (answer as number) < (level === 2 ? 2 : 1) || (level === 3 && answer === 1 && Number(given.size) > 20),
};

const ORDER_NAMES = Object.keys(ORDERS) as OrderName[];

export const order: ExerciseKind = {
  title: "The order of the list",
  teaches:
    "The order of the list is not the order of the heap: last in, first out, and other ways to keep it.",
  levels: ["the list after some frees", "which order it was", "what the order means for the next malloc"],
  hides: (level) => (level === 2 ? ["order"] : []),
  draw(random, level) {
    const own = random.choice(level === 1 ? (["lifo", "fifo"] as const) : ORDER_NAMES);
    const kept = level === 2 ? {} : { order: own };
    const { heap, calls } = freed(random, [7, 10], 0.4, kept);
    if (level === 1)
      return {
        prompt: "What is in the free list after these calls, from its head on?",
        heap,
        calls,
        given: {},
        answer: { form: "list" },
      };
    if (level === 2) {
      const list = listText(listAfter(withPolicy(heap, { order: own }), calls));
      return {
        prompt: "After these calls the free list is as shown. In which order is it kept?",
        heap,
        calls,
        given: { list },
        answer: { form: "choice", choices: ORDER_NAMES },
      };
    }
    const holes = listAfter(heap, calls);
    const malloc: Call = { op: "malloc", request: random.choice(holes).size - 4 * from(random, [0, 1]) || 4 };
    return {
      prompt: `Which address does the last call, ${callText(malloc)}, return?`,
      heap,
      calls: [...calls, malloc],
      given: {},
      answer: { form: "address" },
    };
  },
  solve({ heap, calls, given }, level) {
    if (level === 2) {
      const lists = ORDER_NAMES.map((name) => ({
        name,
        list: listText(listAfter(withPolicy(heap!, { order: name }), calls)),
      }));
      const right = lists.find(({ list }) => list === given.list)!.name;
      const others = lists.filter(({ name }) => name !== right);
      const texts = others.map(({ name, list }) => `In the order ${name} it would be ${list}.`);
      const slips = () => others.map(({ name }, i) => ({ answer: name, why: texts[i]! }));
      const beside = (given: Answer) => {
        const other = others.find(({ name }) => name === given)?.name;
        return other && { label: right, other, heap: withPolicy(heap!, { order: other }) };
      };
      const shown = withPolicy(heap!, { order: right });
      return { answer: right, explain: () => texts, slips, shown, beside };
    }
    const { heap: after, moments } = play(heap!, calls);
    const others = ORDER_NAMES.filter((name) => name !== heap!.description.options.order);
    if (level === 3) {
      const answerIn = (name: OrderName) =>
        play(withPolicy(heap!, { order: name }), calls).moments.at(-1)!.answer as number | null;
      const slips = () =>
        others.map((name) => ({
          answer: answerIn(name),
          why: `That is what a list in the order ${name} would give.`,
        }));
      const last = moments.at(-1)!;
      const found = `Before the malloc the list is ${listText(last.before.list)}.`;
      return { answer: last.answer as number | null, explain: () => [found, ...stepsOf(last)], slips };
    }
    const slips = () =>
      others.map((name) => ({
        answer: listAfter(withPolicy(heap!, { order: name }), calls).map(extent),
        why: `That would be a list in the order ${name}.`,
      }));
    return { answer: [...after.holes()].map(extent), explain: () => moments.flatMap(stepsOf), slips };
  },
  dull({ heap, calls, given }, { answer }, level) {
    const lists = ORDER_NAMES.map((name) => listText(listAfter(withPolicy(heap!, { order: name }), calls)));
    if (level === 2) return lists.filter((list) => list === given.list).length !== 1;
    if (level === 1) return (answer as Extent[]).length < 3 || new Set(lists).size < 4;
    const inOrder = play(withPolicy(heap!, { order: "address" }), calls).moments.at(-1)!.answer;
    return answer === null || (heap!.description.options.order !== "address" && inOrder === answer);
  },
};

const OUTCOMES = {
  freed: "true: the block is freed",
  inside: "false: the address is inside a block",
  hole: "false: the address is in a hole",
  outside: "false: the address is not in the heap",
} as const;

export const refused: ExerciseKind = {
  title: "What free returns",
  teaches:
    "Which addresses free takes: those that malloc has returned, of blocks that are still allocated, and no others.",
  levels: ["without a header", "with a header: block and payload", "after another free"],
  hides: () => ["fit", "order"],
  draw(random, level) {
    const options: FreeListOptions =
      level === 1 ? {} : { header: 8, align: 8, base: random.choice([0, 4096]) };
    const heap = drawHeap(random, { options, pageSize: level === 1 ? 4 : 8, holes: [2, 4] });
    const header = options.header ?? 0;
    const blocks = blocksOf(heap);
    const allocated = blocks.filter(({ free }) => !free);
    const block = allocated.length > 0 ? random.choice(allocated) : blocks[0]!;
    const first = block.address + header;
    const hole = random.choice(blocks.filter(({ free }) => free));
    const end = blocks.at(-1)!;
    const other = allocated.find(({ address }) => address !== block.address) ?? block;
    const addresses: Record<keyof typeof OUTCOMES, number> = {
      freed: level === 3 ? other.address + header : first,
      inside: header > 0 ? other.address + random.choice([0, 4]) : first + random.choice([1, 2]),
      hole: level === 3 ? first : hole.address + random.choice([0, header]),
      outside: random.choice([end.address + end.size, end.address + end.size + header]),
    };
    const outcome = random.choice(Object.keys(OUTCOMES) as (keyof typeof OUTCOMES)[]);
    const last: Call = { op: "free", block: addresses[outcome] };
    const calls: Call[] = level === 3 ? [{ op: "free", block: first }, last] : [last];
    return {
      prompt: `What does ${level === 3 ? `the last call, ${callText(last)},` : callText(last)} return?`,
      heap,
      calls,
      given: {},
      answer: { form: "choice", choices: Object.values(OUTCOMES) },
    };
  },
  solve({ heap, calls }) {
    const { moments } = play(heap!, calls);
    const last = moments.at(-1)!;
    const { failure } = last.event as FreeEvent;
    return { answer: OUTCOMES[failure ?? "freed"], explain: () => stepsOf(last) };
  },
  dull({ heap, calls }, _, level) {
    const { heap: before } = makeHeap(heap!);
    const { moments } = play(heap!, calls);
    return before.liveBlocks < 2 || (level === 3 && moments[0]!.answer !== true);
  },
};

function extent({ address, size }: Extent): Extent {
  return { address, size };
}
