import { fitNames } from "../../heap/fits";
import type { Random } from "../../random/random";
import { type OstepCalls, ostepCalls } from "../ostep/ostep-calls";
import { ostepRun } from "../ostep/ostep-run";
import { type Asked, byLevel, type ExerciseKind, type Level } from "../question";
import { play, withPolicy } from "../question-heap";
import { address, list } from "./placement";

/** The flags of a call of malloc.py whose heap a `FreeList` is. */
function drawFlags(random: Random, level: Level): string[] {
  const policy = random.choice(["FIRST", "BEST", "WORST"]);
  const order = byLevel(
    level,
    ["-l", "ADDRSORT", ...random.choice([[], ["-C"]])],
    random.choice([
      ["-l", "ADDRSORT", "-C"],
      ["-l", "INSERT-FRONT"],
      ["-l", "INSERT-BACK"],
    ]),
    random.choice([
      ["-l", "ADDRSORT", "-C"],
      ["-l", "INSERT-FRONT"],
      ["-l", "INSERT-BACK"],
      ["-l", "SIZESORT+"],
      ["-l", "SIZESORT-"],
    ]),
  );
  const sizes =
    level < 3
      ? []
      : random.choice([
          ["-H", "4"],
          ["-H", "8"],
          ["-H", "4", "-a", "4"],
          ["-a", "8"],
        ]);
  const range = String(random.choice([10, 15, 20, 30]));
  return [
    "-S",
    "100",
    "-p",
    policy,
    ...order,
    ...sizes,
    "-r",
    range,
    "-n",
    "12",
    "-s",
    String(random.randint(0, 1_000_000)),
  ];
}

/** Asks of an operation of a call of malloc.py, counted from 1, what the homework asks. */
export function askOperation(
  flags: readonly string[],
  { heap, calls }: OstepCalls,
  step: number,
  about: "address" | "list",
): Asked {
  const call = calls[step - 1]!;
  const text =
    call.op === "malloc"
      ? `${call.as} = Alloc(${call.request})`
      : `Free(${(call as { block: string }).block})`;
  return {
    ...askAlone(flags, text, step, about),
    heap: { description: heap, start: null, setup: calls.slice(0, step - 1) },
    calls: [call],
  };
}

/**
 * The same without a heap.
 * @param text the operation in the homework's words
 * @param known what stands before the question
 */
export function askAlone(
  flags: readonly string[],
  text: string,
  step: number,
  about: "address" | "list",
  known = "",
): Asked {
  const what =
    about === "address"
      ? `which address does ${text} return? It may be denied: then the answer is null, where the program prints -1.`
      : `what is in the free list after ${text}, from its head on?`;
  return {
    prompt: `malloc.py ${flags.join(" ")}: ${known}${what}`,
    heap: null,
    calls: [],
    given: { flags: flags.join(" "), step },
    answer: about === "address" ? { form: "address", denied: true } : { form: "list" },
  };
}

export const ostep: ExerciseKind = {
  title: "An operation of OSTEP's homework",
  teaches:
    "What malloc.py of Operating Systems: Three Easy Pieces, chapter 17, would print: the address that is returned, and the free list.",
  levels: [
    "an address: three policies, a list by address",
    "a free list: by address with coalescing, or new holes in front or behind",
    "either, with a header or an alignment, and lists by size",
  ],
  draw(random, level) {
    const about = byLevel(level, "address", "list", random.choice(["address", "list"])) as "address" | "list";
    for (;;) {
      const flags = drawFlags(random, level);
      const run = ostepRun(flags);
      const end = run.difference?.step ?? run.history.length + 1;
      const asked = ostepCalls(run);
      const steps = asked.calls.flatMap(({ op }, i) =>
        i >= 4 && i + 1 < end && (about === "list" || op === "malloc") ? [i + 1] : [],
      );
      if (steps.length > 0) return askOperation(flags, asked, random.choice(steps), about);
    }
  },
  solve: (asked, level) => (asked.answer.form === "list" ? list : address).solve(asked, level),
  dull({ heap, calls, answer: { form } }, { answer }) {
    const { before } = play(heap!, calls).moments[0]!;
    if (before.list.length < 2) return true;
    if (form === "list") return (answer as readonly unknown[]).length < 2;
    if (answer === null) return false;
    // Where all fits would take the same hole, nothing is asked.
    const answers = fitNames().map((fit) => play(withPolicy(heap!, { fit }), calls).moments[0]!.answer);
    return new Set(answers).size === 1;
  },
};
