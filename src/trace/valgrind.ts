import { characters, type Line } from "./line";
import { type BlockName, RecordingReader } from "./recording";
import type { Format } from "./trace-reader";

const SPACE = 32;
const OPEN = 40;
const CLOSE = 41;
const STAR = 42;
const COMMA = 44;
const DASH = 45;
const EQUALS = 61;
const COLON = 58;

type Effect = "allocate" | "free" | "ask";

/** What a call does, by the name that valgrind reports it under (`_Znwm` is operator new). */
const EFFECTS: readonly (readonly [names: RegExp, effect: Effect])[] = [
  [
    /^(?:malloc|calloc|realloc|reallocf|valloc|pvalloc|memalign|aligned_alloc|posix_memalign|_Zn[wa][mjy]\w*|__builtin_(?:vec_)?new(?:_aligned)?)$/,
    "allocate",
  ],
  [
    /^(?:free|cfree|free_sized|free_aligned_sized|_Zd[la]Pv\w*|__builtin_(?:vec_)?delete(?:_aligned)?)$/,
    "free",
  ],
  [
    /^(?:malloc_usable_size|malloc_size|malloc_trim|malloc_stats|mallinfo2?|mallopt|malloc_info|malloc_good_size)$/,
    "ask",
  ],
];

/** A call as it is reported, `NAME(ARGUMENTS)`. */
interface Call {
  readonly name: string;
  readonly effect: Effect;
  /** The block that a realloc is given; null for other calls. */
  readonly from: BlockName | null;
  /** Bytes asked for. */
  readonly size: number;
  /** Whether valgrind reports no result of it unless it follows at once: the arguments are refused before the allocator is asked. */
  readonly unanswered: boolean;
}

/** A call whose result has not been reported yet. */
interface OpenCall {
  readonly call: Call;
  /** Whether a message came in its way, after which the same thread goes on. Else another thread's call did. */
  readonly byMessage: boolean;
  /** Of a realloc to 0 bytes: whether the free that it consists of was reported. */
  freed: boolean;
}

/** The most calls that can be open: one a thread, of which valgrind allows 500. */
const MOST_OPEN = 500;

/**
 * Reads the log of `valgrind --trace-malloc=yes`, with `--time-stamp=yes` or without: `--PID-- malloc(10) = 0x4A41040` and the
 * like; its other messages are passed over.
 *
 * A message may come between a call and its result, which then has a line of its own, `--PID--  = 0x4A41040`; so may another
 * thread's calls. The log does not name threads. A result behind a message belongs to the call that the message interrupted; else
 * to the call that waits longest, since threads take turns. (Where two threads' calls interrupt each other, their results may
 * be exchanged.) A realloc to 0 bytes or of NULL reports the free or malloc within it on the same line; a calloc that
 * overflows reports no result. Source: coregrind/m_replacemalloc/vg_replace_malloc.c.
 */
class ValgrindReader extends RecordingReader {
  readonly source = "valgrind";
  #pid = Number.NaN;
  #crashed = false;
  #open: OpenCall[] = [];

