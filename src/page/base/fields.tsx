import { useEffect, useRef } from "preact/hooks";

/** What all fields have. */
interface FieldProps<Value> {
  /** Stands before it, and is its name. */
  readonly label: string;
  readonly value: Value;
  /** What it is for, in a sentence, shown when it is pointed at. */
  readonly title?: string;
}

/** A choice of one of several values. */
export function SelectField<Value extends string>(
  props: FieldProps<Value> & {
    /** The values, each with its text. */
    readonly choices: Readonly<Record<Value, string>>;
    readonly onChange: (value: Value) => void;
  },
) {
  const { label, value, title, choices, onChange } = props;
  return (
    <label class="fl-field" title={title}>
      {label}
      <select
        class="fl-input"
        value={value}
        onChange={(event) => onChange(event.currentTarget.value as Value)}
      >
        {Object.entries<string>(choices).map(([each, text]) => (
          <option key={each} value={each}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}

/** A choice of yes or no. */
export function CheckField(props: FieldProps<boolean> & { readonly onChange: (value: boolean) => void }) {
  const { label, value, title, onChange } = props;
  return (
    <label class="fl-field" title={title}>
      <input
        class="fl-input"
        type="checkbox"
        checked={value}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      {label}
    </label>
  );
}

/**
 * A text. `onInput` is told every edit, `onEnter` the key.
 * @param invalid whether what stands there is wrong; an `ErrorLine` says why
 */
export function TextField(
  props: FieldProps<string> & {
    readonly onInput: (value: string) => void;
    readonly onEnter?: (value: string) => void;
    readonly invalid?: boolean;
    /** Letters that it is wide. Default 12. */
    readonly size?: number;
    readonly placeholder?: string;
    readonly numeric?: boolean;
  },
) {
  const { label, value, title, onInput, onEnter, invalid, size = 12, placeholder, numeric } = props;
  return (
    <label class="fl-field" title={title}>
      {label}
      <input
        class="fl-input"
        type="text"
        value={value}
        size={size}
        placeholder={placeholder}
        inputMode={numeric ? "numeric" : undefined}
        autocomplete="off"
        spellcheck={false}
        aria-invalid={invalid || undefined}
        onInput={(event) => onInput(event.currentTarget.value)}
        onKeyDown={(event) => event.key === "Enter" && onEnter?.(event.currentTarget.value)}
      />
    </label>
  );
}

/**
 * A whole number, that is taken when it is complete: at Enter, and when the field is left. While it is typed the field is the
 * reader's.
 */
export function NumberField(
  props: FieldProps<number> & {
    readonly least?: number;
    readonly onChange: (value: number) => void;
  },
) {
  const { label, value, title, least, onChange } = props;
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (field.current && Number(field.current.value) !== value) field.current.value = String(value);
  }, [value]);
  return (
    <label class="fl-field" title={title}>
      {label}
      <input
        ref={field}
        class="fl-input"
        type="number"
        style={{ width: "86px" }}
        defaultValue={String(value)}
        min={least}
        onChange={(event) => {
          const typed = event.currentTarget.valueAsNumber;
          if (Number.isFinite(typed)) onChange(typed);
          else event.currentTarget.value = String(value);
        }}
      />
    </label>
  );
}

/** A number on a slider, told at every move. */
export function SliderField(
  props: FieldProps<number> & {
    readonly least: number;
    readonly most: number;
    readonly step?: number;
    /** The value in words. Default: the number. */
    readonly text?: string;
    readonly onInput: (value: number) => void;
  },
) {
  const { label, value, title, least, most, step = 1, text = String(value), onInput } = props;
  return (
    <label class="fl-field fl-slider" title={title}>
      <span>{label}</span>
      <input
        class="fl-input"
        type="range"
        min={least}
        max={most}
        step={step}
        value={value}
        aria-valuetext={text}
        onInput={(event) => onInput(event.currentTarget.valueAsNumber)}
      />
      <span class="fl-slider-value" aria-hidden="true">
        {text}
      </span>
    </label>
  );
}

/** A text of several lines. */
export function TextArea(
  props: FieldProps<string> & {
    readonly rows: number;
    readonly invalid?: boolean;
    readonly placeholder?: string;
    /** The id of what says why it is wrong. */
    readonly describedBy?: string;
    readonly onInput: (value: string) => void;
  },
) {
  const { label, value, rows, invalid, placeholder, describedBy, onInput } = props;
  return (
    <textarea
      class="fl-input"
      aria-label={label}
      rows={rows}
      value={value}
      placeholder={placeholder}
      spellcheck={false}
      aria-invalid={invalid || undefined}
      aria-describedby={describedBy}
      onInput={(event) => onInput(event.currentTarget.value)}
    />
  );
}
