import { callText } from "../../exercise/call";
import type { Question } from "../../exercise/question";
import type { Situation } from "../../exercise/situation";
import { parseHeapText } from "../../heap/heap-text";
import { HeapFigure, HeapStrip } from "./heap-figure";

/** A question with all that it gives: the rules, the heap, the calls, what came of them. */
export function QuestionView(props: {
  readonly question: Question;
  readonly situation: Situation | null;
  /** The id of the sentence that asks. */
  readonly id: string;
}) {
  const { question, situation, id } = props;
  const { calls, given, prompt } = question;
  const unnamed = (text: string) =>
    parseHeapText(text, situation!.base).map((block) => ({ ...block, name: "" }));
  return (
    <>
      {situation && (
        <>
          <p class="fl-rules">{situation.rules.join(" ")}</p>
          <HeapFigure
            label="The heap"
            blocks={situation.blocks}
            top={situation.top}
            lists={situation.lists}
            rover={situation.rover}
          />
        </>
      )}
      {calls.length > 1 && (
        <ol class="fl-calls" aria-label="Calls">
          {calls.map((call, i) => (
            <li key={i}>
              <code>{callText(call)}</code>
            </li>
          ))}
        </ol>
      )}
      {typeof given.after === "string" && (
        <>
          <p class="fl-rules">Afterwards:</p>
          <HeapStrip label="The heap afterwards" blocks={unnamed(given.after)} top={situation!.top} />
        </>
      )}
      {typeof given.list === "string" && (
        <p class="fl-rules">
          Afterwards the list is <code>{given.list}</code>
        </p>
      )}
      <p class="fl-prompt" id={id}>
        {prompt}
      </p>
    </>
  );
}
