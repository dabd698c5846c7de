import { withCalls } from "../../playground/state";
import { Button } from "../base/button";
import { ErrorLine } from "../base/error-line";
import { TextArea } from "../base/fields";
import { usePageId } from "../base/use-page-id";
import type { PlaygroundModel } from "./use-playground";

/** The operations as text, to be typed or pasted: the run follows every letter. */
export function Operations({ model }: { readonly model: PlaygroundModel }) {
  const id = usePageId();
  const { text, textProblem } = model;
  return (
    <div class="fl-operations">
      <TextArea
        label="Operations"
        value={text}
        rows={12}
        invalid={textProblem !== null}
        describedBy={id}
        placeholder={"a = malloc(100)\nb = malloc(24)\nfree(a)\n\nor as in OSTEP: +100, +24, -0"}
        onInput={model.type}
      />
      <ErrorLine id={id} text={textProblem} />
      <div class="fl-line">
        <Button disabled={text === ""} onClick={() => model.change((now) => withCalls(now, []))}>
          Start anew
        </Button>
      </div>
      <p class="fl-soft-text">
        Type or paste calls (<code>a = malloc(100)</code>, <code>free(a)</code>,{" "}
        <code>a = realloc(a, 50)</code>), OSTEP’s <code>+100,-0</code>, a <code>.rep</code> file, or a
        recorded trace.
      </p>
    </div>
  );
}
