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

function typedArray(name: string, bytes: Uint8Array): unknown {
  if (!Object.hasOwn(TYPED, name)) throw new RangeError("its first state has an array of an unknown kind");
  const kind = TYPED[name as TypedName];
  if (bytes.length % kind.BYTES_PER_ELEMENT !== 0)
    throw new RangeError("its first state has an array that is cut");
  return new kind(bytes.buffer as ArrayBuffer);
}
