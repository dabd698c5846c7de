import { hexKey, hexNumber, type Line } from "./line";
import { type BlockName, RecordingReader } from "./recording";
import type { Format } from "./trace-reader";

const SPACE = 32;
const NOUGHT = 48;
const EQUALS = 61;
const NIL = "(nil)";

const ONE_PROCESS =
  "several threads, or a process and its forks, wrote into this one file, so that it can't be read: " +
  "record one file a process, and a program with threads with valgrind --trace-malloc=yes";

/**
 * Reads glibc's mtrace: `@ CALLER + ADDRESS SIZE` a malloc, `-` a free, `<` and `>` the two lines of a realloc, `!` a
 * failed one, an address of `(nil)` a failed malloc, `= Start` and `= End`. The caller may be missing, and so may its `@`, as in
 * the C library's manual. The second half of a last realloc may be cut off. Source: glibc, malloc/mtrace-impl.c.
 */
class MtraceReader extends RecordingReader {
  readonly source = "glibc mtrace";
  readonly #call = new MtraceLine();
  /** The address of a `<` whose `>` is to follow. */
  #moving: BlockName | null = null;
  #started = false;

  read(line: Line): string | null {
    if (line.done()) return null;
    if (line.bytes[line.at] === EQUALS) return this.#mark(line);
    const call = this.#call;
    if (!call.parse(line)) return `${line.quote()} is no line of mtrace`;
    const moving = this.#moving;
    this.#moving = null;
    if (moving !== null && call.kind !== Done.reallocTo) {
      return this.refuseAll(
        `the line before began a realloc, and this is not its second half: ${ONE_PROCESS}`,
      );
    }
    switch (call.kind) {
      case Done.malloc:
        return this.#malloc(call);
      case Done.free:
        return this.#free(call, line);
      case Done.reallocFrom:
        if (call.hasSize || call.isNil) return `${line.quote()}: < is followed by an address alone`;
        this.#moving = call.address;
        return null;
      case Done.reallocTo:
        return this.#realloc(call, moving);
      default:
        if (!call.hasSize) return "! without the size that was asked for";
        this.counts.failed++;
        return null;
    }
  }

  #mark(line: Line): string | null {
    const text = line.rest().trimEnd();
    if (text === "= End") return null;
    if (text !== "= Start") return `${line.quote()} is no line of mtrace`;
    if (this.#started)
      return this.refuseAll("a second recording starts here: cut the file into one a process");
    this.#started = true;
    return null;
  }

  #malloc(call: MtraceLine): string | null {
    if (!call.hasSize) return "+ without a size";
    if (call.isNil) {
      this.counts.failed++;
      return null;
    }
    if (this.book.isLive(call.address)) return this.#refuseLive(call.address);
    return this.book.malloc(call.address, call.size);
  }

  #free(call: MtraceLine, line: Line): string | null {
    if (call.hasSize) return `${line.quote()}: - is followed by an address alone`;
    if (call.isNil) this.counts.nullFrees++;
    else this.book.free(call.address);
    return null;
  }

  #realloc(call: MtraceLine, moving: BlockName | null): string | null {
    if (moving === null) return `> without the < of a realloc in the line before it`;
    if (!call.hasSize) return "> without a size";
    if (call.isNil) return "> without an address";
    if (call.address !== moving && this.book.isLive(call.address)) return this.#refuseLive(call.address);
    return this.book.realloc(moving, call.address, call.size);
  }

  #refuseLive(address: BlockName): string {
    const shown = typeof address === "number" ? address.toString(16) : address;
    return this.refuseAll(`0x${shown} is allocated a second time without a free between: ${ONE_PROCESS}`);
  }
}

/** What a line of mtrace says was done: the byte that stands for it. */
export const Done = { malloc: 43, free: 45, reallocFrom: 60, reallocTo: 62, failedRealloc: 33 } as const;

/**
 * What a line of mtrace says: what was done, where, and how many bytes. The lines that are read are those of
 * `^[ \t]*(?:.*\[0x[0-9a-f]+\] )?([-+<>!]) (0x[0-9a-f]+|\(nil\))(?: (0x[0-9a-f]+|0))?$`; they are read from their end on, since a
 * caller's file name may hold anything.
 */
export class MtraceLine {
  /** One of `Done`. */
  kind = 0;
  isNil = false;
  address: BlockName = 0;
  hasSize = false;
  size = 0;

  /** Takes what `line` says. @returns false when the line is not one of mtrace. */
  parse(line: Line): boolean {
    line.blanks();
    const { bytes, at: start, end } = line;
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
  return hexNumber(hexKey(bytes, start + 2, end));
}

/** Whether what precedes the operation is nothing, or a caller, which ends in `[0x…] `. */
function isCaller(bytes: Uint8Array, start: number, end: number): boolean {
  if (end === start) return true;
  // The shortest caller is `[0x1] `.
  if (end - start < 6 || bytes[end - 1] !== SPACE || bytes[end - 2] !== 93) return false;
  let at = end - 3;
  while (at >= start && isLowerHex(bytes[at]!)) at--;
  return (
    at < end - 3 && at > start + 1 && bytes[at] === 120 && bytes[at - 1] === NOUGHT && bytes[at - 2] === 91
  );
}

/** A recording of glibc's mtrace. */
export const mtrace: Format = {
  title: "glibc's mtrace",
  sign: /^[ \t]*(?:= (?:Start|End)\s*$|@ |\[0x[0-9a-f]+\] [-+<>!] |[-+<>!] (?:0x|\(nil\)))/,
  remedy:
    "record with npm run trace -- PROGRAM, or let the program call mtrace() before its first malloc and end by itself",
  empty: "= Start\n= End\n",
  obtained: "`npm run trace -- PROGRAM`",
  variants: "callers in every form, with `@` or without",
  Reader: MtraceReader,
};
