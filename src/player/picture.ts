import type { CellBox, Grid } from "../run/grid";
import { el, hatching, svg } from "./dom";
import { setMarkColours } from "./mark-colours";
import type { Mark } from "./marks";
import type { PlotlyLibrary, PlotlyNode } from "./plotly";
import type { Scheme } from "./scheme";

/** Widest and highest a heat map becomes, in CSS pixels. */
const WIDEST = 512;
/** However little room there is, it is not smaller than this. */
const NARROWEST = 120;
/** From so many CSS pixels a cell on, lines tell the pages apart. */
const WIDE_CELL = 16;

/** A run of cells to outline: from cell `first` up to, not including, cell `end`. */
export interface Outline {
  readonly first: number;
  readonly end: number;
  readonly kind: "taken" | "freed";
}

/** A mark, and the cells that it covers: from `first` up to, not including, `end`. */
export interface MarkedCells {
  readonly mark: Mark;
  readonly first: number;
  readonly end: number;
}

/** What a picture tells its owner. */
export interface PictureEvents {
  /** A box was drawn: the reader wants to see it larger. */
  zoom(box: CellBox): void;
  /** The reader wants to see all again. */
  reset(): void;
  /** The pointer is over a cell, at this place of the picture in pixels; null when it left. */
  point(cell: number | null, x: number, y: number): void;
  /** A cell was clicked. */
  pick(cell: number): void;
}

/**
 * The heat map of one run: one Plotly trace that is given full frames, and an outline above it. Square cells, row 0 on top.
 * Cells that are NaN stay open and show the hatching behind, so that no memory does not look like free memory.
 */
export class Picture {
  readonly node: HTMLElement;
  #plot: HTMLElement;
  #overlay: SVGSVGElement;
  /** A light line below a coloured one: seen on every colour of block. */
  #paths = [svg("path", { class: "fl-halo" }), svg("path", { class: "fl-outline" })];
  #pages = svg("path", { class: "fl-pages" });
  #marks = svg("g");
  #grid: Grid | null = null;
  #drawn = false;
  #scheme: Scheme | null = null;
  #pixels = 0;
  #range: CellBox = { left: -0.5, right: 0.5, top: -0.5, bottom: 0.5 };
  #available = WIDEST;

