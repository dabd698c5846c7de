import type { FreeEvent, MallocEvent } from "../../heap/event";
import type { Random } from "../../random/random";
import { type Call, callText } from "../call";
import { blockNames, freshHeap, from, shuffled, some } from "../draw";
import { byLevel, type ExerciseKind } from "../question";
import { play, stepsOf } from "../question-heap";

/** Requests that name their blocks. */
function mallocs(count: number, request: () => number): Call[] {
  return blockNames(count).map((as) => ({ op: "malloc", request: request(), as }));
}

/** Frees of some of the blocks, in some order. */
function frees(random: Random, calls: readonly Call[], count: number): Call[] {
  const names = calls.flatMap((call) => (call.op === "malloc" ? [call.as!] : []));
  return shuffled(random, some(random, names, count)).map((block) => ({ op: "free", block }));
}

export const buddy: ExerciseKind = {
  title: "Buddies",
  teaches:
    "How a buddy system halves a block and finds its other half again: their addresses differ in one bit.",
  levels: ["the address of a block's buddy", "the address that malloc returns", "the hole that a free makes"],
  draw(random, level) {
    const unit = random.choice([8, 16, 32, 64]);
    const heapSize = unit * 64;
    const request = () => from(random, [1, 8]) * unit - from(random, [0, unit - 1]);
    if (level === 1) {
      const base = from(random, [0, 9]) * heapSize;
      const heap = freshHeap("buddy", heapSize, unit, base > 0 ? { base } : {});
      const size = unit * 2 ** from(random, [0, 4]);
      const block = base + size * from(random, [0, heapSize / size - 1]);
      return {
        prompt: `At which address is the buddy of a block of ${size} bytes at ${block}?`,
        heap,
        calls: [],
        given: { size, block, base },
        answer: { form: "address" },
      };
    }
    const base = random.choice([0, 0, heapSize, 4 * heapSize]);
    const heap = freshHeap("buddy", heapSize, unit, base > 0 ? { base } : {});
    const calls = mallocs(level === 2 ? 4 : 3, request);
    if (level === 2) {
      const [first, ...gone] = frees(random, calls.slice(0, 3), 2) as [Call, ...Call[]];
      const all = [...calls.slice(0, 3), first, ...(random.random() < 0.5 ? gone : []), calls[3]!];
      return {
        prompt: `Which address does the last call, ${callText(all.at(-1)!)}, return?`,
        heap,
        calls: all,
        given: {},
        answer: { form: "address" },
      };
    }
    const all = [...calls, ...frees(random, calls, 2)];
    return {
      prompt: `Which hole does the last call, ${callText(all.at(-1)!)}, make? Give its address and its size.`,
      heap,
      calls: all,
      given: {},
      answer: { form: "record" },
    };
  },
  solve({ heap, calls, given }, level) {
    if (level === 1) {
      const [size, block, base] = [Number(given.size), Number(given.block), Number(given.base)];
      const odd = ((block - base) / size) % 2 === 1;
      const answer = odd ? block - size : block + size;
      const offset = block - base;
      const explain = () => [
        `The block is the ${odd ? "upper" : "lower"} half of one of ${2 * size} bytes: ${offset}${base > 0 ? `, counted from the base ${base},` : ""} divided by ${size} is ${offset / size}, which is ${odd ? "odd" : "even"}.`,
        `So its buddy lies ${size} bytes ${odd ? "before" : "behind"} it, at ${answer}: ${base > 0 ? `${base} + ` : ""}(${offset} XOR ${size}) = ${answer}.`,
      ];
      const slips = () => [
        {
          answer: odd ? block + size : block - size,
          why: `That block is a neighbour, but the two do not make up a block of ${2 * size} bytes at a multiple of ${2 * size}.`,
        },
        { answer: offset ^ size, why: "The base of the heap is missing." },
      ];
      return { answer, explain, slips };
    }
    const { moments } = play(heap!, calls);
    const last = moments.at(-1)!;
    const explain = () => stepsOf(last);
    if (level === 2) {
      const { address, size } = last.event as MallocEvent;
      return {
        answer: address,
        explain: () => [
          `The holes before it are ${last.before.list.map(({ address, size }) => `${size} at ${address}`).join(", ")}; ${size} bytes are needed.`,
          ...explain(),
        ],
      };
    }
    const { hole, block } = last.event as FreeEvent;
    const slips = () => [
      { answer: [block!], why: "That is the block alone; it merges with its buddy as long as that is free." },
    ];
    return { answer: hole === null ? [] : [hole], explain, slips };
  },
  dull({ heap, calls }, { answer }, level) {
    if (level === 1) return false;
    const { moments } = play(heap!, calls);
    if (moments.some(({ answer }) => answer === null || answer === false)) return true;
    if (level === 2) return answer === (heap!.description.options.base ?? 0);
    const { block, hole } = moments.at(-1)!.event as FreeEvent;
    return hole!.size === block!.size || hole!.size === heap!.description.heapSize;
  },
};

