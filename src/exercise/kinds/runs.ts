import type { ReallocEvent } from "../../heap/event";
import type { FreeListOptions } from "../../heap/options";
import type { Random } from "../../random/random";
import { listText } from "../answer";
import { type Call, callText } from "../call";
import { blockNames, blocksOf, chance, drawHeap, drawRequest, from, payloads } from "../draw";
import { byLevel, type ExerciseKind, type Level } from "../question";
import { play, sentencesOf, stepsOf } from "../question-heap";

/** Requests, at level 3 with frees between them. */
function stream(random: Random, level: Level, draw: () => number): Call[] {
  const names = blockNames(7);
  const live: string[] = [];
  const calls: Call[] = [];
  for (const as of names) {
    if (level === 3 && live.length > 1 && chance(random, 0.5)) {
      const [block] = live.splice(random.randint(0, live.length), 1) as [string];
      calls.push({ op: "free", block });
    }
    calls.push({ op: "malloc", request: draw(), as });
    live.push(as);
  }
  return calls;
}

const ordinals = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh"];

export const denied: ExerciseKind = {
  title: "The first request that is denied",
  teaches: "How a policy holds out: small remainders add up, until a request finds no hole.",
  levels: ["first fit", "best, worst or next fit", "any fit, with frees between the requests"],
  draw(random, level) {
    const fit = byLevel<() => FreeListOptions["fit"]>(
      level,
      () => "first",
      () => random.choice(["best", "worst", "next"]),
      () => random.choice(["first", "best", "worst", "next"]),
    )();
    const heap = drawHeap(random, {
      options: fit === "first" ? {} : { fit: fit! },
      holes: level === 3 ? [2, 4] : [3, 5],
      sizes: [2, 12],
    });
    const calls = stream(random, level, () => drawRequest(random, heap, 0, false));
    const mallocs = calls.filter(({ op }) => op === "malloc");
    const choices = mallocs.map((call, i) => `${ordinals[i]}: ${callText(call)}`);
    return {
      prompt: "Which of these requests is the first to be denied?",
      heap,
      calls,
      given: {},
      answer: { form: "choice", choices },
    };
  },
  solve({ heap, calls, answer }) {
    const { choices } = answer as { choices: readonly string[] };
    const { moments } = play(heap!, calls);
    const at = moments.findIndex(({ call, answer }) => call.op === "malloc" && answer === null);
    const mallocs = moments.filter(({ call }) => call.op === "malloc");
    const right = mallocs.indexOf(moments[at]!);
    const played = moments.slice(0, at < 0 ? moments.length : at + 1);
    const slips = () =>
      choices.map((choice, i) => ({
        answer: choice,
        why:
          i < right
            ? `It is granted: it gets the block at ${mallocs[i]!.answer}.`
            : "It is denied, or comes later: another is denied before it.",
      }));
    return { answer: choices[right] ?? "", explain: () => sentencesOf(played, heap!), slips };
  },
  dull({ heap, calls, answer: form }, { answer }, level) {
    const { choices } = form as { choices: readonly string[] };
    const at = choices.indexOf(answer as string);
    const { moments } = play(heap!, calls);
    const first = moments.find(({ call, answer }) => call.op === "malloc" && answer === null);
    if (at < 1 || first === undefined) return true;
    if (level === 1) return false;
    // It is denied for its fit, or for the holes, and not for want of memory.
    const { event } = first;
    return event.kind === "malloc" && event.failure !== "fragmented";
  },
};

const HOWS: Readonly<Record<string, string>> = {
  kept: "it stays as it is",
  shrunk: "it shrinks where it is",
  grown: "it grows where it is",
  moved: "it moves to another place",
  denied: "it is denied, and the block stays as it is",
};

export const realloc: ExerciseKind = {
  title: "What realloc does",
  teaches: "When a block can grow or shrink where it is, and when its contents must move.",
  levels: [
    "what happens to the block",
    "the address that realloc returns",
    "the free list afterwards, with header and alignment",
  ],
  draw(random, level) {
    const options: FreeListOptions =
      level === 3 ? { header: 8, align: 8, fit: random.choice(["first", "best"]) } : {};
    const heap = drawHeap(random, { options, pageSize: level === 3 ? 8 : 4, holes: [2, 4] });
    const header = options.header ?? 0;
    const unit = level === 3 ? 8 : 4;
    const some = payloads(heap);
    const payload = some.length > 0 ? random.choice(some) : 0;
    const blocks = blocksOf(heap);
    const at = blocks.findIndex(({ address }) => address === payload - header);
    const size = blocks[at]?.size ?? unit;
    const behind = blocks[at + 1]?.free ? blocks[at + 1]!.size : 0;
    const wanted = random.choice([
      size - unit * from(random, [1, 2]),
      size + unit * from(random, [1, 2]),
      size + behind,
      size + behind + unit,
      size + unit * from(random, [6, 9]),
    ]);
    const rounding = random.randint(0, unit - 1);
    const call: Call = { op: "realloc", block: payload, request: Math.max(1, wanted - header - rounding) };
    const question = byLevel(
      level,
      `What does ${callText(call)} do to the block at ${payload}?`,
      `Which address does ${callText(call)} return? It may be denied.`,
      `What is in the free list after ${callText(call)}, from its head on?`,
    );
    const answer = byLevel<() => ReturnType<ExerciseKind["draw"]>["answer"]>(
      level,
      () => ({ form: "choice", choices: Object.values(HOWS) }),
      () => ({ form: "address", denied: true }),
      () => ({ form: "list" }),
    )();
    return { prompt: question, heap, calls: [call], given: {}, answer };
  },
  solve({ heap, calls }, level) {
    const { heap: after, moments } = play(heap!, calls);
    const [moment] = moments as [(typeof moments)[number]];
    const event = moment.event as ReallocEvent;
    const explain = () => stepsOf(moment);
    if (level === 1) return { answer: HOWS[event.how] ?? "", explain };
    if (level === 2) {
      const slips = () => [
        { answer: event.from, why: "The block cannot stay there: it has not the room." },
        { answer: null, why: "There is room for it." },
        {
          answer: play(heap!, [{ op: "malloc", request: event.request }]).moments[0]!.answer as number | null,
          why: "That is where a malloc would go; the block can stay where it is.",
        },
      ];
      return { answer: event.address, explain, slips };
    }
    const answer = Array.from(after.holes(), ({ address, size }) => ({ address, size }));
    const slips = () => [
      {
        answer: moment.before.list.map(({ address, size }) => ({ address, size })),
        why: "That is the list as it was before.",
      },
    ];
    return { answer, explain: () => [...explain(), `The list is ${listText(answer)}.`], slips };
  },
  dull({ heap, calls }, _, level) {
    const { event } = play(heap!, calls).moments[0]!;
    const { how } = event as ReallocEvent;
    if (how === "unknown") return true;
    if (level === 1) return false;
    if (level === 2) {
      // Where a block stays, its own address is the answer: of these every third is asked, and of the denied ones every second.
      const request = calls[0]!.op === "realloc" ? calls[0]!.request : 0;
      return how !== "moved" && request % (how === "denied" ? 2 : 3) !== 0;
    }
    return how === "kept" || how === "denied";
  },
};
