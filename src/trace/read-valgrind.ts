import type { AddressKey } from "./address-book";
import type { Line } from "./line";
import { RecordingReader } from "./recording-reader";
import { fromUtf8 } from "./utf8";

/** `--PID-- TEXT`, or `==PID== TEXT`, `**PID** TEXT` and `--PID:LEVEL:…` of valgrind's other messages. */
const PREFIX = /^(--|==|\*\*)(\d+)(--|==|\*\*|:)\s?/;
/** A call as it is reported; its arguments hold no brackets. */
const CALL = /([A-Za-z_]\w*)\(([^()]*)\)/y;
const RESULT = /\s*= (0x[0-9A-Fa-f]+|\d+)/y;

/** What a call does to the heap, by the name that valgrind reports it under (`_Znwm` is operator new). */
const ALLOCATES =
  /^(?:malloc|valloc|pvalloc|memalign|aligned_alloc|posix_memalign|_Zn[wa][mjy]\w*|__builtin_(?:vec_)?new(?:_aligned)?)$/;
const FREES =
  /^(?:free|cfree|free_sized|free_aligned_sized|_Zd[la]Pv\w*|__builtin_(?:vec_)?delete(?:_aligned)?)$/;
const ASKS =
  /^(?:malloc_usable_size|malloc_size|malloc_trim|malloc_stats|mallinfo2?|mallopt|malloc_info|malloc_good_size)$/;

/**
 * Reads the log of `valgrind --trace-malloc=yes`: `--PID-- malloc(10) = 0x4A41040` and the like; its other messages are
 * passed over. Safe with threads, which valgrind runs one at a time. A line may hold two calls: a realloc to 0 bytes
 * reports the free within it, a calloc that overflows reports no result. Source: coregrind/m_replacemalloc.
 */
export class ValgrindReader extends RecordingReader {
  #pid = "";
  readonly source = "valgrind";

  read(line: Line): string | null {
    if (line.done()) return null;
    const text = line.text();
    const prefix = PREFIX.exec(text);
    if (prefix === null) {
      return `${line.quote()} is no line of valgrind's: keep the program's own output apart with --log-file=trace.%p.txt`;
    }
    const [whole, open, pid, close] = prefix;
    if (this.#pid === "") this.#pid = pid!;
    if (pid !== this.#pid) {
      return this.refuseAll(
        `a second process, ${pid} beside ${this.#pid}, wrote into this file: record with --log-file=trace.%p.txt, one file a process`,
      );
    }
    const rest = text.slice(whole.length);
    if (open !== "--" || close !== "--") {
      if (this.program === "") this.program = programIn(rest);
      return null;
    }
    return this.#calls(rest, line);
  }

  /** The calls of one line, mostly one. */
  #calls(text: string, line: Line): string | null {
    if (!/^[A-Za-z_]\w*\(/.test(text)) return null;
    let at = 0;
    while (at < text.trimEnd().length) {
      CALL.lastIndex = at;
      const call = CALL.exec(text);
      if (call === null) return `${line.quote()} is cut or damaged`;
      at = CALL.lastIndex;
      RESULT.lastIndex = at;
      const result = RESULT.exec(text);
      if (result !== null) at = RESULT.lastIndex;
      const reason = this.#call(call[1]!, call[2]!, result?.[1] ?? null);
      if (reason !== null) return `${line.quote()}: ${reason}`;
    }
    return null;
  }

  #call(name: string, args: string, result: string | null): string | null {
    if (FREES.test(name)) return this.#free(args);
    if (name === "realloc") return this.#realloc(args, result);
    if (ASKS.test(name)) return null;
    const size = name === "calloc" ? productIn(args) : ALLOCATES.test(name) ? sizeIn(args) : null;
    if (size === null) return `${name} is not a call that is known to allocate or free`;
    if (Number.isNaN(size)) return `${name} without a size`;
    if (result === null) {
      if (name !== "calloc") return `${name} without a result`;
      this.leftOut.failed++;
      return null;
    }
    const address = addressOf(result);
    if (address === null) return `${name} without an address as its result`;
    if (address === 0) {
      this.leftOut.failed++;
      return null;
    }
    return this.#at(address) ?? this.book.malloc(address, size);
  }

  #free(args: string): string | null {
    const address = addressOf(args.split(",", 1)[0]!);
    if (address === null) return "a free without an address";
    if (address === 0) this.leftOut.nullFrees++;
    else this.book.free(address);
    return null;
  }

  #realloc(args: string, result: string | null): string | null {
    const [first = "", second = ""] = args.split(",", 2);
    const from = addressOf(first);
    const size = numberIn(second);
    if (from === null || Number.isNaN(size)) return "realloc is reported as realloc(ADDRESS,SIZE)";
    // Without a result of its own the malloc or free within it is reported next.
    if (result === null) return null;
    const to = addressOf(result);
    if (to === null) return "realloc without an address as its result";
    if (to !== 0) {
      return (to === from ? null : this.#at(to)) ?? this.book.realloc(from, to, size);
    }
    if (size === 0) this.#free(first);
    else this.leftOut.failed++;
    return null;
  }

  /** Why no block can come to lie at `address`; null when one can. */
  #at(address: AddressKey): string | null {
    if (!this.book.isLive(address)) return null;
    return "this address is allocated a second time without a free between: a line is missing";
  }
}

/** `10`, `al 64, size 200` or `size 128, al 64`. */
function sizeIn(args: string): number {
  const named = /size (\d+)/.exec(args);
  return numberIn(named === null ? args : named[1]!);
}

/** `3,100`; infinite when it overflows a number. */
function productIn(args: string): number {
  const [count = "", size = ""] = args.split(",", 2);
  return numberIn(count) * numberIn(size);
}

function numberIn(text: string): number {
  return /^\s*\d+\s*$/.test(text) ? Number(text) : Number.NaN;
}

/** An address as a key; null when `text` is none. A plain `0` is NULL. */
function addressOf(text: string): AddressKey | null {
  const digits = /^\s*(?:0x0*([0-9A-Fa-f]+)|0)\s*$/.exec(text);
  if (digits === null) return null;
  const hex = digits[1] ?? "0";
  return hex.length > 13 ? hex.toLowerCase() : Number.parseInt(hex, 16);
}

/** The program's name in valgrind's line `Command: PATH ARGS…`; "" in any other. */
function programIn(message: string): string {
  const path = /^Command: (\S+)/.exec(message)?.[1] ?? "";
  return fromUtf8(path.slice(path.lastIndexOf("/") + 1));
}
