import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { readable } from "../../base/readable";
import { cutOff } from "../../playground/state";
import { Button } from "../base/button";
import { ErrorLine } from "../base/error-line";
import { TextField } from "../base/fields";
import type { PlaygroundModel } from "./use-playground";

/** Asks for a block, goes back and forth, and undoes. */
export function RequestBar(props: {
  readonly model: PlaygroundModel;
  readonly coalesces: boolean;
  /** Stands at the line's end. */
  readonly children: ComponentChildren;
}) {
  const { model, coalesces, children } = props;
  const { state, call, change, goTo } = model;
  const [typed, setTyped] = useState("100");
  const right = Number.isSafeInteger(requestIn(typed));
  const allocate = (text: string) => {
    const request = requestIn(text);
    if (Number.isSafeInteger(request)) model.allocate(request);
  };
  const behind = state.calls.length - state.step;
  return (
    <div>
      <div class="fl-line">
        <TextField
          label="Request"
          title="Bytes to ask for"
          value={typed}
          size={6}
          numeric
          invalid={!right}
          onInput={setTyped}
          onEnter={allocate}
        />
        <Button main disabled={!right} onClick={() => allocate(typed)}>
          Allocate
        </Button>
        {coalesces && (
          <Button title="Merge all holes that touch" onClick={() => call({ op: "coalesce" })}>
            Coalesce
          </Button>
        )}
        <span class="fl-pair">
          <Button disabled={!model.canUndo} onClick={model.undo}>
            Undo
          </Button>
          <Button disabled={!model.canRedo} onClick={model.redo}>
            Redo
          </Button>
        </span>
        <span class="fl-pair">
          <Button
            label="A step back"
            disabled={state.step === 0}
            onClick={() => goTo(state.step - 1, state.calls)}
          >
            ◀
          </Button>
          <span class="fl-steps">
            Step {readable(state.step)} of {readable(state.calls.length)}
          </span>
          <Button label="A step on" disabled={behind === 0} onClick={() => goTo(state.step + 1, state.calls)}>
            ▶
          </Button>
        </span>
        {behind > 0 && (
          <Button title="Take the operations behind this step out of the list" onClick={() => change(cutOff)}>
            Cut off the {readable(behind)} behind
          </Button>
        )}
        {children}
      </div>
      <ErrorLine text={right ? null : `A request is a whole number of bytes, not "${typed.trim()}".`} />
    </div>
  );
}

/** The bytes that a text asks for, decimal or as 0x; NaN for another text. */
function requestIn(text: string): number {
  return /^\s*(\d+|0x[\da-f]+)\s*$/i.test(text) ? Number(text) : Number.NaN;
}
