import { useMemo, useRef, useState } from "preact/hooks";
import { type BugHunt, bugHunt, type HuntStep } from "../../exercise/bugs/bug-hunt";
import { RULES, type RuleName } from "../../exercise/bugs/rules";
import { WRONG_HEAPS, type WrongHeapName } from "../../exercise/bugs/wrong-heaps";
import { ruleSentences } from "../../exercise/situation";
import { Button } from "../base/button";
import { ErrorLine } from "../base/error-line";
import { SelectField, TextField } from "../base/fields";
import { usePageId } from "../base/use-page-id";
import type { BugData } from "./bug-data";
import { BugSolution } from "./bug-solution";
import { CallTable } from "./call-table";
import { HuntPicture } from "./hunt-picture";
import { nextSeed } from "./next-seed";
import type { PageFacts } from "./page-facts";

/** "Catch the bug": an allocator that is wrong in one way, to be tried beside a right one, and its fault to be named. */
export function BugView(props: { readonly data: BugData; readonly page: PageFacts }) {
  const { data, page } = props;
  const [seed, setSeed] = useState<number | string | null>(null);
  const hunt = useMemo(() => {
    const name =
      data.heap === null || seed !== null
        ? undefined
        : (Object.keys(WRONG_HEAPS) as WrongHeapName[])[data.heap];
    const drawn = { level: data.level, seed: seed ?? data.seed };
    return bugHunt(name === undefined ? drawn : { ...drawn, name });
  }, [data, seed]);
  return (
    <Hunt key={String(seed)} hunt={hunt} page={page} onNext={() => setSeed(nextSeed(seed ?? data.seed))} />
  );
}

function Hunt(props: { readonly hunt: BugHunt; readonly page: PageFacts; readonly onNext: () => void }) {
  const { hunt, page, onNext } = props;
  const [, setMoves] = useState(0);
  const [guesses, setGuesses] = useState<readonly RuleName[]>([]);
  const [told, setTold] = useState(false);
  const changed = () => setMoves((moves) => moves + 1);
  const { steps, states, found, wrong } = hunt;
  const named = guesses.some((rule) => hunt.isBroken(rule));
  const last = steps.at(-1);
  return (
    <div class="fl-exercise">
      <h2 class="fl-heading">
        Catch the bug <small>level {hunt.level}</small>
      </h2>
      <p class="fl-rules">
        This allocator is wrong in one way. It is meant to be:{" "}
        {ruleSentences(wrong.options, hunt.heapSize, hunt.pageSize).join(" ")}{" "}
        {hunt.shown > 0 ? `So far it has done well in ${hunt.shown} calls.` : ""} Make calls until it does
        something wrong, and name the rule that it breaks.
      </p>
      <BothHeaps states={states} />
      <Calls hunt={hunt} onCall={changed} />
      <CallTable steps={steps} />
      <p class="fl-verdict" role="status" data-right={found ? "true" : undefined}>
        {found && last?.fault && (
          <>
            <strong>That shows it.</strong> Expected: {last.fault.expected}. Came: {last.fault.got}.
          </>
        )}
      </p>
      <Guess
        hunt={hunt}
        guesses={guesses}
        done={named || told}
        onGuess={(rule) => setGuesses([...guesses, rule])}
      />
      <div class="fl-line">
        {(found || guesses.length > 0) && !told && (
          <Button onClick={() => setTold(true)}>Show the fault by as few calls as possible</Button>
        )}
        <Button onClick={onNext}>Another allocator</Button>
      </div>
      {told && <BugSolution hunt={hunt} page={page} />}
    </div>
  );
}

/** What the allocator has, and what a right one has. */
function BothHeaps({ states }: { readonly states: HuntStep["states"] }) {
  return (
    <>
      <p class="fl-hint">
        above: its blocks, below: its holes; where both rows are hatched, bytes are in neither
      </p>
      <div class="fl-pair">
        <section aria-label="This allocator">
          <h3 class="fl-small-heading">This allocator</h3>
          <HuntPicture label="This allocator" state={states.wrong} />
        </section>
        <section aria-label="A right one">
          <h3 class="fl-small-heading">A right one</h3>
          <HuntPicture label="A right one" state={states.right} />
        </section>
      </div>
    </>
  );
}

