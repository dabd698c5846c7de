import { counted, readable } from "../base/readable";
import type { Notation } from "../run/decision/notation";
import { cellBytes, type Grid } from "../run/grid";
import type { Occupancy } from "../run/occupancy";
import { el, setText } from "./dom";
import type { Film } from "./film";

/** What is said of the cell under the pointer, or of the one that the arrow keys with shift have reached. */
export class Tip {
  readonly node = el("div", { class: "fl-tip fl-hidden", role: "status" });
  #pointed: { cell: number; x: number; y: number } | null = null;

  /**
   * @param width of the picture in CSS pixels
   * @param about what there is to say of a cell
   */
  constructor(
    private readonly width: () => number,
    private readonly about: (cell: number) => string,
  ) {}

  /** The cell that it points to; null for none. */
  get cell(): number | null {
    return this.#pointed?.cell ?? null;
  }

  /** Points to a cell, at this place of the picture in pixels; null to none. */
  point(cell: number | null, x: number, y: number): void {
    this.#pointed = cell === null ? null : { cell, x, y };
    this.node.classList.toggle("fl-hidden", cell === null);
    if (cell === null) return;
    setText(this.node, this.about(cell));
    const wide = this.width();
    this.node.style.left = x < wide / 2 ? `${x + 14}px` : "";
    this.node.style.right = x < wide / 2 ? "" : `${wide - x + 14}px`;
    this.node.style.top = `${y + 12}px`;
  }

  /** Says it anew, after the heap has changed. */
  update(): void {
    if (this.#pointed) this.point(this.#pointed.cell, this.#pointed.x, this.#pointed.y);
  }

  /** What hovering does with the mouse: with shift, the arrows go from cell to cell. */
  key(event: KeyboardEvent, { side, cells }: Grid): void {
    const moves: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -side, ArrowDown: side };
    const move = moves[event.key];
    if (event.key === "Escape") this.point(null, 0, 0);
    if (!event.shiftKey || move === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const cell = this.#pointed ? this.#pointed.cell + move : 0;
    if (cell < 0 || cell >= cells) return;
    const each = this.width() / side;
    this.point(cell, ((cell % side) + 0.5) * each, (Math.floor(cell / side) + 0.5) * each);
  }
}

/** What is to be said of a cell: its addresses, what lies there, and who allocated it at which step. */
export function aboutCell(cell: number, step: number, film: Film, occupancy: Occupancy, n: Notation): string {
  const { grid, blocks, used } = occupancy;
  const each = cellBytes(grid);
  const from = grid.from + cell * each;
  if (cell >= grid.cells || from >= film.topShown(step)) return "No memory";
  const lines = [`Address ${n.number(from)} to ${n.number(from + each - 1)}`];
  if (blocks[cell]! > 1) {
    const part = `${readable(used[cell]!)} of ${counted(each, "byte")}`;
    lines.push(`${counted(blocks[cell]!, "block")} reach into it, ${part} allocated`);
    return lines.join("\n");
  }
  const only = occupancy.lifeIn(cell);
  const lives = film.livesAt(step);
  const place = only < 0 ? from : Math.max(from, lives.address[only]!);
  const block = film.blockAt(place, step);
  const extent = `at ${n.number(block.address)}, ${n.bytes(block.size)}`;
  if (block.life === null) return [...lines, `Free: hole ${extent}`].join("\n");
  const request = lives.request(block.life);
  const { header } = film;
  lines.push(`Block ${extent}${request === block.size ? "" : `, asked for ${n.number(request)}`}`);
  if (header > 0) lines.push(`Its payload at ${n.number(block.address + header)}`);
  const made = lives.made(block.life);
  const who = film.history.labelAt(made);
  lines.push(
    made === 0 ? "There before the first step" : `Allocated at step ${readable(made)}${who && ` by ${who}`}`,
  );
  return lines.join("\n");
}
