import type { MallocEvent } from "../../heap/event";
import type { FreeListOptions } from "../../heap/options";
import type { Random } from "../../random/random";
import { type Call, callText } from "../call";
import { blockNames, drawHeap, drawRequest, freshHeap, from } from "../draw";
import { byLevel, type ExerciseKind, type Level } from "../question";
import { play, sentencesOf, stepsOf } from "../question-heap";

/** Requests, no two the same, as calls that name their blocks. */
function mallocs(random: Random, count: number, range: readonly [number, number]): Call[] {
  const requests = new Set<number>();
  while (requests.size < count) requests.add(from(random, range));
  const names = blockNames(count);
  return [...requests].map((request, i) => ({ op: "malloc", request, as: names[i]! }));
}

const roundedUp = (bytes: number, align: number) => Math.ceil(bytes / align) * align;

export const size: ExerciseKind = {
  title: "The size of a block",
  teaches: "What a request takes from the heap: the header is added, then the sum is rounded up.",
  levels: ["rounding", "header and rounding", "a remainder that is too small to be split off"],
  hides: () => ["fit", "order", "coalesce"],
  draw(random, level) {
    const align = random.choice([4, 8, 16, 32]);
    const header = level === 1 ? 0 : random.choice([4, 8, 12, 16]);
    const request = from(random, [1, 60]) * align + from(random, [1, align - 1]);
    const leastRemainder = random.choice([2, 3, 4]) * align;
    const hole = roundedUp(request + header, align) + from(random, [1, 5]) * align;
    const heap =
      level === 3
        ? freshHeap("free-list", hole, align, { header, leastRemainder })
        : freshHeap("free-list", 4096, align, header > 0 ? { header } : {});
    const call: Call = { op: "malloc", request };
    return {
      prompt: `How many bytes does the block for ${callText(call)} have?`,
      heap,
      calls: [call],
      given: {},
      answer: { form: "number", unit: "bytes" },
    };
  },
  solve({ heap, calls }) {
    const [moment] = play(heap!, calls).moments as [NonNullable<ReturnType<typeof play>["moments"][0]>];
    const { size, request, header, rounding, unsplit } = moment.event as MallocEvent;
    const { pageSize } = heap!.description;
    const slips = () => [
      ...(unsplit > 0
        ? [
            {
              answer: size - unsplit,
              why: `The ${unsplit} bytes that would be left over are too few to be split off: the block gets them.`,
            },
          ]
        : []),
      { answer: request, why: "That is the request; the block has more." },
      { answer: roundedUp(request, pageSize), why: "The header is missing." },
      {
        answer: roundedUp(request, pageSize) + header,
        why: "The header is added first, and then the sum is rounded up.",
      },
      { answer: size - unsplit - rounding, why: "The rounding is missing." },
      {
        answer: heap!.description.heapSize,
        why: "What would be left over is enough to be split off: the block does not get it.",
      },
    ];
    return { answer: size, explain: () => stepsOf(moment), slips };
  },
  dull({ heap, calls }, { answer }, level) {
    const { unsplit } = play(heap!, calls).moments[0]!.event as MallocEvent;
    // Of every four, three are to be what the level is about.
    return level === 3 && unsplit === 0 && (answer as number) % 32 !== 0;
  },
};

export const payload: ExerciseKind = {
  title: "Blocks and payloads",
  teaches: "Two addresses of one block: where it starts, and what malloc returns, behind the header.",
  levels: [
    "the address that the third malloc returns",
    "with alignment and base",
    "from a payload address to the next block",
  ],
  hides: () => ["fit", "order", "coalesce"],
  draw(random, level) {
    const align = level === 1 ? 4 : random.choice([8, 16]);
    const header = random.choice([4, 8, 12]);
    const base = level === 1 ? 0 : random.choice([1024, 4096, 0x8000]);
    const heap = freshHeap("free-list", 4096, align, { header, ...(base > 0 ? { base } : {}) });
    const calls = mallocs(random, level === 3 ? 2 : 3, [3, 90]);
    const { moments } = play(heap, calls);
    const last = moments.at(-1)!;
    const third = `Which address does the last call, ${callText(last.call)}, return?`;
    const next = `${callText(last.call)} has returned ${last.answer}. At which address does the block behind b start?`;
    return level === 3
      ? {
          prompt: next,
          heap: { ...heap, setup: calls.slice(0, 1) },
          calls: calls.slice(1),
          given: { payload: last.answer as number },
          answer: { form: "address" },
        }
      : { prompt: third, heap, calls, given: {}, answer: { form: "address" } };
  },
  solve({ heap, calls }, level) {
    const { moments } = play(heap!, calls);
    const { event, before } = moments.at(-1)!;
    const { address, header, size, request } = event as MallocEvent;
    const block = address! - header;
    if (level === 3) {
      const slips = () => [
        {
          answer: address! + size,
          why: "The size counts from where the block starts, not from its payload: the header is in it.",
        },
        {
          answer: address! + request,
          why: "There the payload ends; the block goes on to a multiple of the alignment.",
        },
        {
          answer: block + size + header,
          why: "That would be the payload of the next block; the block starts before its header.",
        },
        { answer: block, why: "There the block b itself starts." },
      ];
      const sum = `It starts ${header} bytes before its payload, at ${block}, and has ${size} bytes: ${block} + ${size} = ${block + size}.`;
      return { answer: block + size, explain: () => [...sentencesOf(moments, heap!), sum], slips };
    }
    const headers = moments.length * header;
    const slips = () => [
      {
        answer: block,
        why: `There the block starts; its payload begins ${header} bytes further on, behind the header.`,
      },
      { answer: address! - headers, why: "The headers are missing: every block has one." },
      {
        answer:
          before.base +
          moments.slice(0, -1).reduce((sum, { call }) => sum + (call as { request: number }).request, 0),
        why: "Headers and rounding are missing.",
      },
    ];
    return { answer: address, explain: () => sentencesOf(moments, heap!), slips };
  },
};