/** Makes calls. */
function Calls({ hunt, onCall }: { readonly hunt: BugHunt; readonly onCall: () => void }) {
  const [typed, setTyped] = useState(String(hunt.pageSize));
  const size = /^\s*\d+\s*$/.test(typed) ? Number(typed) : Number.NaN;
  const [chosen, setBlock] = useState<string | null>(null);
  const place = useRef<HTMLFormElement>(null);
  const { found } = hunt;
  const names = [...hunt.blocks, "null"];
  const block = chosen !== null && names.includes(chosen) ? chosen : names[0]!;
  const named = block === "null" ? null : block;
  const wrongSize = !Number.isSafeInteger(size) || size < 1 || size > 2 * hunt.heapSize;
  const make = (call: Parameters<BugHunt["make"]>[0]) => {
    if (call.op !== "free" && wrongSize) return;
    hunt.make(call);
    onCall();
  };
  const malloc = () => make({ op: "malloc", request: size, as: hunt.nextName });
  return (
    <form
      ref={place}
      class="fl-line"
      aria-label="Calls to make"
      onSubmit={(event) => {
        event.preventDefault();
        if (!found) malloc();
      }}
    >
      <TextField label="Size" value={typed} size={5} numeric invalid={wrongSize} onInput={setTyped} />
      <button type="submit" class="fl-button" aria-disabled={found || undefined}>
        malloc
      </button>
      <SelectField
        label="Block"
        value={block}
        choices={Object.fromEntries(names.map((name) => [name, name]))}
        onChange={setBlock}
      />
      <Button disabled={found} onClick={() => make({ op: "free", block: named })}>
        free
      </Button>
      <Button
        disabled={found || named === null || named.includes("+")}
        onClick={() => make({ op: "realloc", block: named, request: size })}
      >
        realloc to the size
      </Button>
      <Button
        disabled={hunt.steps.length <= hunt.shown}
        onClick={() => {
          hunt.undo();
          onCall();
        }}
      >
        Undo
      </Button>
      <ErrorLine text={wrongSize ? `A size is a whole number from 1 to ${2 * hunt.heapSize}.` : null} />
    </form>
  );
}

/** Names the broken rule, out of several. */
function Guess(props: {
  readonly hunt: BugHunt;
  readonly guesses: readonly RuleName[];
  readonly done: boolean;
  readonly onGuess: (rule: RuleName) => void;
}) {
  const { hunt, guesses, done, onGuess } = props;
  const [chosen, setChosen] = useState<RuleName | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const id = usePageId();
  const last = guesses.at(-1);
  const right = last !== undefined && hunt.isBroken(last);
  return (
    <form
      class="fl-guess"
      onSubmit={(event) => {
        event.preventDefault();
        if (done) return;
        setFault(chosen === null ? "Choose a rule first." : null);
        if (chosen !== null) onGuess(chosen);
      }}
    >
      <p class="fl-prompt" id={id}>
        Which rule does it break?
      </p>
      <fieldset class="fl-choices" aria-labelledby={id}>
        {hunt.choices.map((rule) => (
          <label key={rule} class="fl-choice">
            <input type="radio" name={id} checked={chosen === rule} onChange={() => setChosen(rule)} />
            {RULES[rule]}
          </label>
        ))}
      </fieldset>
      <div class="fl-line">
        <button class="fl-button fl-main" type="submit" aria-disabled={done || undefined}>
          Check
        </button>
      </div>
      <ErrorLine text={fault} />
      <p class="fl-verdict" role="status" data-right={last === undefined ? undefined : String(right)}>
        {last !== undefined &&
          (right ? (
            <strong>Right: that is the rule.</strong>
          ) : (
            <>
              <strong>It holds to that rule.</strong> Try again.
            </>
          ))}
      </p>
    </form>
  );
}