  read(line: Line): string | null {
    if (this.#crashed || line.done()) return null;
    const mark = takeMark(line);
    const pid = mark === 0 ? Number.NaN : takePid(line);
    if (Number.isNaN(pid)) {
      this.#crashed = isCrash(line);
      if (this.#crashed) return null;
      return `${line.quote()} is no line of valgrind's: keep the program's own output apart with --log-file=trace.%p.txt`;
    }
    if (Number.isNaN(this.#pid)) this.#pid = pid;
    if (pid !== this.#pid) {
      return this.refuseAll(
        `a second process, ${pid} beside ${this.#pid}, wrote into this file: record with --log-file=trace.%p.txt, one file a process`,
      );
    }
    const end = line.take(COLON) ? COLON : takeMark(line);
    if (end === 0) return `${line.quote()} is no line of valgrind's`;
    line.take(SPACE);
    if (mark === DASH && end === DASH) return this.#calls(line);
    if (this.program === "" && line.takeText("Command: ")) this.program = programIn(line.rest());
    return null;
  }

  override end(): string | null {
    for (const { call } of this.#open) this.#fail(call);
    this.#open = [];
    return null;
  }

  /** A line of calls, mostly one, or of the result of an open one. */
  #calls(line: Line): string | null {
    if (line.takeText(" = ")) return this.#lateResult(line);
    let call = takeCall(line);
    if (call === null) return null;
    for (;;) {
      if (typeof call === "string") return `${line.quote()}: ${call}`;
      if (line.takeText(" = ")) return this.#result(call, line);
      const isLast = line.done();
      const next = isLast ? null : takeCall(line);
      if (next === null || typeof next === "string") {
        if (call.effect === "free" && !isLast) return `${line.quote()} is cut or damaged`;
        this.#begin(call, true);
        return null;
      }
      if (!isWithin(next, call)) this.#begin(call, false);
      call = next;
    }
  }

  /** Does what `call` does before its result is known; it is open then, if it will have one. */
  #begin(call: Call, byMessage: boolean): void {
    if (call.effect === "free") this.#free(call.from!);
    else if (call.unanswered) this.#fail(call);
    else this.#open.push({ call, byMessage, freed: false });
    if (this.#open.length > MOST_OPEN) this.#fail(this.#open.shift()!.call);
  }

  #lateResult(line: Line): string | null {
    const own = this.#open.map(({ byMessage, freed }) => byMessage || freed).lastIndexOf(true);
    const [open] = this.#open.splice(Math.max(0, own), 1);
    if (open === undefined) {
      // Some versions report the 0 of a call that was refused at once.
      return addressIn(line) === 0 ? null : `${line.quote()} is a result without its call: a line is missing`;
    }
    if (open.freed && addressIn(line) === 0) return null;
    return this.#result(open.call, line);
  }

  /** The result of `call`, which is what is left of the line. */
  #result(call: Call, line: Line): string | null {
    const address = addressIn(line);
    if (address === null) return `${line.quote()}: ${call.name} without a result`;
    if (!line.done() || call.effect === "free") return `${line.quote()} is cut or damaged`;
    const reason = this.#finish(call, address);
    return reason === null ? null : `${line.quote()}: ${reason}`;
  }

  /** Does what `call` did, whose result is `address`. */
  #finish(call: Call, address: BlockName): string | null {
    const { effect, from, size } = call;
    if (effect === "ask") return null;
    if (address === 0) {
      if (from && size === 0) this.#free(from);
      else this.#fail(call);
      return null;
    }
    if (address !== from && this.book.isLive(address)) {
      return "this address is allocated a second time without a free between: a line is missing";
    }
    return from === null ? this.book.malloc(address, size) : this.book.realloc(from, address, size);
  }

  #free(address: BlockName): void {
    if (address === 0) this.counts.nullFrees++;
    else this.book.free(address);
    const last = this.#open.at(-1);
    if (last?.call.from === address && last.call.size === 0) last.freed = true;
  }

  #fail(call: Call): void {
    if (call.effect === "allocate") this.counts.failed++;
  }
}

