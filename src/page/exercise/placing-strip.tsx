import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { PlacingGame } from "../../exercise/placing/placing-game";
import type { PlacingTask } from "../../exercise/placing/placing-task";
import type { NamedBlock } from "../../exercise/situation";

/** The heap as a strip to scale, on which the next block is moved about and placed, by mouse or by keys. */
export function PlacingStrip(props: {
  readonly blocks: readonly NamedBlock[];
  readonly task: PlacingTask;
  /** The request whose block is placed; null at the end. */
  readonly next: PlacingGame["next"];
  /** Where it can lie. */
  readonly possible: readonly number[];
  readonly onPlace: (address: number) => void;
}) {
  const { blocks, task, next, possible, onPlace } = props;
  const { heapSize } = task;
  const [wished, setWished] = useState<number | null>(null);
  const place = useRef<HTMLDivElement>(null);
  const size = next?.request ?? 0;
  // Each request begins at the first hole.
  useLayoutEffect(() => setWished(null), [next]);
  const at = possible.length === 0 ? null : nearest(possible, wished ?? possible[0]!);
  const percent = (bytes: number) => `${(100 * bytes) / heapSize}%`;
  const pointed = (clientX: number) => {
    const { left, width } = place.current!.getBoundingClientRect();
    return nearest(possible, ((clientX - left) / width) * heapSize - size / 2);
  };
  const holeOf = (address: number) =>
    blocks.find((block) => block.address <= address && address < block.address + block.size)!;
  const key = (event: KeyboardEvent) => {
    if (at === null) return;
    if (event.key === "Enter" || event.key === " ") onPlace(at);
    else {
      const moved = moveTo(event.key, at, possible, (address) => holeOf(address).address);
      if (moved === null) return;
      setWished(moved);
    }
    event.preventDefault();
  };
  const text =
    next === null
      ? "the stream has ended"
      : at === null
        ? `no hole has ${size} bytes`
        : `at ${at}, in the hole of ${holeOf(at).size} bytes at ${holeOf(at).address}`;
  return (
    <div
      ref={place}
      class="fl-placing"
      role="slider"
      tabIndex={0}
      aria-label={`Where the block of ${size} bytes goes; Enter places it`}
      aria-valuemin={0}
      aria-valuemax={heapSize}
      aria-valuenow={at ?? 0}
      aria-valuetext={text}
      aria-disabled={at === null || undefined}
      onKeyDown={key}
      onMouseMove={({ clientX }) => possible.length > 0 && setWished(pointed(clientX))}
      onClick={({ clientX }) => possible.length > 0 && onPlace(pointed(clientX))}
    >
      <Blocks blocks={blocks} heapSize={heapSize} />
      {at !== null && (
        <div class="fl-ghost" style={{ left: percent(at), width: percent(size) }}>
          {next!.as} {size}
        </div>
      )}
    </div>
  );
}

/** The blocks and holes, to scale. */
function Blocks({ blocks, heapSize }: { readonly blocks: readonly NamedBlock[]; readonly heapSize: number }) {
  const percent = (bytes: number) => `${(100 * bytes) / heapSize}%`;
  return (
    <>
      {blocks.map(({ address, size, free, name }) => (
        <div key={address} class="fl-strip-part" style={{ left: percent(address), width: percent(size) }}>
          <div class={free ? "fl-strip-block fl-free" : "fl-strip-block"}>
            {name && <em>{name}</em>}
            <span>{size}</span>
          </div>
          <div class="fl-strip-address">{address}</div>
        </div>
      ))}
      <div class="fl-strip-part fl-strip-end" style={{ left: "100%" }}>
        <div class="fl-strip-address">{heapSize}</div>
      </div>
    </>
  );
}

function nearest(addresses: readonly number[], wished: number): number {
  return addresses.reduce((best, address) =>
    Math.abs(address - wished) < Math.abs(best - wished) ? address : best,
  );
}

/** Where a key moves a block; null for a key that moves none. */
function moveTo(
  key: string,
  at: number,
  possible: readonly number[],
  holeOf: (address: number) => number,
): number | null {
  const i = possible.indexOf(at);
  const before = possible.slice(0, i);
  const behind = possible.slice(i + 1);
  switch (key) {
    case "ArrowLeft":
    case "ArrowDown":
      return before.at(-1) ?? at;
    case "ArrowRight":
    case "ArrowUp":
      return behind[0] ?? at;
    case "PageDown": {
      const other = before.filter((address) => holeOf(address) !== holeOf(at)).at(-1);
      return other === undefined ? possible[0]! : holeOf(other);
    }
    case "PageUp":
      return behind.find((address) => holeOf(address) !== holeOf(at)) ?? possible.at(-1)!;
    case "Home":
      return possible[0]!;
    case "End":
      return possible.at(-1)!;
    default:
      return null;
  }
}
