import { useState } from "preact/hooks";
import { HEAP_KINDS } from "../../heap/create-heap";
import { OPTION_FIELDS, type OptionField, withKind, withOption } from "../../playground/heap-choice";
import { POLICY_EXAMPLES } from "../../playground/own-policy/policy-examples";
import { withHeap } from "../../playground/state";
import { CheckField, NumberField, SelectField, TextField } from "../base/fields";
import type { PlaygroundModel } from "./use-playground";

/** Options that stand in the first line; the others are behind "More". */
const FIRST = ["fit", "order", "coalesce"];

/** Chooses the heap: its kind, its sizes, and every option that this kind has. */
export function HeapBar({ model }: { readonly model: PlaygroundModel }) {
  const { state, change } = model;
  const { heap } = state;
  const { options } = HEAP_KINDS[heap.kind]!;
  const kinds = Object.fromEntries(Object.entries(HEAP_KINDS).map(([kind, { title }]) => [kind, title]));
  const more = options.filter((name) => !FIRST.includes(name));
  return (
    <div class="fl-heap-bar">
      <div class="fl-line">
        <SelectField
          label="Heap"
          value={heap.kind}
          choices={kinds}
          onChange={(kind) => change((now) => withHeap(now, withKind(now.heap, kind)))}
        />
        {FIRST.filter((name) => options.includes(name)).map((name) => (
          <OptionInput key={name} name={name} model={model} />
        ))}
        {heap.kind !== "fixed-partitions" && (
          <NumberField
            label="Bytes"
            title="Bytes of the heap: a multiple of the page size"
            value={heap.heapSize}
            least={0}
            onChange={(heapSize) => change((now) => withHeap(now, { ...now.heap, heapSize }))}
          />
        )}
        <NumberField
          label="Page"
          title="Bytes of a page: one cell of the picture, and what sizes are rounded up to"
          value={heap.pageSize}
          least={1}
          onChange={(pageSize) => change((now) => withHeap(now, { ...now.heap, pageSize }))}
        />
      </div>
      {more.length > 0 && (
        <details class="fl-more">
          <summary>More options</summary>
          <div class="fl-line">
            {more.map((name) => (
              <OptionInput key={name} name={name} model={model} />
            ))}
          </div>
        </details>
      )}
    </div>
  );
}

/** The field of one option. */
function OptionInput({ name, model }: { readonly name: string; readonly model: PlaygroundModel }) {
  const { state, change } = model;
  const field: OptionField = OPTION_FIELDS[name]!;
  const value = state.heap.options[name];
  const set = (to: unknown) => change((now) => withHeap(now, withOption(now.heap, name, to)));
  const takeOwnFit = () =>
    change((now) => {
      const code = now.code ?? POLICY_EXAMPLES["first fit"];
      return withHeap({ ...now, code }, withOption(now.heap, "fit", "custom"));
    });
  const { title, hint } = field;
  switch (field.kind) {
    case "choice": {
      const words = Object.fromEntries(field.choices.map((word) => [word, word.replaceAll("-", " ")]));
      if (name === "fit") words.custom = "your own";
      const chosen = String(value ?? field.usual);
      return (
        <SelectField
          label={title}
          title={hint}
          value={chosen}
          choices={words}
          onChange={(word) =>
            word === "custom" ? takeOwnFit() : set(word === field.usual ? undefined : word)
          }
        />
      );
    }
    case "flag":
      return (
        <CheckField
          label={title}
          title={hint}
          value={value === true}
          onChange={(on) => set(on || undefined)}
        />
      );
    case "bytes": {
      const usual = field.usual(state.heap);
      return (
        <NumberField
          label={title}
          title={hint}
          value={typeof value === "number" ? value : usual}
          least={field.least}
          onChange={(bytes) => set(bytes === usual ? undefined : bytes)}
        />
      );
    }
    case "sizes":
      return (
        <SizesField label={title} title={hint} value={Array.isArray(value) ? value : []} onChange={set} />
      );
  }
}

/** Several numbers of bytes, taken at Enter and when the field is left. */
function SizesField(props: {
  readonly label: string;
  readonly title: string;
  readonly value: readonly number[];
  readonly onChange: (sizes: number[] | undefined) => void;
}) {
  const { label, title, value, onChange } = props;
  const [typed, setTyped] = useState<string | null>(null);
  const take = () => {
    if (typed === null) return;
    const sizes = [...typed.matchAll(/\d+/g)].map(([digits]) => Number(digits));
    onChange(sizes.length === 0 ? undefined : sizes);
    setTyped(null);
  };
  return (
    <span onFocusOut={take}>
      <TextField
        label={label}
        title={title}
        value={typed ?? value.join(", ")}
        size={24}
        placeholder="usual"
        onInput={setTyped}
        onEnter={take}
      />
    </span>
  );
}
