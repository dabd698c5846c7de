import type { Line } from "./line";
import { type BlockName, RecordingReader } from "./recording";
import type { Format } from "./trace-reader";

const COLON = 58;

/** Addresses whose free is still to come for a block that is gone: what a `Map` is sure to hold. */
const MOST_OWED = 2 ** 23;

/** What the numbers of each call are: the block's address comes first in all of them, times last. */
const CALLS = {
  malloc: ["SIZE"],
  calloc: ["COUNT", "SIZE"],
  memalign: ["ALIGNMENT", "SIZE"],
  realloc: ["0xOLD", "SIZE"],
  free: [],
  thread_done: [],
} as const;

type CallName = keyof typeof CALLS;

/**
 * Reads what Android's malloc debug records (`record_allocs`), which is what its memory_replay plays: `TID: malloc 0xADDRESS SIZE`,
 * `calloc` with count and size, `memalign` with alignment and size, `realloc` with the old address and the size, `free`, and
 * `thread_done`; newer ones end with the times, in nanoseconds, at which the call began and ended.
 *
 * Threads write in the order in which their calls return, so that a block may appear at an address whose free is written later: the
 * block that was there is gone by then, and its free, when it comes, says nothing more.
 * Sources: bionic, libc/malloc_debug/README.md; system/extras, libmemory_trace.
 */
class AndroidReader extends RecordingReader {
  readonly source = "Android malloc debug";
  /** How many frees of an address are still to come for blocks that are known to be gone. */
  readonly #owed = new Map<BlockName, number>();

  read(line: Line): string | null {
    if (line.done()) return null;
    const thread = line.decimal();
    const separated = line.take(COLON) && line.blanks();
    const name = line.word();
    if (Number.isNaN(thread) || !separated || !Object.hasOwn(CALLS, name) || !line.blanks()) {
      return `${line.quote()} is no line "TID: CALL 0xADDRESS …" of malloc, calloc, realloc, memalign, free or thread_done`;
    }
    const call = name as CallName;
    const address = takeAddress(line);
    const numbers = takeNumbers(line, call);
    if (Number.isNaN(address) || numbers === null) return `${line.quote()} is no "${formOf(call)}"`;
    const [first = 0, second = 0] = numbers;
    switch (call) {
      case "malloc":
        return this.#malloc(address, first as number);
      case "calloc":
        return this.#malloc(address, (first as number) * (second as number));
      case "memalign":
        return this.#malloc(address, second as number);
      case "realloc":
        return this.#realloc(first, address, second as number);
      case "free":
        return this.#free(address);
      case "thread_done":
        return null;
    }
  }

  #malloc(address: BlockName, size: number): string | null {
    if (address === 0) {
      this.counts.failed++;
      return null;
    }
    const reason = size <= Number.MAX_SAFE_INTEGER ? this.#makeRoom(address) : null;
    return reason ?? this.book.malloc(address, size);
  }

  #realloc(from: BlockName, to: BlockName, size: number): string | null {
    if (from === 0) return this.#malloc(to, size);
    if (to === 0 && size === 0) return this.#free(from);
    if (to === 0) {
      this.counts.failed++;
      return null;
    }
    const reason = from !== to && size <= Number.MAX_SAFE_INTEGER ? this.#makeRoom(to) : null;
    return reason ?? this.book.realloc(from, to, size);
  }

  #free(address: BlockName): null {
    if (address === 0) {
      this.counts.nullFrees++;
      return null;
    }
    const owed = this.#owed.get(address) ?? 0;
    if (owed === 0) return this.book.free(address);
    if (owed === 1) this.#owed.delete(address);
    else this.#owed.set(address, owed - 1);
    return null;
  }

  /**
   * A block appears at `address`: one that is live there is freed, and the line that says so is yet to come.
   * @returns null, or why that cannot be
   */
  #makeRoom(address: BlockName): string | null {
    if (!this.book.isLive(address)) return null;
    if (this.#owed.size >= MOST_OWED) return `more than ${MOST_OWED} blocks were replaced and never freed`;
    this.book.free(address);
    this.#owed.set(address, (this.#owed.get(address) ?? 0) + 1);
    return null;
  }
}

function formOf(call: CallName): string {
  const times = call === "thread_done" ? "[END]" : "[START END]";
  return ["TID:", call, "0xADDRESS", ...CALLS[call], times].join(" ");
}

/** The address that is next, 0 for NULL; NaN when there is none. */
function takeAddress(line: Line): BlockName {
  return line.takeText("0x") ? line.hexadecimal() : Number.NaN;
}

/** The numbers behind the address, times aside; null when they are not those of the call. */
function takeNumbers(line: Line, call: CallName): BlockName[] | null {
  const numbers: BlockName[] = [];
  for (const form of CALLS[call]) {
    const separated = line.blanks();
    const number = form === "0xOLD" ? takeAddress(line) : line.decimal();
    if (!separated || Number.isNaN(number)) return null;
    numbers.push(number);
  }
  let times = 0;
  while (!line.done()) {
    if (Number.isNaN(line.decimal())) return null;
    times++;
  }
  const allowed = call === "thread_done" ? [0, 1] : [0, 2];
  return allowed.includes(times) ? numbers : null;
}

/** The records of Android's malloc debug. */
export const android: Format = {
  title: "Android's memory_replay",
  sign: /^\d{1,10}: (?:malloc|calloc|realloc|memalign|free|thread_done) /,
  remedy: "record with the option record_allocs of Android's malloc debug",
  empty: "186: thread_done 0x0\n",
  obtained: "Android's malloc debug with `record_allocs`; the texts in memory_replay's `traces`",
  variants: "with times or without; several threads",
  Reader: AndroidReader,
};
