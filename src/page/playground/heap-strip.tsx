import { useContext, useLayoutEffect, useRef, useState } from "preact/hooks";
import { counted, readable } from "../../base/readable";
import type { Film } from "../../player/film";
import { fullColour, hueOfLife, schemeOf } from "../../player/scheme";
import { Dark } from "../base/page-view";
import { useWidth } from "../base/use-width";

/** More blocks or holes than this are not drawn one by one. */
const MOST_BLOCKS = 600;
/** Pixels that a block must be wide for a handle, its name, its size. */
const WITH_HANDLE = 18;
const WITH_NAME = 14;
const WITH_SIZE = 38;

/** An allocated block, as the strip shows it. */
interface StripBlock {
  readonly address: number;
  readonly size: number;
  readonly payload: number;
  readonly request: number;
  /** Its name; of one that has none, its payload's address. */
  readonly name: string | number;
  readonly colour: string;
  readonly ink: string;
}

/**
 * The heap as a strip to work on, in address order. A click on a block frees it; its right edge, dragged, resizes it. By
 * keyboard: ← and → go from block to block, Enter or Delete frees, ↑ and ↓ choose another size, which Enter then asks for.
 */
export function HeapStrip(props: {
  readonly film: Film;
  /** The step of the run. */
  readonly step: number;
  /** The blocks' names, by payload address. */
  readonly names: ReadonlyMap<number, string>;
  /** Bytes by which a block is resized. */
  readonly align: number;
  readonly onFree: (block: string | number) => void;
  readonly onResize: (block: string | number, request: number) => void;
}) {
  const { film, step, names, align, onFree, onResize } = props;
  const bar = useRef<HTMLDivElement>(null);
  const width = useWidth(bar);
  const dark = useContext(Dark);
  const [stop, setStop] = useState<number | null>(null);
  const [wanted, setWanted] = useState<{ readonly payload: number; readonly request: number } | null>(null);
  /** Where the focus belongs after the next drawing, if it was here. */
  const refocus = useRef<number | null>(null);

  // At once: the next key may come before a picture is painted, and effects after painting would then answer the wrong call.
  useLayoutEffect(() => setWanted(null), [film, step]);

  const top = film.top(step);
  const bytes = Math.max(1, top - film.base);
  const blocks = blocksAt(film, step, names, dark);
  const holes = holesAt(film, step);
  const many = blocks.length > MOST_BLOCKS || holes.length > MOST_BLOCKS;
  const current = nearest(blocks, stop);

  useLayoutEffect(() => {
    if (refocus.current === null) return;
    const to = nearest(blocks, refocus.current);
    refocus.current = null;
    const node = to && bar.current?.querySelector<HTMLElement>(`[data-payload="${to.payload}"]`);
    (node ?? bar.current)?.focus({ preventScroll: true });
  }, [film, step]);

  const percent = (of: number) => `${(100 * of) / bytes}%`;
  const pixels = (of: number) => (of / bytes) * width;

  const free = (block: StripBlock) => {
    refocus.current = block.payload;
    onFree(block.name);
  };
  const resize = (block: StripBlock, request: number) => {
    setWanted(null);
    refocus.current = block.payload;
    if (request !== block.request) onResize(block.name, request);
  };
  const bounded = (request: number) => Math.max(1, Math.min(request, 4 * bytes));

  const onKey = (event: KeyboardEvent, block: StripBlock) => {
    const at = blocks.indexOf(block);
    const asked = wanted?.payload === block.payload ? wanted.request : block.request;
    const by = align * (event.shiftKey ? 8 : 1);
    const go = (to: number) => {
      const next = blocks[Math.min(blocks.length - 1, Math.max(0, to))]!;
      setStop(next.payload);
      setWanted(null);
      bar.current?.querySelector<HTMLElement>(`[data-payload="${next.payload}"]`)?.focus();
    };
    const keys: Record<string, () => void> = {
      ArrowRight: () => go(at + 1),
      ArrowLeft: () => go(at - 1),
      Home: () => go(0),
      End: () => go(blocks.length - 1),
      ArrowUp: () => setWanted({ payload: block.payload, request: bounded(asked + by) }),
      ArrowDown: () => setWanted({ payload: block.payload, request: bounded(asked - by) }),
      Escape: () => setWanted(null),
      Delete: () => free(block),
      Backspace: () => free(block),
    };
    if (event.key === "Enter" && wanted?.payload === block.payload)
      keys.Enter = () => resize(block, wanted.request);
    const act = keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  };

  const onGrip = (event: PointerEvent, block: StripBlock) => {
    event.preventDefault();
    event.stopPropagation();
    const grip = event.currentTarget as HTMLElement;
    grip.setPointerCapture(event.pointerId);
    const box = bar.current!.getBoundingClientRect();
    const requestAt = ({ clientX }: PointerEvent) => {
      const end = film.base + ((clientX - box.left) / box.width) * bytes;
      const size = Math.max(align, Math.round((end - block.address) / align) * align);
      return bounded(size - film.header);
    };
    let request = block.request;
    const move = (moved: PointerEvent) => {
      request = requestAt(moved);
      setWanted({ payload: block.payload, request });
    };
    const end = (ended: PointerEvent) => {
      for (const [name, listener] of listeners) grip.removeEventListener(name, listener as EventListener);
      if (ended.type === "pointerup") resize(block, request);
      else setWanted(null);
    };
    const listeners = [
      ["pointermove", move],
      ["pointerup", end],
      ["pointercancel", end],
    ] as const;
    for (const [name, listener] of listeners) grip.addEventListener(name, listener as EventListener);
  };

  const changing = blocks.find(({ payload }) => payload === wanted?.payload);
  return (
    <div class="fl-map">
      {/* biome-ignore lint/a11y/useSemanticElements: a strip of blocks is no set of fields */}
      <div
        class="fl-map-bar"
        ref={bar}
        style={{ background: schemeOf("block", dark).css[0] }}
        role="group"
        aria-label="The heap, block by block"
        tabIndex={-1}
      >
        {(many ? [] : holes).map(({ address, size }) => (
          <div
            key={address}
            class="fl-map-hole"
            style={{ left: percent(address - film.base), width: percent(size) }}
            title={`Free: ${counted(size, "byte")} at ${readable(address)}`}
          >
            {pixels(size) >= WITH_SIZE && <span>{readable(size)}</span>}
          </div>
        ))}
        {!many &&
          blocks.map((block) => (
            <button
              key={block.payload}
              type="button"
              class="fl-map-block"
              data-payload={block.payload}
              tabIndex={block === current ? 0 : -1}
              style={{
                left: percent(block.address - film.base),
                width: percent(block.size),
                background: block.colour,
                color: block.ink,
              }}
              aria-label={`Block ${block.name}: ${counted(block.size, "byte")} at ${readable(block.address)}. Free it`}
              title={`${block.name}: asked for ${counted(block.request, "byte")}, has ${readable(block.size)} at ${readable(block.address)}. Click to free it.`}
              onFocus={() => setStop(block.payload)}
              onClick={() => free(block)}
              onKeyDown={(event) => onKey(event, block)}
            >
              {pixels(block.size) >= WITH_NAME && <b>{block.name} </b>}
              {pixels(block.size) >= WITH_SIZE && <span>{readable(block.size)}</span>}
              {pixels(block.size) >= WITH_HANDLE && (
                <span
                  class="fl-map-grip"
                  aria-hidden="true"
                  title="Drag this edge to resize the block"
                  onClick={(event) => event.stopPropagation()}
                  onPointerDown={(event) => onGrip(event, block)}
                />
              )}
            </button>
          ))}
        {changing && wanted && (
          <div
            class="fl-map-wanted"
            style={{
              left: percent(changing.address - film.base),
              width: `min(${percent(wanted.request + film.header)}, ${percent(top - changing.address)})`,
            }}
          />
        )}
      </div>
      <div class="fl-map-foot">
        <span>{readable(film.base)}</span>
        <span aria-live="polite">
          {changing && wanted
            ? `${changing.name} = realloc(${changing.name}, ${wanted.request})`
            : many
              ? `${readable(blocks.length)} blocks and ${readable(holes.length)} holes: too many to click here. The player shows them.`
              : hint(blocks.length)}
        </span>
        <span>{readable(top)}</span>
      </div>
    </div>
  );
}

