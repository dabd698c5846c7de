import type { HuntState } from "../../exercise/bugs/bug-hunt";
import type { Extent } from "../../heap/block";
import { HoleList } from "./heap-figure";

/**
 * What an allocator has, right or wrong: its blocks in one row and its holes in another, both to scale, so that what overlaps, or is in
 * neither, is seen; and its free list.
 */
export function HuntPicture({ label, state }: { readonly label: string; readonly state: HuntState }) {
  const { blocks, holes, top } = state;
  const end = Math.max(top, ...[...blocks, ...holes].map(({ address, size }) => address + size));
  const starts = [...new Set([...blocks, ...holes].map(({ address }) => address))].sort((a, b) => a - b);
  const percent = (bytes: number) => `${(100 * bytes) / end}%`;
  const place = ({ address, size }: Extent) => ({ left: percent(address), width: percent(size) });
  const texts = [
    `blocks: ${blocks.map(({ address, size, name }) => `${name} ${size} at ${address}`).join(", ") || "none"}`,
    `holes: ${holes.map(({ address, size }) => `${size} at ${address}`).join(", ") || "none"}`,
  ];
  return (
    <div class="fl-heap">
      <div class="fl-lanes" role="img" aria-label={`${label}: ${texts.join("; ")}`}>
        <div class="fl-lane">
          {blocks.map(({ address, size, name }, i) => (
            <div key={i} class="fl-strip-block" style={place({ address, size })}>
              {name && <em>{name}</em>}
              {size}
            </div>
          ))}
        </div>
        <div class="fl-lane">
          {holes.map(({ address, size }, i) => (
            <div key={i} class="fl-strip-block fl-free" style={place({ address, size })}>
              {size}
            </div>
          ))}
        </div>
        {[...starts, top].map((address) => (
          <span key={address} class="fl-strip-address fl-tick" style={{ left: percent(address) }}>
            {address}
          </span>
        ))}
      </div>
      <HoleList title="list" holes={holes} />
    </div>
  );
}
