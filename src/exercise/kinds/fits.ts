import { capital } from "../../base/readable";
import { type FitName, fitNames } from "../../heap/fits";
import { heapText } from "../../heap/heap-text";
import type { FreeListOptions } from "../../heap/options";
import { stateOf } from "../../run/heap-state";
import type { Answer } from "../answer";
import { type Call, callText } from "../call";
import { blocksOf, chance, drawHeap, drawRequest, payloadsOrNone } from "../draw";
import { byLevel, type ExerciseKind } from "../question";
import { type Moment, play, type QuestionHeap, sentencesOf, stepsOf, withPolicy } from "../question-heap";
import { ROVER_RULE } from "../situation";

export const whichFit: ExerciseKind = {
  title: "Which fit was it?",
  teaches: "How the fits differ: which holes they use up, and what they leave over.",
  levels: [
    "one request; first, best or worst fit",
    "two requests, next fit as well",
    "three requests, next fit as well",
  ],
  hides: () => ["fit"],
  draw(random, level) {
    const fits = level === 1 ? fitNames().filter((fit) => fit !== "next") : fitNames();
    const fit = random.choice(fits);
    const heap = drawHeap(random, { holes: byLevel(level, [3, 4], [4, 5], [4, 6]), rover: false });
    const calls = Array.from(
      { length: level },
      (): Call => ({ op: "malloc", request: drawRequest(random, heap, 0, false) }),
    );
    const holes = blocksOf(heap).filter(({ free }) => free);
    const rover = level === 1 ? null : random.choice(holes).address;
    const after = heapText(play(roving(heap, fit, rover), calls).heap.blocks());
    const next =
      rover === null
        ? ""
        : ` (Next fit would have begun at the hole at ${rover}, and each later search where the last one ended.)`;
    return {
      prompt: `${calls.length > 1 ? "These calls have" : `${callText(calls[0]!)} has`} led to the blocks shown. Which fit was it?${next}`,
      heap,
      calls,
      given: { after, rover },
      answer: { form: "choice", choices: fits },
    };
  },
  solve({ heap, calls, given, answer }) {
    const { choices } = answer as { choices: readonly FitName[] };
    const rover = given.rover as number | null;
    const runs = choices.map((fit) => ({ fit, ...play(roving(heap!, fit, rover), calls) }));
    const textOf = (run: (typeof runs)[number]) => heapText(run.heap.blocks());
    const right = runs.find((run) => textOf(run) === given.after)!;
    const explain = () => [
      ...sentencesOf(right.moments, roving(heap!, right.fit, rover)),
      ...runs
        .filter((run) => run !== right)
        .map((run) => `${capital(run.fit)} fit would have come to ${textOf(run)}.`),
    ];
    const slips = () =>
      runs
        .filter((run) => run !== right)
        .map((run) => {
          const at = run.moments.findIndex(({ answer }, i) => answer !== right.moments[i]!.answer);
          const { call, answer } = run.moments[at]!;
          const why = `With ${run.fit} fit, ${callText(call)} would have returned ${answer}, not ${right.moments[at]!.answer}.`;
          return { answer: run.fit, why };
        });
    const beside = (given: Answer) => {
      const other = choices.find((fit) => fit === given && fit !== right.fit);
      return other && { label: `${right.fit} fit`, other: `${other} fit`, heap: roving(heap!, other, rover) };
    };
    return { answer: right.fit, explain, slips, shown: roving(heap!, right.fit, rover), beside };
  },
  dull({ heap, calls, given, answer }) {
    const { choices } = answer as { choices: readonly FitName[] };
    const ends = choices.map((fit) =>
      heapText(play(roving(heap!, fit, given.rover as number | null), calls).heap.blocks()),
    );
    return (
      ends.filter((end) => end === given.after).length !== 1 ||
      new Set(ends).size < 2 + (choices.length > 3 ? 1 : 0)
    );
  },
};

/** The heap with a fit, and with next fit's rover on the hole at an address. */
function roving(heap: QuestionHeap, fit: FitName, rover: number | null): QuestionHeap {
  const withFit = withPolicy(heap, { fit });
  if (fit !== "next" || rover === null) return withFit;
  const [blocks, holes] = heap.start!.split(" | ");
  const list = holes!.split(" ").map((hole) => (Number(hole) === rover ? `>${hole}` : hole));
  return { ...withFit, start: `${blocks} | ${list.join(" ")}` };
}

export const rover: ExerciseKind = {
  title: "Where next fit's rover stands",
  teaches: "Where the next search of next fit begins: how splits, exact fits and merges move the rover.",
  levels: ["after a malloc", "after a malloc, or a free that merges", "after three calls"],
  rules: (level) => (level === 3 ? [] : [ROVER_RULE]),
  draw(random, level) {
    const options: FreeListOptions = {
      fit: "next",
      order: level === 3 ? random.choice(["address", "lifo"]) : "address",
    };
    const heap = drawHeap(random, { options, holes: [3, 5] });
    const malloc = (): Call => ({ op: "malloc", request: drawRequest(random, heap, 0) });
    const free = (): Call => ({ op: "free", block: random.choice(payloadsOrNone(heap)) });
    const calls = byLevel<() => Call[]>(
      level,
      () => [malloc()],
      () => [chance(random, 0.5) ? free() : malloc()],
      () => [malloc(), free(), malloc()],
    )();
    return {
      prompt: `After ${calls.length > 1 ? "these calls" : callText(calls[0]!)}, at which hole will the next search begin? Give its address.`,
      heap,
      calls,
      given: {},
      answer: { form: "address" },
    };
  },
  solve({ heap, calls }) {
    const { heap: after, moments } = play(heap!, calls);
    const { rover, list } = stateOf(after);
    const answer = rover ?? list[0]?.address ?? null;
    const slips = () => {
      const { event } = moments.at(-1)!;
      const given = event.kind === "malloc" ? event.address : null;
      return [
        { answer: moments[0]!.before.rover, why: "That is where it stood before." },
        ...(given === null
          ? []
          : [{ answer: given, why: "There is the block now; the rover stands on a hole." }]),
      ];
    };
    return { answer, explain: () => moments.flatMap(stepsOf), slips };
  },
  dull({ heap, calls }, { answer }, level) {
    const { moments } = play(heap!, calls);
    const [{ before }] = moments as [Moment];
    const unknown = moments.some(({ event }) => event.kind === "free" && event.failure !== null);
    const still = answer === before.rover && !(level === 3 && calls.length > 1);
    return answer === null || unknown || still;
  },
};
