import { useLayoutEffect, useRef } from "preact/hooks";
import type { AnswerForm } from "../../exercise/answer";
import { Button } from "../base/button";
import {
  type AnswerDraft,
  addRecord,
  raiseRecord,
  removeRecord,
  type TypedRecord,
  typeRecord,
} from "./answer-draft";

interface AnswerFieldProps {
  readonly form: AnswerForm;
  readonly draft: AnswerDraft;
  readonly onDraft: (draft: AnswerDraft) => void;
  /** The free list as it is before, to start a list from; null where there is none. */
  readonly list: readonly TypedRecord[] | null;
  /** Names what is asked, for screen readers: the id of the question. */
  readonly describedBy: string;
}

/** Takes an answer of any form: a number, an address, one of several choices, a record, a list of records. */
export function AnswerField(props: AnswerFieldProps) {
  const { form } = props.form;
  if (form === "choice") return <Choices {...props} />;
  if (form === "number" || form === "address") return <NumberAnswer {...props} />;
  return <Records {...props} />;
}

function NumberAnswer({ form, draft, onDraft, describedBy }: AnswerFieldProps) {
  const { text } = draft;
  const address = form.form === "address";
  const denied = text === "denied";
  const type = (typed: string) => onDraft({ ...draft, text: typed });
  return (
    <>
      <label class="fl-field">
        {address ? "Address" : "Number"}
        <input
          class="fl-input fl-answer"
          type="text"
          inputMode={address ? "text" : "numeric"}
          size={9}
          value={denied ? "" : text}
          disabled={denied}
          autocomplete="off"
          spellcheck={false}
          aria-describedby={describedBy}
          onInput={(event) => type(event.currentTarget.value)}
        />
        {form.form === "number" && form.unit}
      </label>
      {form.form === "address" && form.denied && (
        <label class="fl-field">
          <input
            class="fl-input"
            type="checkbox"
            checked={denied}
            onChange={(event) => type(event.currentTarget.checked ? "denied" : "")}
          />
          it is denied
        </label>
      )}
      {address && !denied && <span class="fl-hint">decimal, or hexadecimal as 0x40</span>}
    </>
  );
}

function Choices({ form, draft, onDraft, describedBy }: AnswerFieldProps) {
  const { choices } = form as Extract<AnswerForm, { form: "choice" }>;
  return (
    <fieldset class="fl-choices" aria-labelledby={describedBy}>
      {choices.map((choice) => (
        <label key={choice} class="fl-choice">
          <input
            type="radio"
            name={describedBy}
            class="fl-answer"
            checked={draft.text === choice}
            onChange={() => onDraft({ ...draft, text: choice })}
          />
          {choice}
        </label>
      ))}
    </fieldset>
  );
}

function Records({ form, draft, onDraft, list, describedBy }: AnswerFieldProps) {
  const several = form.form === "list";
  const empty = draft.text === "empty";
  const place = useRef<HTMLFieldSetElement>(null);
  /** The record that gets the keys with the next draft; -1 for none. */
  const next = useRef(-1);
  // Before the next key is pressed: what is typed goes where the keys are.
  useLayoutEffect(() => {
    if (next.current < 0) return;
    place.current!.querySelectorAll<HTMLElement>(".fl-record")[next.current]?.querySelector("input")?.focus();
    next.current = -1;
  }, [draft]);
  const change = (changed: AnswerDraft, focus: number) => {
    next.current = Math.min(focus, changed.records.length - 1);
    onDraft(changed);
  };
  return (
    <fieldset ref={place} class="fl-records" aria-labelledby={describedBy}>
      {!empty &&
        draft.records.map((record, at) => (
          <div class="fl-record" key={at}>
            {several && <span class="fl-record-number">{at + 1}.</span>}
            {(["address", "size"] as const).map((name, field) => (
              <RecordField
                key={name}
                name={several ? `${name} of record ${at + 1}` : name}
                label={name}
                value={record[field]!}
                onType={(typed) => onDraft(typeRecord(draft, at, field as 0 | 1, typed))}
              />
            ))}
            {several && (
              <>
                <Button
                  label={`Move record ${at + 1} up`}
                  disabled={at === 0}
                  onClick={() => change(raiseRecord(draft, at), at - 1)}
                >
                  ↑
                </Button>
                <Button label={`Remove record ${at + 1}`} onClick={() => change(removeRecord(draft, at), at)}>
                  ✕
                </Button>
              </>
            )}
          </div>
        ))}
      {several && (
        <div class="fl-line">
          {!empty && (
            <Button onClick={() => change(addRecord(draft), draft.records.length)}>Add a record</Button>
          )}
          {!empty && list && list.length > 0 && (
            <Button onClick={() => change({ text: "", records: list }, 0)}>Start from the list above</Button>
          )}
          <label class="fl-field">
            <input
              class="fl-input"
              type="checkbox"
              checked={empty}
              onChange={(event) => onDraft({ ...draft, text: event.currentTarget.checked ? "empty" : "" })}
            />
            the list is empty
          </label>
        </div>
      )}
    </fieldset>
  );
}

function RecordField(props: {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly onType: (typed: string) => void;
}) {
  const { name, label, value, onType } = props;
  return (
    <label class="fl-field">
      {label}
      <input
        class="fl-input fl-answer"
        type="text"
        size={6}
        value={value}
        autocomplete="off"
        spellcheck={false}
        aria-label={name}
        onInput={(event) => onType(event.currentTarget.value)}
      />
    </label>
  );
}
