import { useEffect, useId, useMemo, useRef, useState } from "preact/hooks";
import { type Exercise, type ExerciseOptions, type Grade, makeExercise } from "../../exercise/exercise";
import { Button } from "../base/button";
import { ErrorLine } from "../base/error-line";
import { type AnswerDraft, draftAnswer, emptyDraft, type TypedRecord } from "./answer-draft";
import { AnswerField } from "./answer-field";
import { nextSeed } from "./next-seed";
import type { PageFacts } from "./page-facts";
import { QuestionView } from "./question-view";
import { SolutionView } from "./solution-view";

/** An exercise, and others like it as often as its reader likes. */
export function ExerciseView(props: {
  readonly options: Required<ExerciseOptions>;
  readonly page: PageFacts;
}) {
  const { page } = props;
  const [options, setOptions] = useState(props.options);
  const exercise = useMemo(() => makeExercise(options), [options]);
  return (
    <Attempts
      key={options.seed}
      exercise={exercise}
      page={page}
      focus={options !== props.options}
      onNext={() => setOptions({ ...options, seed: nextSeed(options.seed) })}
    />
  );
}

/**
 * A question with a place for its answer. It is checked in the page, as often as one likes; what is right and why is shown when it has been
 * found, or when it is asked for after a try.
 */
function Attempts(props: {
  readonly exercise: Exercise;
  readonly page: PageFacts;
  /** Whether its field gets the keys. */
  readonly focus: boolean;
  readonly onNext: () => void;
}) {
  const { exercise, page, focus, onNext } = props;
  const { question } = exercise;
  const form = question.answer;
  const [draft, setDraft] = useState<AnswerDraft>(() => emptyDraft(form));
  const [grades, setGrades] = useState<readonly Grade[]>([]);
  const [fault, setFault] = useState<string | null>(null);
  const [told, setTold] = useState(false);
  const situation = useMemo(() => exercise.situation, [exercise]);
  const place = useRef<HTMLFormElement>(null);
  const id = useId();
  useEffect(() => {
    if (focus) place.current!.querySelector<HTMLElement>(".fl-answer")?.focus({ preventScroll: true });
  }, [focus]);

  const last = grades.at(-1);
  const done = told || last?.right === true;
  const [list] = situation?.lists ?? [];
  const check = () => {
    const answer = draftAnswer(form, draft);
    const grade = exercise.grade(answer);
    setFault(grade.right === null ? (answer === "" ? "Give an answer first." : grade.message) : null);
    if (grade.right !== null) setGrades([...grades, grade]);
  };
  return (
    <form
      ref={place}
      class="fl-exercise"
      aria-labelledby={`${id}-title`}
      onSubmit={(event) => {
        event.preventDefault();
        if (!done) check();
      }}
    >
      <h2 class="fl-heading" id={`${id}-title`}>
        {question.title} <small>level {question.level}</small>
      </h2>
      <QuestionView question={question} situation={situation} id={id} />
      <div class="fl-line fl-answers">
        <AnswerField
          form={form}
          draft={draft}
          onDraft={setDraft}
          list={list ? list.holes.map(typed) : null}
          describedBy={id}
        />
      </div>
      <div class="fl-line">
        <button class="fl-button fl-main" type="submit" aria-disabled={done || undefined}>
          Check
        </button>
        {last && !done && <Button onClick={() => setTold(true)}>Show the answer</Button>}
        <Button onClick={onNext}>Another like this</Button>
      </div>
      <ErrorLine text={fault} />
      <Verdict grades={grades} told={told} />
      {last && done && <SolutionView grade={last} page={page} />}
    </form>
  );
}

/** Whether the last answer is right; of a wrong one, where it may come from, and not what is right. */
function Verdict({ grades, told }: { readonly grades: readonly Grade[]; readonly told: boolean }) {
  const last = grades.at(-1);
  const tries = grades.length;
  return (
    <div role="status" class="fl-verdict" data-right={last ? String(last.right) : undefined}>
      {last?.right && (
        <p class="fl-text">
          <strong>Right: {last.answer}.</strong> {tries === 1 ? "At the first try." : `After ${tries} tries.`}
        </p>
      )}
      {last && !last.right && (
        <p class="fl-text">
          <strong>{last.given} is not right.</strong> {last.hint}
          {told ? ` The answer is ${last.answer}.` : " Try again."}
        </p>
      )}
    </div>
  );
}

function typed({ address, size }: { readonly address: number; readonly size: number }): TypedRecord {
  return [String(address), String(size)];
}
