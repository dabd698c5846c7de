import { AddressBook, type AddressKey } from "./address-book";
import { hexKey, type Line } from "./line";
import type { TraceReader, TraceSink } from "./trace-reader";

const SPACE = 32;
const NOUGHT = 48;
const PLUS = 43;
const MINUS = 45;
const LESS = 60;
const GREATER = 62;
const BANG = 33;
const EQUALS = 61;
const NIL = "(nil)";

const ONE_PROCESS =
  "several threads, or a process and its forks, wrote into this one file, so that it can't be read: " +
  "record one file a process, and a program with threads with valgrind --trace-malloc=yes";

/**
 * Reads glibc's mtrace: `@ CALLER + ADDRESS SIZE` a malloc, `-` a free, `<` and `>` the two lines of a realloc, `!` a
 * failed one, an address of `(nil)` a failed malloc, `= Start` and `= End`. The caller may be missing. What is read is
 * the language of `^(?:@ .*?\[0x[0-9a-f]+\] )?([-+<>!]) (0x[0-9a-f]+|\(nil\))(?: (0x[0-9a-f]+|0))?$`, from the
 * line's end on, since a caller's file name may hold anything. Source: glibc, malloc/mtrace-impl.c.
 */
export class MtraceReader implements TraceReader {
  readonly #book: AddressBook;
  readonly #tail = new MtraceTail();
  /** The address of a `<` whose `>` is to follow. */
  #moving: AddressKey | null = null;
  #started = false;
  hopeless = false;
  readonly mayBeCut = true;
  readonly program = "";
  readonly source = "glibc mtrace";

  constructor(sink: TraceSink) {
    this.#book = new AddressBook(sink);
  }

  get leftOut() {
    return this.#book.leftOut;
  }

  read(line: Line): string | null {
    if (line.bytes[line.start] === EQUALS && line.start < line.end) return this.#mark(line);
    const tail = this.#tail;
    if (!tail.parse(line)) return line.done() ? null : `${line.quote()} is no line of mtrace`;
    const moving = this.#moving;
    this.#moving = null;
    if (moving !== null && tail.kind !== GREATER) {
      return this.#refuseAll(
        `the line before began a realloc, and this is not its second half: ${ONE_PROCESS}`,
      );
    }
    switch (tail.kind) {
      case PLUS:
        return this.#malloc(tail);
      case MINUS:
        return this.#free(tail, line);
      case LESS:
        if (tail.hasSize || tail.isNil) return `${line.quote()}: < is followed by an address alone`;
        this.#moving = tail.address;
        return null;
      case GREATER:
        return this.#realloc(tail, moving);
      default:
        if (!tail.hasSize) return "! without the size that was asked for";
        this.leftOut.failed++;
        return null;
    }
  }

  end(): string | null {
    // The second half of a last realloc is cut: as a last line cut short, this is normal.
    return null;
  }

  #mark(line: Line): string | null {
    const text = line.text().trimEnd();
    if (text === "= End") return null;
    if (text !== "= Start") return `${line.quote()} is no line of mtrace`;
    if (this.#started)
      return this.#refuseAll("a second recording starts here: cut the file into one a process");
    this.#started = true;
    return null;
  }

  #malloc(tail: MtraceTail): string | null {
    if (!tail.hasSize) return "+ without a size";
    if (tail.isNil) {
      this.leftOut.failed++;
      return null;
    }
    if (this.#book.isLive(tail.address)) return this.#refuseLive(tail.address);
    return this.#book.malloc(tail.address, tail.size);
  }

  #free(tail: MtraceTail, line: Line): string | null {
    if (tail.hasSize) return `${line.quote()}: - is followed by an address alone`;
    if (tail.isNil) this.leftOut.nullFrees++;
    else this.#book.free(tail.address);
    return null;
  }

  #realloc(tail: MtraceTail, moving: AddressKey | null): string | null {
    if (moving === null) return `> without the < of a realloc in the line before it`;
    if (!tail.hasSize) return "> without a size";
    if (tail.isNil) return "> without an address";
    if (tail.address !== moving && this.#book.isLive(tail.address)) return this.#refuseLive(tail.address);
    return this.#book.realloc(moving, tail.address, tail.size);
  }

  #refuseLive(address: AddressKey): string {
    const shown = typeof address === "number" ? address.toString(16) : address;
    return this.#refuseAll(`0x${shown} is allocated a second time without a free between: ${ONE_PROCESS}`);
  }

  #refuseAll(reason: string): string {
    this.hopeless = true;
    return reason;
  }
}

/** The last words of a line of mtrace: what was done, where, and how many bytes. */
class MtraceTail {
  /** The byte of `+`, `-`, `<`, `>` or `!`. */
  kind = 0;
  isNil = false;
  address: AddressKey = 0;
  hasSize = false;
  size = 0;

  /** Takes them from `line`. @returns false when the line is not one of mtrace. */
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
  return code === PLUS || code === MINUS || code === LESS || code === GREATER || code === BANG;
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
