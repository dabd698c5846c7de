import { useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { type Exercise, type ExerciseOptions, type Grade, makeExercise } from "../../exercise/exercise";
import { Button } from "../base/button";
import { ErrorLine } from "../base/error-line";
import { usePageId } from "../base/use-page-id";
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

/** What its reader has come to with an exercise. */
function useAttempts(exercise: Exercise) {
  const form = exercise.question.answer;
  const [draft, setDraft] = useState<AnswerDraft>(() => emptyDraft(form));
  const [grades, setGrades] = useState<readonly Grade[]>([]);
  const [fault, setFault] = useState<string | null>(null);
  const [told, setTold] = useState(false);
  const last = grades.at(-1);
  const done = told || last?.right === true;
  const check = () => {
    if (done) return;
    const answer = draftAnswer(form, draft);
    const grade = exercise.grade(answer);
    setFault(grade.right === null ? (answer === "" ? "Give an answer first." : grade.message) : null);
    if (grade.right !== null) setGrades([...grades, grade]);
  };
  return { draft, setDraft, grades, last, fault, told, done, check, tell: () => setTold(true) };
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
  const situation = useMemo(() => exercise.situation, [exercise]);
  const { draft, setDraft, grades, last, fault, told, done, check, tell } = useAttempts(exercise);
  const place = useRef<HTMLFormElement>(null);
  const id = usePageId();
  useLayoutEffect(() => {
    if (focus) place.current!.querySelector<HTMLElement>(".fl-answer")?.focus({ preventScroll: true });
  }, [focus]);
  return (
    <section class="fl-exercise" aria-labelledby={`${id}-title`}>
      <h2 class="fl-heading" id={`${id}-title`}>
        {question.title} <small>level {question.level}</small>
      </h2>
      <QuestionView question={question} situation={situation} id={id} />
      <form
        ref={place}
        class="fl-answers"
        onSubmit={(event) => {
          event.preventDefault();
          check();
        }}
      >
        <div class="fl-line">
          <AnswerField
            form={question.answer}
            draft={draft}
            onDraft={setDraft}
            list={situation?.lists[0]?.holes.map(typed) ?? null}
            describedBy={id}
          />
        </div>
        <div class="fl-line">
          <button class="fl-button fl-main" type="submit" aria-disabled={done || undefined}>
            Check
          </button>
          {last && !done && <Button onClick={tell}>Show the answer</Button>}
          <Button onClick={onNext}>Another like this</Button>
        </div>
      </form>
      <ErrorLine text={fault} />
      <Verdict grades={grades} told={told} />
      {last && done && <SolutionView grade={last} page={page} />}
    </section>
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