  constructor(
    private readonly plotly: PlotlyLibrary,
    private readonly events: PictureEvents,
  ) {
    this.#plot = el("div", { class: "fl-plot" });
    this.#overlay = svg("svg", { class: "fl-overlay", preserveAspectRatio: "none", "aria-hidden": "true" });
    this.#overlay.append(this.#pages, ...this.#paths, this.#marks);
    this.node = el("div", { class: "fl-square" }, this.#plot, this.#overlay);
    this.node.addEventListener("mousemove", (event) => this.#point(event));
    // Plotly takes the mouse's button: what is no drag is a click.
    this.node.addEventListener("pointerdown", (down) => {
      const up = (event: PointerEvent) => {
        const moved = Math.hypot(event.clientX - down.clientX, event.clientY - down.clientY);
        const cell = moved < 4 && event.button === 0 ? this.#cellAt(event) : null;
        if (cell !== null) this.events.pick(cell);
      };
      addEventListener("pointerup", up, { once: true, capture: true });
    });
    this.node.addEventListener("mouseleave", () => this.events.point(null, 0, 0));
  }

  /** The width and height that the page leaves for the picture. @returns whether its size changes by it. */
  fit(available: number): boolean {
    this.#available = Math.min(WIDEST, Math.max(NARROWEST, available));
    return this.#grid !== null && this.#sizeOf(this.#grid) !== this.#pixels;
  }

  /** Its width and height in CSS pixels, as it is to be drawn. */
  get size(): number {
    return this.#grid ? this.#sizeOf(this.#grid) : this.#available;
  }

  /** Whether it has that grid, those colours, and the size that there is room for. */
  stands(grid: Grid, scheme: Scheme): boolean {
    return grid === this.#grid && scheme === this.#scheme && this.#sizeOf(grid) === this.#pixels;
  }

  /** Draws a full frame. Only what changed of grid, colours and size is laid out anew. */
  async draw(cells: Float32Array, grid: Grid, scheme: Scheme): Promise<void> {
    const size = this.#sizeOf(grid);
    const { side } = grid;
    const rows = Array.from({ length: side }, (_, row) => cells.subarray(row * side, (row + 1) * side));
    if (this.stands(grid, scheme)) {
      await this.plotly.restyle(this.#plot, { z: [rows] }, [0]);
      return;
    }
    const first = !this.#drawn;
    this.#drawn = true;
    if (grid !== this.#grid) {
      this.#range = { left: -0.5, right: grid.side - 0.5, top: -0.5, bottom: grid.side - 0.5 };
    }
    this.#grid = grid;
    this.#scheme = scheme;
    this.#pixels = size;
    this.node.style.width = this.node.style.height = `${size}px`;
    const { outline, halo, hatch, ground } = scheme.lines;
    this.node.style.setProperty("--outline", outline);
    this.node.style.setProperty("--halo", halo);
    setMarkColours(this.node, scheme);
    this.node.style.background = hatching(hatch, ground);
    this.#pages.setAttribute("d", size / grid.side < WIDE_CELL ? "" : linesOf(grid.side));
    const act = first ? this.plotly.newPlot : this.plotly.react;
    await act.call(this.plotly, this.#plot, [this.#trace(rows, scheme)], this.#layout(), CONFIG);
    if (first) this.#listen(this.#plot as PlotlyNode);
    this.#aim();
  }

  /** Outlines a run of cells; null for none. */
  outline(outline: Outline | null): void {
    const path = outline && outline.end > outline.first ? pathOf(outline, this.#grid?.side ?? 1) : "";
    for (const node of this.#paths) {
      node.setAttribute("d", path);
      node.classList.toggle("fl-freed", outline?.kind === "freed");
    }
  }

  /** Marks runs of cells. */
  mark(all: readonly MarkedCells[]): void {
    const side = this.#grid?.side ?? 1;
    const nodes = all.map(({ mark: { kind, address, size }, first, end }) => {
      const d = pathOf({ first, end }, side);
      const line = { class: `fl-mark fl-mark-${kind}`, "data-mark": kind, "data-address": address };
      return [
        svg("path", { class: "fl-halo fl-wide", d }),
        svg("path", { ...line, "data-size": size, "data-first": first, "data-end": end, d }),
      ];
    });
    this.#marks.replaceChildren(...nodes.flat());
  }

  /** Lets go of everything that Plotly holds. */
  purge(): void {
    this.plotly.purge(this.#plot);
  }

  #sizeOf(grid: Grid): number {
    const cell = Math.floor(this.#available / grid.side);
    return cell >= 1 ? cell * grid.side : Math.floor(this.#available);
  }

  #trace(rows: readonly Float32Array[], scheme: Scheme): unknown {
    return {
      type: "heatmap",
      z: rows,
      zauto: false,
      zmin: 0,
      zmax: scheme.css.length - 1,
      colorscale: scheme.css.map((css, i) => [i / (scheme.css.length - 1), css]),
      showscale: false,
      hoverinfo: "skip",
    };
  }

  #layout(): unknown {
    const { left, right, top, bottom } = this.#range;
    const clear = "rgba(0,0,0,0)";
    return {
      width: this.#pixels,
      height: this.#pixels,
      autosize: false,
      margin: { l: 0, r: 0, t: 0, b: 0, pad: 0 },
      xaxis: { visible: false, range: [left, right] },
      yaxis: { visible: false, range: [bottom, top], scaleanchor: "x" },
      paper_bgcolor: clear,
      plot_bgcolor: clear,
      dragmode: "zoom",
    };
  }

  #listen(plot: PlotlyNode): void {
    plot.on("plotly_relayout", (change: Record<string, unknown>) => {
      const number = (name: string) => Number(change[name]);
      const x = [number("xaxis.range[0]"), number("xaxis.range[1]")];
      const y = [number("yaxis.range[0]"), number("yaxis.range[1]")];
      if (![...x, ...y].every(Number.isFinite)) return;
      this.#range = { left: x[0]!, right: x[1]!, bottom: y[0]!, top: y[1]! };
      this.#aim();
      this.events.zoom({
        left: Math.round(x[0]! + 0.5),
        right: Math.round(x[1]! - 0.5),
        top: Math.round(y[1]! + 0.5),
        bottom: Math.round(y[0]! - 0.5),
      });
    });
    plot.on("plotly_doubleclick", () => this.reset());
  }

  /** Shows the whole grid again. */
  reset(): void {
    this.#grid = null;
    this.events.reset();
  }

  #aim(): void {
    const { left, right, top, bottom } = this.#range;
    const box = `${left + 0.5} ${top + 0.5} ${right - left} ${bottom - top}`;
    this.#overlay.setAttribute("viewBox", box);
  }

  #point(event: MouseEvent): void {
    const box = this.node.getBoundingClientRect();
    this.events.point(this.#cellAt(event), event.clientX - box.left, event.clientY - box.top);
  }

  /** The cell at the pointer; null when there is none. */
  #cellAt(event: MouseEvent): number | null {
    const grid = this.#grid;
    if (!grid) return null;
    const box = this.node.getBoundingClientRect();
    const { left, right, top, bottom } = this.#range;
    const x = event.clientX - box.left;
    const y = event.clientY - box.top;
    const column = Math.floor(left + 0.5 + (x / box.width) * (right - left));
    const row = Math.floor(top + 0.5 + (y / box.height) * (bottom - top));
    const inside = column >= 0 && row >= 0 && column < grid.side && row < grid.side;
    return inside ? row * grid.side + column : null;
  }
}

const CONFIG = { displayModeBar: false, responsive: false, doubleClick: false, showTips: false };

/** The outline of a run of cells in a square of that side, in cells. */
export function pathOf({ first, end }: Pick<Outline, "first" | "end">, side: number): string {
  const row = Math.floor(first / side);
  const column = first % side;
  const last = Math.floor((end - 1) / side);
  const stop = ((end - 1) % side) + 1;
  if (row === last) return `M${column} ${row}H${stop}V${row + 1}H${column}Z`;
  // What wraps from one row's end to the next one's start, and does not touch itself, is two boxes.
  if (last === row + 1 && stop <= column) {
    return `M${column} ${row}H${side}V${last}H${column}ZM0 ${last}H${stop}V${last + 1}H0Z`;
  }
  return `M${column} ${row}H${side}V${last}H${stop}V${last + 1}H0V${row + 1}H${column}Z`;
}

/** The lines between the cells of a square of that side. */
function linesOf(side: number): string {
  let path = "";
  for (let i = 1; i < side; i++) path += `M${i} 0V${side}M0 ${i}H${side}`;
  return path;
}
