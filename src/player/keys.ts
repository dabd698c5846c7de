/** Types of input that use the arrows themselves, as this player's slider does: for a step each. */
const TYPING = new Set(["number", "text"]);

/**
 * What a key asks of the player: a step, or to play or pause; null when it is left to the element that has the focus.
 */
export function keyStep(event: KeyboardEvent, step: number, steps: number): number | "toggle" | null {
  if (event.ctrlKey || event.metaKey || event.altKey) return null;
  const target = event.target as HTMLElement;
  const type = target instanceof HTMLInputElement ? target.type : "";
  if (target instanceof HTMLSelectElement || TYPING.has(type)) return null;
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
