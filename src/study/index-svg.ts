import { html, type Markup } from "../base/markup";
import { counted, readable } from "../base/readable";
import type { IndexLevel, IndexSearch } from "./index-search";
import { r } from "./panel-svg";

const WIDTH = 820;
const LEVEL = 104;
const FOUND = "#d55e00";

/** A search in the index as an SVG picture of its own: a strip for each level, and below it the entries that were looked at, with their numbers. */
export function indexSvg(search: IndexSearch): Markup {
  const height = search.levels.length * LEVEL + 64;
  const levels = search.levels.map((level, i) => levelSvg(level, i * LEVEL, search.levels.length - 1 - i));
  return html`<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" font-family="system-ui,sans-serif" font-size="11" fill="#222"><rect width="100%" height="100%" fill="#fff"/>${levels}${holesSvg(search, search.levels.length * LEVEL)}</svg>`;
}

/** The same in words, a line a level. */
export function indexText({ size, levels, holes, hole, looks, records }: IndexSearch): string {
  const lines = levels.map(({ entries, bytes, looks: own, chosen }, i) => {
    const went =
      chosen === null ? "none is large enough" : `entry ${chosen} says ${readable(entries[chosen]!)}`;
    return `level ${levels.length - 1 - i}, ${counted(entries.length, "entry", "entries")} of ${readable(bytes)} bytes: ${own} looked at, ${went}`;
  });
  const end =
    hole === null
      ? "denied"
      : `${counted(holes.length, "hole")} looked at, the one at ${hole.address} has ${readable(hole.size)} bytes`;
  return [
    `first fit for ${readable(size)} bytes`,
    ...lines,
    end,
    `${looks} looks; a walk takes ${counted(records, "record")}`,
  ].join("\n");
}

function levelSvg(level: IndexLevel, top: number, number: number): Markup {
  const { entries, bytes, from, among, looks, chosen } = level;
  const columns = columnsOf(entries);
  const most = Math.max(1, ...columns);
  const cell = WIDTH / entries.length;
  const title = `level ${number}: ${counted(entries.length, "entry", "entries")}, each for ${readable(bytes)} bytes; ${looks} of ${among} looked at`;
  const strip = runs(columns.map((largest) => shade(largest / most))).map(
    ({ fill, start, length }) =>
      html`<rect x="${r((start * WIDTH) / columns.length)}" y="${top + 20}" width="${r((length * WIDTH) / columns.length)}" height="18" fill="${fill}"/>`,
  );
  const frame = html`<rect x="${r(from * cell)}" y="${top + 18}" width="${r(Math.max(3, among * cell))}" height="22" fill="none" stroke="${FOUND}" stroke-width="2"/>`;
  const wide = Math.min(WIDTH / 16, WIDTH / among);
  const zoomed = entries.slice(from, from + among).map((largest, i) => {
    const x = r(i * wide);
    const fill = from + i === chosen ? FOUND : i < looks ? "#ddd" : "#fff";
    const ink = from + i === chosen ? "#fff" : i < looks ? "#222" : "#767676";
    return html`<rect x="${x}" y="${top + 54}" width="${r(wide)}" height="24" fill="${fill}" stroke="#999"/><text x="${r(i * wide + wide / 2)}" y="${top + 70}" text-anchor="middle" fill="${ink}">${largest}</text>`;
  });
  const left = html`<path d="M${r(from * cell)} ${top + 40}L0 ${top + 54}M${r((from + among) * cell)} ${top + 40}L${r(among * wide)} ${top + 54}" stroke="#999"/>`;
  return html`<text x="0" y="${top + 13}">${title}</text>${strip}${left}${frame}${zoomed}`;
}

function holesSvg({ holes, hole, size, looks, records }: IndexSearch, top: number): Markup {
  const cells = holes.map(({ address, size: bytes }, i) => {
    const found = address === hole?.address;
    return html`<rect x="${i * 120}" y="${top + 20}" width="120" height="24" fill="${found ? FOUND : "#ddd"}" stroke="#999"/><text x="${i * 120 + 60}" y="${top + 36}" text-anchor="middle" fill="${found ? "#fff" : "#222"}">${bytes} at ${address}</text>`;
  });
  const end = hole === null ? `${readable(size)} bytes are denied` : "the holes that begin there";
  return html`<text x="0" y="${top + 13}">${end}: ${looks} looks in all, where a walk along the list takes ${records}</text>${cells.slice(0, 6)}`;
}

/** The entries as columns of a strip: themselves, or maxima where they are too many to be seen. */
function columnsOf(entries: readonly number[]): number[] {
  const count = Math.min(entries.length, WIDTH / 4);
  const columns = Array.from({ length: count }, () => 0);
  for (const [i, entry] of entries.entries()) {
    const column = Math.floor((i * count) / entries.length);
    columns[column] = Math.max(columns[column]!, entry);
  }
  return columns;
}

function shade(share: number): string {
  if (share === 0) return "#fff";
  const level = Math.round(225 - 150 * share ** 0.5);
  return `rgb(${level},${level},${Math.min(255, level + 25)})`;
}

function runs(fills: readonly string[]): { fill: string; start: number; length: number }[] {
  const found: { fill: string; start: number; length: number }[] = [];
  for (const [start, fill] of fills.entries()) {
    const last = found.at(-1);
    if (last?.fill === fill) last.length++;
    else found.push({ fill, start, length: 1 });
  }
  return found;
}
