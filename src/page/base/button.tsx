import type { ComponentChildren } from "preact";

/** A button. One that is disabled keeps the focus: a keyboard's user who has undone everything stays where they were. */
export function Button(props: {
  /** What it does, where its text does not say it: read to screen readers, and shown when it is pointed at. */
  readonly label?: string;
  readonly onClick: () => void;
  readonly disabled?: boolean;
  /** The one thing to do next. */
  readonly main?: boolean;
  /** Of a button that is on or off. */
  readonly pressed?: boolean;
  readonly children: ComponentChildren;
}) {
  const { label, onClick, disabled = false, main = false, pressed, children } = props;
  return (
    <button
      type="button"
      class={main ? "fl-button fl-main" : "fl-button"}
      aria-label={label}
      title={label}
      aria-disabled={disabled || undefined}
      aria-pressed={pressed}
      onClick={() => disabled || onClick()}
    >
      {children}
    </button>
  );
}
