import { cellBytes } from "../run/grid";
import type { Lives } from "../run/lives";
import type { RunOccupancy } from "../run/occupancy";
import { ageHue, MIXED_HUE, type Scheme, shadeIndex, sizeHue } from "./palette";

/** What a hue depends on beside the block. */
export interface Scales {
  /** Steps of the run. */
  readonly steps: number;
  /** log2 of the smallest and of the largest block in bytes: the ends of the scale of sizes. */
  readonly leastLog: number;
  readonly mostLog: number;
}

/** The hue of one block. */
export function hueOfLife(lives: Lives, id: number, step: number, scheme: Scheme, scales: Scales): number {
  if (scheme.colour === "block") return lives.colour[id]!;
  if (scheme.colour === "age") return ageHue(step - lives.made(id), scales.steps);
  if (scheme.colour === "size") {
    return sizeHue(Math.log2(lives.size[id]!), scales.leastLog, scales.mostLog);
  }
  return 0;
}

/** The hue of a cell that is not empty; of several blocks in it, their mean by bytes, or the mixed one. */
export function hueOfCell(
  occupancy: RunOccupancy,
  cell: number,
  lives: Lives,
  { colour }: Scheme,
  scales: Scales,
): number {
  const { used, made, sizes, step } = occupancy;
  if (colour === "block") {
    const life = occupancy.lifeIn(cell);
    return life < 0 ? MIXED_HUE : lives.colour[life]!;
  }
  if (colour === "age") return ageHue(step - made[cell]! / used[cell]!, scales.steps);
  if (colour === "size") {
    return sizeHue(sizes[cell]! / used[cell]! / 64, scales.leastLog, scales.mostLog);
  }
  return 0;
}

/**
 * The palette index of every cell, as rows for Plotly's `z`: full frames. Cells without memory are NaN, which Plotly leaves
 * open: those beyond the square's last page, and those above the top of a heap that has yet to grow.
 * @param top one past the heap's last address at this step
 */
export function frameOf(
  occupancy: RunOccupancy,
  lives: Lives,
  scheme: Scheme,
  scales: Scales,
  top: number,
): Float32Array[] {
  const { grid, used } = occupancy;
  const { side } = grid;
  const each = cellBytes(grid);
  const cells = new Float32Array(side * side).fill(Number.NaN);
  const present = Math.min(grid.cells, Math.ceil((top - grid.from) / each));
  for (let cell = 0; cell < present; cell++) {
    const bytes = used[cell]!;
    if (bytes === 0) {
      cells[cell] = 0;
      continue;
    }
    const hue = hueOfCell(occupancy, cell, lives, scheme, scales);
    const whole = Math.min(each, top - grid.from - cell * each);
    cells[cell] = shadeIndex(hue, grid.pagesPerCell === 1 ? 1 : bytes / whole);
  }
  return Array.from({ length: side }, (_, row) => cells.subarray(row * side, (row + 1) * side));
}
