import { listText } from "../answer";
import { type Exercise, exerciseOf } from "../exercise";
import { EXERCISES } from "../exercises";
import { askAlone, askOperation } from "../kinds/ostep";
import type { Asked, Solution } from "../question";
import { ostepFlags } from "./flags";
import { type OstepOperation, operations } from "./operations";
import type { HELP } from "./optparse";
import { type OstepCalls, ostepCalls } from "./ostep-calls";
import { OstepHeap, type OstepHole } from "./ostep-heap";
import { type OstepRun, ostepRun } from "./ostep-run";
import { PythonError } from "./python";
import { OSTEP_QUIRKS, type OstepQuirkName } from "./quirks";

/**
 * What OSTEP's homework on free-space management (chapter 17) asks of a call of malloc.py: of every allocation the address that it
 * returns, and after every operation the free list. Graded as `malloc.py -c` would answer, its quirks included; a denied request is null,
 * where it prints −1.
 * @throws as `ostepRun`
 * @example
 * const [address, list] = ostepExercises("-n 10 -H 0 -p BEST -s 0");
 * address.grade(1000)
 * list.grade("[1003: 97]")
 */
export function ostepExercises(flags: string | readonly string[]): readonly Exercise[] {
  const run = ostepRun(flags);
  const given = ostepFlags(flags) as Exclude<ReturnType<typeof ostepFlags>, typeof HELP>;
  const words = typeof flags === "string" ? flags.split(/\s+/).filter((word) => word !== "") : flags;
  const calls = ostepCalls(run);
  const heap = new OstepHeap(given);
  const made: Exercise[] = [];
  const add = ({ asked, solution }: AskedAndSolved) =>
    made.push(exerciseOf({ kind: "ostep", level: 1, seed: words.join(" ") }, asked, solution));
  let before: readonly OstepHole[] = [...heap.list];
  let step = 0;
  try {
    for (const operation of operations(given, heap)) {
      if (operation.kind !== "alloc" && operation.kind !== "free") continue;
      step++;
      const state = { words, run, calls, step, operation, before, after: [...heap.list] };
      // Of listed operations malloc.py prints the address of the block, of drawn ones that of the payload.
      const header = given.allocList === "" ? given.header : 0n;
      if (operation.kind === "alloc") add(addressOf(state, header, given.header));
      add(listOf(state));
      before = state.after;
    }
  } catch (error) {
    // The program ends with a traceback.
    if (!(error instanceof PythonError)) throw error;
  }
  return made;
}

interface Operated {
  readonly words: readonly string[];
  readonly run: OstepRun;
  readonly calls: OstepCalls;
  readonly step: number;
  readonly operation: Extract<OstepOperation, { kind: "alloc" | "free" }>;
  readonly before: readonly OstepHole[];
  readonly after: readonly OstepHole[];
}

interface AskedAndSolved {
  readonly asked: Asked;
  readonly solution: Solution;
}

function addressOf(state: Operated, printed: bigint, header: bigint): AskedAndSolved {
  const { address } = state.operation as Extract<OstepOperation, { kind: "alloc" }>;
  const answer = address === -1n ? null : Number(address + printed);
  return ofMallocPy(state, "address", answer, header === printed ? null : "address-of-block");
}

function listOf(state: Operated): AskedAndSolved {
  return ofMallocPy(state, "list", state.after.map(extentOf), null);
}

/** The question on a heap that is drawn, as long as malloc.py's is alike; behind a quirk, on its list. */
function ofMallocPy(
  { words, run, calls, step, operation, before }: Operated,
  about: "address" | "list",
  answer: Solution["answer"],
  odd: OstepQuirkName | null,
): AskedAndSolved {
  const quirk = run.difference && step >= run.difference.step ? run.difference.quirk : odd;
  if (quirk === null || quirk === "address-of-block") {
    const asked = askOperation(words, calls, step, about);
    if (quirk === null) return { asked, solution: EXERCISES.ostep.solve(asked, 1) };
    return { asked, solution: { answer, explain: () => [OSTEP_QUIRKS[quirk].does] } };
  }
  const name = `ptr[${operation.pointer}]`;
  const text = operation.kind === "alloc" ? `${name} = Alloc(${operation.request})` : `Free(${name})`;
  const known = `the free list is ${listText(before.map(extentOf))}; `;
  const asked = askAlone(words, text, step, about, known);
  return { asked, solution: { answer, explain: () => [OSTEP_QUIRKS[quirk].does] } };
}

const extentOf = ({ address, size }: OstepHole) => ({ address: Number(address), size: Number(size) });