function hint(blocks: number): string {
  return blocks === 0
    ? "All memory is free. Allocate a block, or type operations."
    : "Click a block to free it; drag its right edge to resize it. Keys: ← → Delete; ↑ ↓ Enter resize.";
}

function blocksAt(film: Film, step: number, names: ReadonlyMap<number, string>, dark: boolean): StripBlock[] {
  const scheme = schemeOf("block", dark);
  const { header, scales } = film;
  const lives = film.livesAt(step);
  const blocks: StripBlock[] = [];
  for (let id = 0; id < lives.bornUpTo(step); id++) {
    if (lives.died[id]! <= step) continue;
    const address = lives.address[id]!;
    const payload = address + header;
    const colour = fullColour(scheme, hueOfLife(lives, id, step, scheme, scales));
    blocks.push({
      address,
      size: lives.size[id]!,
      payload,
      request: lives.request(id),
      name: names.get(payload) ?? payload,
      colour,
      ink: inkOn(colour),
    });
  }
  return blocks.sort((a, b) => a.address - b.address);
}

/** The holes, each by itself, also where they touch. */
function holesAt(film: Film, step: number) {
  return Array.from(film.at(step).heap.blocks())
    .filter(({ free }) => free)
    .map(({ address, size }) => ({ address, size }));
}

function nearest(blocks: readonly StripBlock[], payload: number | null): StripBlock | null {
  if (payload === null) return blocks[0] ?? null;
  return blocks.find((block) => block.payload >= payload) ?? blocks.at(-1) ?? null;
}

/** Black or white, whichever is read better on a colour (WCAG 2.2, relative luminance). */
function inkOn(colour: string): string {
  const [red = 0, green = 0, blue = 0] = (colour.match(/\d+/g) ?? []).map((part) => {
    const share = Number(part) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  return luminance > 0.179 ? "#000" : "#fff";
}
