import { counted, readable } from "../base/readable";
import type { Block } from "../heap/block";
import type { Notation } from "../run/decision/notation";
import { el, setAttribute, setText, svg } from "./dom";
import type { MarkKind } from "./marks";

/** Height of what lies between the strip and a box, and of a box. */
const GAP = 56;
const BOX = 34;
/** Least width of a box, in CSS pixels: a size of five digits fits. */
const NARROW = 52;

/** A part of a list: its records from `first` on, of `length` in all. */
export interface Listed {
  readonly first: number;
  readonly records: readonly Block[];
  readonly length: number;
}

/** The nodes of a record, which stay from frame to frame. */
interface Box {
  readonly arrow: SVGPathElement;
  readonly tip: SVGPathElement;
  readonly next: SVGPathElement;
  readonly rect: SVGRectElement;
  readonly size: SVGTextElement;
  readonly place: SVGTextElement;
  readonly number: SVGTextElement;
}

/** A free list in list order, a box a record, with an arrow from each to its place in the strip above. */
export class ListFigure {
  readonly node: HTMLElement;
  #drawing = svg("svg", { role: "img" });
  #rest = el("p", { class: "fl-note" });
  #boxes: Box[] = [];

  constructor() {
    const height = GAP + BOX + 16;
    this.#drawing.style.height = `${height}px`;
    this.#drawing.append(text("fl-label fl-soft", "start", "list"));
    place(this.#drawing.firstElementChild!, { x: 0, y: GAP + BOX / 2 + 4 });
    this.node = el("div", {}, this.#drawing, this.#rest);
  }

  /** How many records there is room for. */
  static room(width: number): number {
    return Math.max(2, Math.floor((width - 60) / (NARROW + 12)));
  }

  /**
   * @param pixelOf where an address lies, from the left
   * @param markOf how a record is marked; null when it is not
   */
  draw(
    { first, records, length }: Listed,
    width: number,
    n: Notation,
    pixelOf: (address: number) => number,
    markOf: (place: number, record: Block) => MarkKind | null,
  ): void {
    setAttribute(this.#drawing, "viewBox", `0 0 ${width} ${GAP + BOX + 16}`);
    this.#have(records.length);
    const pitch = Math.min(110, (width - 44) / Math.max(1, records.length));
    const wide = pitch - 12;
    for (const [i, record] of records.entries()) {
      const { arrow, tip, next, rect, size, place: at, number } = this.#boxes[i]!;
      const left = 38 + i * pitch;
      const start = left + wide / 2;
      const middle = pixelOf(record.address + record.size / 2);
      const kind = markOf(first + i, record);
      const marked = kind ? ` fl-mark-${kind}` : "";
      const bend = GAP / 2;
      place(arrow, {
        class: `fl-arrow${marked}`,
        d: `M${start} ${GAP}C${start} ${bend} ${middle} ${bend} ${middle} 6`,
      });
      place(tip, { class: `fl-arrow${marked}`, d: `M${middle - 3.5} 8L${middle} 1L${middle + 3.5} 8` });
      place(next, { d: nextArrow(i === 0 ? 26 : left - 12, left) });
      place(rect, {
        class: `fl-hole${record.free ? "" : " fl-used"}${marked}`,
        "data-record": first + i,
        "data-mark": kind ?? "",
        x: left,
        width: wide,
      });
      for (const [node, y] of [
        [size, 14],
        [at, 28],
        [number, BOX + 12],
      ] as const)
        place(node, { x: start, y: GAP + y });
      setText(size, n.number(record.size));
      setText(at, `at ${n.number(record.address)}`);
      setText(number, readable(first + i + 1));
    }
    this.#tell({ first, records, length }, n);
  }

  #have(count: number): void {
    while (this.#boxes.length > count) for (const node of Object.values(this.#boxes.pop()!)) node.remove();
    while (this.#boxes.length < count) {
      const box: Box = {
        arrow: svg("path"),
        tip: svg("path"),
        next: svg("path", { class: "fl-next" }),
        rect: svg("rect", { y: GAP, height: BOX, rx: 3 }),
        size: text("fl-label"),
        place: text("fl-label fl-soft"),
        number: text("fl-number"),
      };
      this.#drawing.append(...Object.values(box));
      this.#boxes.push(box);
    }
  }

  #tell({ first, records, length }: Listed, n: Notation): void {
    const listed = records.map(({ address, size }) => `${n.number(size)} at ${n.number(address)}`).join(", ");
    const last = first + records.length;
    const part = first === 0 ? `The first ${last}` : `${readable(first + 1)} to ${readable(last)}`;
    const all = counted(length, records.some(({ free }) => !free) ? "record" : "hole");
    setAttribute(
      this.#drawing,
      "aria-label",
      length === 0 ? "The free list is empty" : `The free list: ${listed}`,
    );
    setText(
      this.#rest,
      length === 0
        ? "The free list is empty: all memory is allocated."
        : `${records.length < length ? `${part} of ` : ""}${all}, in the order in which they are searched.`,
    );
  }
}

function place(node: Element, attributes: Readonly<Record<string, string | number>>): void {
  for (const [name, value] of Object.entries(attributes)) setAttribute(node, name, value);
}

function nextArrow(from: number, to: number): string {
  const y = GAP + BOX / 2;
  return `M${from} ${y}H${to - 1}M${to - 5} ${y - 3.5}L${to - 1} ${y}L${to - 5} ${y + 3.5}`;
}

function text(kind: string, anchor = "middle", words = ""): SVGTextElement {
  return svg("text", { "text-anchor": anchor, class: kind }, words);
}
