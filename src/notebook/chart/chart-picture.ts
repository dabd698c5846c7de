import { readable } from "../../base/readable";
import { type CheckedChart, SERIES_COLOURS } from "../../player/chart/chart";
import type { Rgb } from "../../player/colourings";
import type { DrawnPicture } from "../drawn-picture";
import { dotsOf, GLYPH } from "../letters";
import { Scale } from "./scale";

/** Pixels of the picture; it is shown at half its size, so that it is sharp on fine screens as well. */
const [WIDTH, HEIGHT] = [1280, 640];
/** How many pixels a dot of a letter is wide. */
const DOT = 3;
const LETTER = (GLYPH.width + 1) * DOT;
const LINE = (GLYPH.height + 3) * DOT;

const [PAPER, INK, RULE] = [0, 1, 2];
const PALETTE: readonly Rgb[] = [
  [255, 255, 255],
  [0, 0, 0],
  [210, 210, 210],
  ...SERIES_COLOURS.map((colour) => [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16))),
] as unknown as readonly Rgb[];

/** A chart as a picture that needs no script: black on white, with ticks and the titles of its axes. */
export function chartPicture(chart: CheckedChart): DrawnPicture {
  return new ChartDrawing(chart).draw();
}

class ChartDrawing {
  readonly #pixels = new Uint8Array(WIDTH * HEIGHT).fill(PAPER);
  readonly #x: Scale;
  readonly #y: Scale;
  /** The names along the x axis of a chart of bars. */
  readonly #names: readonly string[];
  readonly #left: number;
  readonly #top = LINE + 4 * DOT;
  readonly #bottom = HEIGHT - 2 * LINE - 6;

  constructor(private readonly chart: CheckedChart) {
    const { kind, series, x, y } = chart;
    const points = series.flatMap((each) => each.points);
    const bars = kind === "bars";
    this.#names = bars ? [...new Set(points.map(([at]) => String(at)))] : [];
    const values = points.map(([, value]) => value);
    this.#y = new Scale(y.log ? values : [0, ...values], y.log);
    const widest = Math.max(...this.#y.ticks.map((tick) => readable(tick).length));
    this.#left = (widest + 1) * LETTER;
    this.#x = bars
      ? new Scale([0, this.#names.length], false, false)
      : new Scale(
          points.map(([at]) => at as number),
          x.log,
        );
  }

  draw(): DrawnPicture {
    this.#axes();
    for (const [i, { points }] of this.chart.series.entries()) {
      const colour = 3 + i;
      if (this.chart.kind === "bars") this.#bars(points, i, colour);
      else if (this.chart.kind === "points") for (const [x, y] of points) this.#dot(x as number, y, colour);
      else this.#curve(points as readonly (readonly [number, number])[], colour);
    }
    return { width: WIDTH, height: HEIGHT, pixels: this.#pixels, palette: PALETTE };
  }

  #xOf(value: number): number {
    return Math.round(this.#left + this.#x.part(value) * (WIDTH - LETTER - this.#left));
  }
  #yOf(value: number): number {
    return Math.round(this.#bottom - this.#y.part(value) * (this.#bottom - this.#top));
  }

  #axes(): void {
    const right = WIDTH - LETTER;
    for (const tick of this.#y.ticks) {
      const y = this.#yOf(tick);
      this.#box(this.#left, y, right, y + 1, RULE);
      const text = readable(tick);
      this.#write(
        text,
        this.#left - (text.length + 0.5) * LETTER,
        y - Math.round((GLYPH.height * DOT) / 2) + DOT,
      );
    }
    const below = this.#bottom + DOT + 3;
    const ticks = this.#names.length > 0 ? this.#nameTicks() : this.#valueTicks();
    for (const [text, at] of ticks) {
      this.#write(
        text,
        Math.min(at - (text.length * LETTER) / 2, WIDTH - (text.length + 0.5) * LETTER),
        below,
      );
      if (this.#names.length === 0) this.#box(at, this.#top, at + 1, this.#bottom, RULE);
    }
    this.#box(this.#left, this.#top, this.#left + 2, this.#bottom, INK);
    this.#box(this.#left, this.#bottom, right, this.#bottom + 2, INK);
    const { x, y } = this.chart;
    this.#write(x.title, (this.#left + right) / 2 - (x.title.length * LETTER) / 2, below + LINE);
    this.#write(y.title, 0, 0);
  }

  #valueTicks(): [string, number][] {
    return this.#x.ticks.map((tick) => [readable(tick), this.#xOf(tick)]);
  }
  /** The names that there is room for. */
  #nameTicks(): [string, number][] {
    const longest = (Math.max(...this.#names.map(({ length }) => length)) + 1) * LETTER;
    const every = Math.ceil((longest * this.#names.length) / (WIDTH - this.#left));
    return this.#names.flatMap((name, i): [string, number][] =>
      i % every === 0 ? [[name, this.#xOf(i + 0.5)]] : [],
    );
  }

  #bars(points: CheckedChart["series"][number]["points"], i: number, colour: number): void {
    const share = 0.8 / this.chart.series.length;
    for (const [name, value] of points) {
      const left = this.#names.indexOf(String(name)) + 0.1 + i * share;
      const low = this.chart.y.log ? this.#y.least : 0;
      const [from, to] = [this.#yOf(value), this.#yOf(low)].sort((a, b) => a - b) as [number, number];
      this.#box(this.#xOf(left), from, this.#xOf(left + share * 0.95), to, colour);
    }
  }

  #curve(points: readonly (readonly [number, number])[], colour: number): void {
    for (const [i, [x, y]] of points.entries()) {
      const [fromX, fromY] = points[i - 1] ?? [x, y];
      if (this.chart.kind === "steps") {
        this.#line(fromX, fromY, x, fromY, colour);
        this.#line(x, fromY, x, y, colour);
      } else this.#line(fromX, fromY, x, y, colour);
    }
  }

  #line(fromX: number, fromY: number, toX: number, toY: number, colour: number): void {
    const [x0, y0, x1, y1] = [this.#xOf(fromX), this.#yOf(fromY), this.#xOf(toX), this.#yOf(toY)];
    const length = Math.max(1, Math.abs(x1 - x0), Math.abs(y1 - y0));
    for (let at = 0; at <= length; at++) {
      const [x, y] = [Math.round(x0 + ((x1 - x0) * at) / length), Math.round(y0 + ((y1 - y0) * at) / length)];
      this.#box(x - 1, y - 1, x + 2, y + 2, colour);
    }
  }
  #dot(x: number, y: number, colour: number): void {
    this.#box(this.#xOf(x) - 2, this.#yOf(y) - 2, this.#xOf(x) + 3, this.#yOf(y) + 3, colour);
  }

  #box(left: number, top: number, right: number, bottom: number, colour: number): void {
    for (let y = Math.max(0, top); y < Math.min(HEIGHT, bottom); y++)
      this.#pixels.fill(colour, y * WIDTH + Math.max(0, left), y * WIDTH + Math.min(WIDTH, right));
  }

  #write(text: string, left: number, top: number): void {
    for (const [column, row] of dotsOf(text)) {
      const [x, y] = [Math.round(left) + column * DOT, Math.round(top) + row * DOT];
      this.#box(x, y, x + DOT, y + DOT, INK);
    }
  }
}