/** A heap that wastes some of its blocks. */
function wasteful(random: Random, level: Level) {
  if (level === 3) return freshHeap("buddy", 2048, random.choice([16, 32]), {});
  const align = random.choice([8, 16, 32]);
  return freshHeap("free-list", 2048, align, level === 2 ? { header: random.choice([4, 8]) } : {});
}

export const internal: ExerciseKind = {
  title: "Internal fragmentation",
  teaches: "What blocks have that nobody asked for: headers, and what rounding adds.",
  levels: ["rounding", "header and rounding", "a buddy system's powers of two"],
  hides: () => ["fit", "order", "coalesce"],
  draw(random, level) {
    const heap = wasteful(random, level);
    const calls = mallocs(
      random,
      from(random, byLevel<[number, number]>(level, [2, 3], [3, 4], [3, 4])),
      [3, 150],
    );
    return {
      prompt: "How many bytes of these blocks are headers and rounding, which nobody asked for?",
      heap,
      calls,
      given: {},
      answer: { form: "number", unit: "bytes" },
    };
  },
  solve({ heap, calls }) {
    const { heap: after, moments } = play(heap!, calls);
    const events = moments.map(({ event }) => event as MallocEvent);
    const asked = events.reduce((sum, { request }) => sum + request, 0);
    const headers = events.reduce((sum, { header }) => sum + header, 0);
    const answer = after.usedBytes - asked;
    const slips = () => [
      { answer: after.usedBytes, why: "That is all that the blocks have; what was asked for is not lost." },
      { answer: answer - headers, why: "The headers are missing." },
      { answer: headers, why: "The rounding is missing." },
      { answer: after.freeBytes, why: "These are the bytes in holes: they are not lost in blocks." },
    ];
    const sum = `The blocks have ${events.map(({ size }) => size).join(" + ")} = ${after.usedBytes} bytes, and ${events.map(({ request }) => request).join(" + ")} = ${asked} were asked for: ${after.usedBytes} - ${asked} = ${answer}.`;
    return { answer, explain: () => [...sentencesOf(moments, heap!), sum], slips };
  },
  dull: (_, { answer }) => answer === 0,
};

export const external: ExerciseKind = {
  title: "External fragmentation",
  teaches: "Why a request may be denied though enough is free: the free bytes lie in several holes.",
  levels: [
    "the free bytes outside the largest hole",
    "the same after two calls",
    "the largest request that is granted",
  ],
  draw(random, level) {
    const options: FreeListOptions = level === 3 ? { header: random.choice([4, 8]), align: 8 } : {};
    const heap = drawHeap(random, {
      options,
      pageSize: level === 3 ? 8 : 4,
      holes: [3, 5],
      sizes: level === 3 ? [2, 9] : [1, 12],
    });
    const calls =
      level === 1
        ? []
        : Array.from({ length: 2 }, (): Call => ({ op: "malloc", request: drawRequest(random, heap, 0) }));
    const after = calls.length > 0 ? "After these calls, how" : "How";
    const fragments = `${after} many of the free bytes are outside the largest hole? (Divided by all free bytes, that is the external fragmentation.)`;
    const largest = "After these calls, what is the largest request that malloc can grant?";
    return {
      prompt: level === 3 ? largest : fragments,
      heap,
      calls,
      given: {},
      answer: { form: "number", unit: "bytes" },
    };
  },
  solve({ heap, calls }, level) {
    const { heap: after, moments } = play(heap!, calls);
    const { largestHole, freeBytes, header } = after;
    const holes = Array.from(after.holes(), ({ size }) => size);
    const sum = `The holes have ${holes.join(" + ")} = ${freeBytes} bytes, the largest of them ${largestHole}`;
    const fragments = freeBytes - largestHole;
    if (level < 3) {
      const slips = () => [
        {
          answer: freeBytes,
          why: "These are all free bytes; those of the largest hole can be had in one piece.",
        },
        { answer: largestHole, why: "That is the largest hole: the bytes that can be had in one piece." },
      ];
      return {
        answer: fragments,
        explain: () => [
          ...sentencesOf(moments, heap!),
          `${sum}: ${freeBytes} - ${largestHole} = ${fragments}.`,
        ],
        slips,
      };
    }
    const answer = largestHole - header;
    const slips = () => [
      { answer: largestHole, why: "The header needs room, too." },
      { answer: freeBytes - header, why: "The free bytes lie in several holes, and a block needs one." },
      {
        answer: freeBytes,
        why: "The free bytes lie in several holes, and a block needs one, with its header.",
      },
    ];
    return {
      answer,
      explain: () => [
        ...sentencesOf(moments, heap!),
        `${sum}; ${header} of them are for the header: ${answer}.`,
      ],
      slips,
    };
  },
  dull({ heap, calls }, { answer }) {
    const { moments, heap: after } = play(heap!, calls);
    return (answer as number) <= 0 || after.holeCount < 2 || moments.some(({ answer }) => answer === null);
  },
};
