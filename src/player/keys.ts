/**
 * Gives a player the keys when any part of it is pressed, also where Plotly keeps the browser from moving the focus. What
 * was clicked hands them on to the player, so that space plays and the arrows step after any click. What a number is typed
 * into keeps them, and so does whatever was reached by the keyboard.
 */
export function takeKeys(player: HTMLElement): void {
  let pressed = false;
  const take = () => {
    if (pressed) player.focus({ preventScroll: true });
  };
  player.addEventListener(
    "pointerdown",
    ({ target }) => {
      pressed = true;
      const control = (target as Element).closest("input,select,button,summary");
      if (!control || !player.contains(document.activeElement)) take();
    },
    true,
  );
  player.addEventListener(
    "keydown",
    () => {
      pressed = false;
    },
    true,
  );
  player.addEventListener("click", ({ target }) => {
    if (!(target as Element).closest(`select,label,${TYPED}`)) take();
  });
  player.addEventListener("change", ({ target }) => {
    if (!(target as Element).closest(TYPED)) take();
  });
}

/** What is typed into. */
const TYPED = "input[type=number],input[type=text],textarea";

/** Types of input that use the arrows themselves, as this player's slider does: for a step each. */
const TYPING = new Set(["number", "text"]);

/** Where in a decision a key asks to go: on, back, or nowhere (0). */
export function walkStep(event: KeyboardEvent): 1 | -1 | 0 {
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || types(event)) return 0;
  return event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
}

/** Whether the element that has the focus uses the arrows itself. */
function types({ target }: KeyboardEvent): boolean {
  return (
    target instanceof HTMLSelectElement ||
    target instanceof HTMLTextAreaElement ||
    (target instanceof HTMLInputElement && TYPING.has(target.type))
  );
}

/**
 * What a key asks of the player: a step, or to play or pause; null when it is left to the element that has the focus.
 */
export function keyStep(event: KeyboardEvent, step: number, steps: number): number | "toggle" | null {
  if (event.ctrlKey || event.metaKey || event.altKey) return null;
  const target = event.target as HTMLElement;
  const type = target instanceof HTMLInputElement ? target.type : "";
  if (types(event)) return null;
  if (event.key === " ") {
    const own = target instanceof HTMLButtonElement || target.tagName === "SUMMARY" || type === "checkbox";
    return own ? null : "toggle";
  }
  switch (event.key) {
    case "ArrowRight":
    case "ArrowUp":
      return step + 1;
    case "ArrowLeft":
    case "ArrowDown":
      return step - 1;
    case "PageUp":
      return step + Math.max(10, Math.round(steps / 20));
    case "PageDown":
      return step - Math.max(10, Math.round(steps / 20));
    case "Home":
      return 0;
    case "End":
      return steps;
    default:
      return null;
  }
}
