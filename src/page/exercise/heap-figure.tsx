import { useRef } from "preact/hooks";
import type { DrawnList, NamedBlock } from "../../exercise/situation";
import type { Extent } from "../../heap/block";
import { useWidth } from "../base/use-width";
import { stripRows } from "./strip-rows";

/** Pixels of a digit, and of what stands around a number in a block. */
const DIGIT = 7.5;
const PADDING = 8;
/** Pixels behind a row, for the address at which the heap ends. */
const END = 46;

/** A heap as a strip of its blocks in address order, each with its size in it and its address below; and its lists of holes. */
export function HeapFigure(props: {
  /** What it is, for screen readers: "The heap". */
  readonly label: string;
  readonly blocks: readonly NamedBlock[];
  readonly top: number;
  readonly lists: readonly DrawnList[];
  readonly rover: number | null;
}) {
  const { label, blocks, top, lists, rover } = props;
  return (
    <div class="fl-heap">
      <HeapStrip label={label} blocks={blocks} top={top} />
      {blocks.some(({ free }) => !free) && (
        <p class="fl-hint">filled: allocated, empty: free; sizes inside, addresses below</p>
      )}
      {lists.map(({ title, holes }) => (
        <HoleList key={title} title={title} holes={holes} rover={rover} />
      ))}
    </div>
  );
}

/** The strip alone. */
export function HeapStrip(props: {
  readonly label: string;
  readonly blocks: readonly NamedBlock[];
  readonly top: number;
}) {
  const { label, blocks, top } = props;
  const place = useRef<HTMLDivElement>(null);
  const width = useWidth(place);
  const rows = width > 0 ? stripRows(blocks, width - END, leastWidth) : [];
  const text = blocks.map(
    ({ address, size, free, name }) =>
      `${name && `${name}, `}${size} ${free ? "free" : "allocated"} at ${address}`,
  );
  return (
    <div
      ref={place}
      class="fl-strip"
      role="img"
      aria-label={`${label}: ${text.join("; ")}; it ends at ${top}`}
    >
      {rows.map((row, i) => (
        <div class="fl-strip-row" key={row[0]!.part.address} aria-hidden="true">
          {row.map(({ part: { address, size, free, name }, left, width: wide }) => (
            <div key={address} class="fl-strip-part" style={{ left: `${left}px`, width: `${wide}px` }}>
              <div class={free ? "fl-strip-block fl-free" : "fl-strip-block"} data-address={address}>
                {name && <em>{name}</em>}
                <span>{size}</span>
              </div>
              <div class="fl-strip-address">{address}</div>
            </div>
          ))}
          {i === rows.length - 1 && <EndLabel row={row} top={top} />}
        </div>
      ))}
    </div>
  );
}

function EndLabel({
  row,
  top,
}: {
  readonly row: readonly { left: number; width: number }[];
  readonly top: number;
}) {
  const { left, width } = row.at(-1)!;
  return (
    <div class="fl-strip-part fl-strip-end" style={{ left: `${left + width}px` }}>
      <div class="fl-strip-address">{top}</div>
    </div>
  );
}

function leastWidth({ address, size, name }: NamedBlock): number {
  const digits = Math.max(String(address).length, String(size).length + (name === "" ? 0 : name.length + 1));
  return digits * DIGIT + PADDING;
}

/** A list of holes from its head on. */
export function HoleList(props: {
  readonly title: string;
  readonly holes: readonly Extent[];
  readonly rover?: number | null;
}) {
  const { title, holes, rover = null } = props;
  return (
    <div class="fl-holes">
      <span class="fl-holes-title">{title}</span>
      <ol class="fl-holes-listed" aria-label={title}>
        {holes.map(({ address, size }, i) => (
          <li key={i}>
            <span class="fl-hole-listed">
              {address === rover && (
                <b title="Next fit goes on here">
                  <span class="fl-sound">next fit goes on here: </span>
                  <span aria-hidden="true">&gt; </span>
                </b>
              )}
              {size} <small>at {address}</small>
            </span>
            <span aria-hidden="true"> → </span>
          </li>
        ))}
        <li>{holes.length === 0 ? "empty" : "end"}</li>
      </ol>
    </div>
  );
}
