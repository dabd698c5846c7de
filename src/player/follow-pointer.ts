/**
 * Calls `act` with the place along the node's width, 0 to 1, where the pointer is pressed and while it is dragged.
 */
export function followPointer(node: HTMLElement, act: (part: number) => void): void {
  const at = (event: PointerEvent) => {
    const box = node.getBoundingClientRect();
    act(Math.min(1, Math.max(0, (event.clientX - box.left) / Math.max(1, box.width))));
  };
  node.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    node.setPointerCapture(event.pointerId);
    at(event);
  });
  node.addEventListener("pointermove", (event) => {
    if (node.hasPointerCapture(event.pointerId)) at(event);
  });
}