/** Those of the first level; at the others there are fewer, so that a class has several holes. */
const CLASSES = [16, 32, 64, 128] as const;

export const sizeClass: ExerciseKind = {
  title: "Size classes",
  teaches:
    "How segregated fits finds a hole: in the list of its size class, or in that of the next one that has any.",
  levels: ["the class of a request", "the address that malloc returns", "the records that are examined"],
  draw(random, level) {
    const setup = mallocs(14, () => 4 * from(random, [1, 40]));
    const total = setup.reduce((sum, call) => sum + (call.op === "malloc" ? call.request : 0), 0);
    const options =
      level === 1
        ? { classes: CLASSES, header: 4 * from(random, [1, 12]) }
        : {
            classes: byLevel<readonly number[]>(level, CLASSES, random.choice([[32, 96], [48, 128], [64]]), [
              random.choice([96, 128]),
            ]),
          };
    const gone = level === 1 ? [] : frees(random, setup, 7);
    const heap = freshHeap(
      "segregated-fits",
      level === 1 ? 1024 : total,
      4,
      options,
      level === 1 ? [] : [...setup, ...gone],
    );
    const call: Call = {
      op: "malloc",
      request: from(random, byLevel<[number, number]>(level, [1, 160], [4, 120], [4, 120])),
    };
    if (level === 1)
      return {
        prompt: `In the list of which class does the search for ${callText(call)} begin?`,
        heap,
        calls: [call],
        given: {},
        answer: { form: "choice", choices: [...CLASSES.map((bound) => `up to ${bound} bytes`), "above"] },
      };
    return {
      prompt:
        level === 2
          ? `Which address does ${callText(call)} return?`
          : `How many records does ${callText(call)} examine, in all the lists that it searches?`,
      heap,
      calls: [call],
      given: {},
      answer: level === 2 ? { form: "address" } : { form: "number", unit: "records" },
    };
  },
  solve({ heap, calls, answer: form }, level) {
    const [moment] = play(heap!, calls).moments as [ReturnType<typeof play>["moments"][number]];
    const { size, address, examined, request } = moment.event as MallocEvent;
    const explain = () => stepsOf(moment);
    if (level === 1) {
      const { choices } = form as { choices: readonly string[] };
      const classOf = (bytes: number) => choices[CLASSES.findIndex((bound) => bytes <= bound)] ?? "above";
      const right = classOf(size);
      const text = `The block needs ${size} bytes, header and rounding included: its class is "${right}".`;
      return {
        answer: right,
        explain: () => [text],
        slips: () => [
          { answer: classOf(request), why: "That is the class of the request; the block is larger." },
        ],
      };
    }
    if (level === 3) return { answer: examined, explain };
    const best = moment.before.list.filter((hole) => hole.size >= size).sort((a, b) => a.size - b.size)[0];
    const slips = () =>
      best
        ? [
            {
              answer: best.address,
              why: "That is the smallest hole that is large enough; within a class the first one is taken.",
            },
          ]
        : [];
    return { answer: address, explain, slips };
  },
  dull({ heap, calls }, { answer }, level) {
    const [{ event, before }] = play(heap!, calls).moments as [ReturnType<typeof play>["moments"][number]];
    const { size, request, hole } = event as MallocEvent;
    if (level === 1) return !CLASSES.some((bound) => request <= bound && size > bound) && request % 4 !== 0;
    // Two are examined most often; of these questions every third is asked.
    if (level === 3) return (answer as number) < 2 || (answer === 2 && request % 3 !== 0);
    const large = before.list.filter((other) => other.size >= size);
    return large.length < 2 || hole === null;
  },
};
