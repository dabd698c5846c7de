import { MOST_UNITS } from "../../heap/arena";
import { fromBase64, toBase64 } from "./base64";

const TYPED = {
  Uint8Array,
  Int8Array,
  Uint16Array,
  Int16Array,
  Uint32Array,
  Int32Array,
  Float32Array,
  Float64Array,
};
type TypedName = keyof typeof TYPED;

/** A heap's state as plain JSON: typed arrays become `{ typed: "Int32Array", base64 }`. */
export function stateToJson(state: unknown): unknown {
  if (ArrayBuffer.isView(state)) {
    const bytes = new Uint8Array(state.buffer, state.byteOffset, state.byteLength);
    return { typed: state.constructor.name, base64: toBase64(bytes) };
  }
  if (Array.isArray(state)) return state.map(stateToJson);
  if (typeof state === "object" && state !== null) {
    return Object.fromEntries(Object.entries(state).map(([name, value]) => [name, stateToJson(value)]));
  }
  return state;
}

/**
 * What `stateToJson` was given.
 * @throws RangeError for a typed array of an unknown kind or a wrong length.
 */
export function stateFromJson(json: unknown): unknown {
  if (Array.isArray(json)) return json.map(stateFromJson);
  if (typeof json !== "object" || json === null) return json;
  const { typed, base64 } = json as { typed?: unknown; base64?: unknown };
  if (typeof typed === "string" && typeof base64 === "string") return typedArray(typed, fromBase64(base64));
  return Object.fromEntries(Object.entries(json).map(([name, value]) => [name, stateFromJson(value)]));
}

/**
 * Refuses a state that no heap saves and that could keep one busy for ever: heaps trust what they restore. The lengths of the
 * blocks (the state itself, or its `blocks`) must be whole units, not 0 and not too many; the original program's records must
 * have numbers.
 * @throws RangeError
 */
export function checkState(state: unknown): void {
  const blocks = Array.isArray(state) ? state : (state as { blocks?: unknown } | null)?.blocks;
  if (!Array.isArray(blocks)) throw new RangeError("its first state has no blocks");
  let units = 0;
  for (const block of blocks as unknown[]) {
    if (typeof block === "object") checkRecord(block);
    else if (!Number.isInteger(block) || block === 0)
      throw new RangeError("its first state has a block of no whole size");
    else units += Math.abs(block as number);
  }
  if (units > MOST_UNITS) throw new RangeError("its first state is larger than any heap");
}

function checkRecord(record: unknown): void {
  const { address, size, free } = (record ?? {}) as Record<string, unknown>;
  if (!Number.isFinite(address) || !Number.isFinite(size) || typeof free !== "boolean") {
    throw new RangeError("its first state has a record without address, size and free");
  }
}

function typedArray(name: string, bytes: Uint8Array): unknown {
  if (!Object.hasOwn(TYPED, name)) throw new RangeError("its first state has an array of an unknown kind");
  const kind = TYPED[name as TypedName];
  if (bytes.length % kind.BYTES_PER_ELEMENT !== 0)
    throw new RangeError("its first state has an array that is cut");
  return new kind(bytes.buffer as ArrayBuffer);
}
