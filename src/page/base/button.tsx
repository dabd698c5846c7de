import type { ComponentChildren } from "preact";

/** A button. One that is disabled keeps the focus: a keyboard's user who has undone everything stays where they were. */
export function Button(props: {
  /** Its name, where it has no text but a sign: read to screen readers, and shown when it is pointed at. */
  readonly label?: string;
  /** What it does, in a sentence, shown when it is pointed at. Default: its label. */
  readonly title?: string;
  readonly onClick: () => void;
  readonly disabled?: boolean;
  /** The one thing to do next. */
  readonly main?: boolean;
  /** Of a button that is on or off. */
  readonly pressed?: boolean;
  readonly children: ComponentChildren;
}) {
  const { label, title = label, onClick, disabled = false, main = false, pressed, children } = props;
  return (
    <button
      type="button"
      class={main ? "fl-button fl-main" : "fl-button"}
      aria-label={label}
      title={title}
      aria-disabled={disabled || undefined}
      aria-pressed={pressed}
      onClick={() => disabled || onClick()}
    >
      {children}
    </button>
  );
}