/** Whether the line is what valgrind says of itself when it gives up: the rest of the log is for its developers. */
function isCrash(line: Line): boolean {
  const start = characters(line.bytes, line.start, Math.min(line.end, line.start + 200));
  return /^[\w-]+: (?:.*Assertion '|the 'impossible' happened)/.test(start);
}

/** Whether `inner` is the call that a realloc of NULL consists of, so that its result is the only one. */
function isWithin(inner: Call, outer: Call): boolean {
  return outer.from === 0 && inner.name === "malloc" && inner.size === outer.size;
}

/** Takes one of the marks around the process's number, two of the same character; 0 when there is none. */
function takeMark(line: Line): number {
  const code = line.bytes[line.at];
  if (code !== DASH && code !== EQUALS && code !== STAR) return 0;
  return line.take(code) && line.take(code) ? code : 0;
}

/** Takes `32005`, or `00:00:00:00.449 32005`; NaN when there is no such number. */
function takePid(line: Line): number {
  const start = line.at;
  const pid = line.decimal();
  if (line.bytes[line.at] !== COLON) return pid;
  const end = line.at;
  while (line.takeText(":") || line.takeText(".") || !Number.isNaN(line.decimal()));
  const stamped = line.take(SPACE) ? line.decimal() : Number.NaN;
  if (!Number.isNaN(stamped) && end > start) return stamped;
  line.at = end;
  return pid;
}

/** Takes a call. @returns null when there is none; a string with what is wrong with it. */
function takeCall(line: Line): Call | string | null {
  const name = line.word();
  if (name === "" || /^\d/.test(name) || !line.take(OPEN)) return null;
  const effect = effectOf(name);
  if (effect === undefined) return `${name.slice(0, 60)} is not a call that is known to allocate or free`;
  return takeArguments(line, name, effect);
}

/** The effects of names that were met; C++ has many names, but no program has more than these. */
const MET = new Map<string, Effect>();
const MOST_MET = 100;

function effectOf(name: string): Effect | undefined {
  const met = MET.get(name);
  if (met !== undefined) return met;
  const effect = EFFECTS.find(([names]) => names.test(name))?.[1];
  if (effect !== undefined && MET.size < MOST_MET) MET.set(name, effect);
  return effect;
}

/** Takes `10)`, `3,100)`, `0x4A41040,5000)`, `al 64, size 200)` and the like. */
function takeArguments(line: Line, name: string, effect: Effect): Call | string {
  let address: BlockName | null = null;
  let labelled = Number.NaN;
  let first = Number.NaN;
  let second = Number.NaN;
  while (!line.take(CLOSE)) {
    if (line.at >= line.end) return "the line is cut or damaged";
    line.blanks();
    const label = isDigit(line) ? "" : line.word();
    line.blanks();
    const isAddress = line.takeText("0x");
    const value = isAddress ? line.hexadecimal() : line.decimal();
    if (Number.isNaN(value)) {
      if (effect !== "ask") return `${name} without ${effect === "free" ? "an address" : "a size"}`;
      if (line.bytes[line.at] !== CLOSE) line.at++;
    } else if (isAddress) address ??= value;
    else if (label === "size") labelled = Number(value);
    else if (label === "" && Number.isNaN(first)) first = Number(value);
    else if (label === "") second = Number(value);
    line.take(COMMA);
  }
  const call = (size: number, from: BlockName | null = null, unanswered = false) =>
    Number.isNaN(size) ? `${name} without a size` : { name, effect, from, size, unanswered };
  if (effect === "ask") return call(0);
  // Of a plain 0 where an address belongs: NULL.
  if (effect === "free") {
    const block = address ?? (first === 0 ? 0 : null);
    return block === null ? "a free without an address" : call(0, block);
  }
  if (name === "realloc" || name === "reallocf") {
    if (address === null && first === 0) return call(second, 0);
    const isComplete = address !== null && !Number.isNaN(first);
    return isComplete ? call(first, address) : `${name} is reported as ${name}(ADDRESS,SIZE)`;
  }
  if (name === "calloc") return call(first * second, null, first * second >= 2 ** 64);
  const size = Number.isNaN(labelled) && Number.isNaN(second) ? first : labelled;
  return call(size, null, name === "posix_memalign");
}

function isDigit(line: Line): boolean {
  const code = line.bytes[line.at]!;
  return code >= 48 && code <= 57;
}

/** Takes a result: an address, or a number, which counts only when it is 0. Null when there is none. */
function addressIn(line: Line): BlockName | null {
  const address = line.takeText("0x") ? line.hexadecimal() : line.decimal();
  return Number.isNaN(address) ? null : address;
}

/** The program's name in its command: a path and arguments. */
function programIn(command: string): string {
  const path = command.split(/[ \t]/, 1)[0]!;
  return path.slice(path.lastIndexOf("/") + 1);
}

/** A log of valgrind's. */
export const valgrind: Format = {
  title: "valgrind --trace-malloc=yes",
  sign: /^\s*(--|==|\*\*)(?:[\d:]+\.\d+ )?\d+(?:\1|:)/,
  remedy: "record with valgrind --trace-malloc=yes --log-file=trace.%p.txt PROGRAM",
  empty: "==11== Memcheck, a memory error detector\n==11== HEAP SUMMARY:\n",
  obtained: "`valgrind --trace-malloc=yes --log-file=trace.%p.txt PROGRAM`",
  variants: "any tool of valgrind's, `--time-stamp=yes`, several threads; one process a file",
  Reader: ValgrindReader,
};
