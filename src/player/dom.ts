import { HATCH } from "./colourings";

/** The values that `el` sets as attributes; `false` leaves an attribute out, `true` sets it empty. */
export type Attributes = Readonly<Record<string, string | number | boolean>>;

/**
 * Makes an HTML element. Strings among the children become text nodes, so that no text is ever read as markup.
 */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  setAttributes(made, attributes);
  made.append(...children);
  return made;
}

/** Makes an SVG element; its text goes through `textContent` as well. */
export function svg<K extends keyof SVGElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  text?: string,
): SVGElementTagNameMap[K] {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  setAttributes(made, attributes);
  if (text !== undefined) made.textContent = text;
  return made;
}

function setAttributes(node: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== false) node.setAttribute(name, value === true ? "" : String(value));
  }
}

/** Sets a text only where it changes: an unchanged live region is not announced again, and nothing is laid out anew. */
export function setText(node: Element, text: string): void {
  if (node.textContent !== text) node.textContent = text;
}

/** Sets an attribute only where it changes; `false` takes it away. */
export function setAttribute(node: Element, name: string, value: string | number | false): void {
  const text = value === false ? null : String(value);
  if (node.getAttribute(name) === text) return;
  if (text === null) node.removeAttribute(name);
  else node.setAttribute(name, text);
}

/** A canvas's context, with the canvas made as large as its box on this screen and cleared. */
export function freshContext(
  canvas: HTMLCanvasElement,
  width: number,
  height: number,
): CanvasRenderingContext2D {
  const ratio = globalThis.devicePixelRatio || 1;
  canvas.width = Math.max(1, Math.round(width * ratio));
  canvas.height = Math.max(1, Math.round(height * ratio));
  canvas.style.height = `${height}px`;
  const context = canvas.getContext("2d")!;
  context.scale(ratio, ratio);
  return context;
}

/** The hatching of addresses that are no memory, as a CSS background: the same pixels as in pictures that are saved. */
export function hatching(line: string, ground: string): string {
  const stops = `${line} 0 12.5%,${ground} 12.5% 50%,${line} 50% 62.5%,${ground} 62.5%`;
  return `linear-gradient(135deg,${stops}) 0 0/${HATCH}px ${HATCH}px`;
}

/** The same as a canvas fills with it. */
export function hatchPattern(context: CanvasRenderingContext2D, line: string, ground: string): CanvasPattern {
  const tile = new OffscreenCanvas(HATCH, HATCH);
  const drawing = tile.getContext("2d")!;
  drawing.fillStyle = ground;
  drawing.fillRect(0, 0, HATCH, HATCH);
  drawing.fillStyle = line;
  for (let i = 0; i < HATCH; i++) drawing.fillRect(i, HATCH - 1 - i, 1, 1);
  return context.createPattern(tile, "repeat")!;
}

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
