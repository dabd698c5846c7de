import type { AddressKey } from "./address-book";
import { hexKey, type Line } from "./line";

const SPACE = 32;
const NOUGHT = 48;
const NIL = "(nil)";

/** What a line of mtrace says was done: the byte that stands for it. */
export const Done = { malloc: 43, free: 45, reallocFrom: 60, reallocTo: 62, failedRealloc: 33 } as const;

/**
 * What a line of mtrace says: what was done, where, and how many bytes. The lines that are read are those of
 * `^(?:@ .*?\[0x[0-9a-f]+\] )?([-+<>!]) (0x[0-9a-f]+|\(nil\))(?: (0x[0-9a-f]+|0))?$`; they are read from their end on,
 * since a caller's file name may hold anything.
 */
export class MtraceLine {
  /** One of `Done`. */
  kind = 0;
  isNil = false;
  address: AddressKey = 0;
  hasSize = false;
  size = 0;

  /** Takes what `line` says. @returns false when the line is not one of mtrace. */
  parse(line: Line): boolean {
    const { bytes, start, end } = line;
    const last = wordStart(bytes, start, end);
    if (last < start + 2) return false;
    if (isKind(bytes[last - 2]!) && isAddress(bytes, last, end)) {
      this.hasSize = false;
      return this.#head(bytes, start, last, end);
    }
    const first = wordStart(bytes, start, last - 1);
    if (first < start + 2 || !isSize(bytes, last, end) || !isAddress(bytes, first, last - 1)) return false;
    this.hasSize = true;
    this.size = sizeOf(bytes, last, end);
    return this.#head(bytes, start, first, last - 1);
  }

  #head(bytes: Uint8Array, start: number, from: number, to: number): boolean {
    this.kind = bytes[from - 2]!;
    this.isNil = bytes[from] !== NOUGHT;
    this.address = this.isNil ? 0 : hexKey(bytes, from + 2, to);
    return bytes[from - 1] === SPACE && isKind(this.kind) && isCaller(bytes, start, from - 2);
  }
}

/** Where the word begins that ends at `end`: behind the last space before it, or at `start`. */
function wordStart(bytes: Uint8Array, start: number, end: number): number {
  let at = end;
  while (at > start && bytes[at - 1] !== SPACE) at--;
  return at;
}

function isKind(code: number): boolean {
  return (
    code === Done.malloc ||
    code === Done.free ||
    code === Done.reallocFrom ||
    code === Done.reallocTo ||
    code === Done.failedRealloc
  );
}

/** `(nil)` or `0x…`. */
function isAddress(bytes: Uint8Array, start: number, end: number): boolean {
  if (bytes[start] === NOUGHT) return isHex(bytes, start, end);
  if (end - start !== NIL.length) return false;
  for (let i = 0; i < NIL.length; i++) if (bytes[start + i] !== NIL.charCodeAt(i)) return false;
  return true;
}

/** `0` or `0x…`. */
function isSize(bytes: Uint8Array, start: number, end: number): boolean {
  return (end - start === 1 && bytes[start] === NOUGHT) || isHex(bytes, start, end);
}

/** `0x` and at least one lower-case hexadecimal digit. */
function isHex(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start < 3 || bytes[start] !== NOUGHT || bytes[start + 1] !== 120) return false;
  for (let i = start + 2; i < end; i++) if (!isLowerHex(bytes[i]!)) return false;
  return true;
}

function isLowerHex(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 97 && code <= 102);
}

/** The value of `0` or `0x…`; beyond 2^53 something larger than it. */
function sizeOf(bytes: Uint8Array, start: number, end: number): number {
  if (end - start === 1) return 0;
  const value = hexKey(bytes, start + 2, end);
  return typeof value === "number" ? value : Number(`0x${value}`);
}

/** Whether what precedes the operation is nothing, or `@ … [0x…] `. */
function isCaller(bytes: Uint8Array, start: number, end: number): boolean {
  if (end === start) return true;
  // The shortest caller is `@ [0x1] `.
  if (end - start < 8 || bytes[start] !== 64 || bytes[start + 1] !== SPACE) return false;
  if (bytes[end - 1] !== SPACE || bytes[end - 2] !== 93) return false;
  let at = end - 3;
  while (at >= start && isLowerHex(bytes[at]!)) at--;
  return (
    at < end - 3 && at > start + 3 && bytes[at] === 120 && bytes[at - 1] === NOUGHT && bytes[at - 2] === 91
  );
}
