import { hexNumber, type Line } from "./line";
import { RecordingReader } from "./recording";
import type { Format } from "./trace-reader";

const PLUS = 43;
const MINUS = 45;
/** `a`. */
const KIND = 97;

/** Lines of heaptrack's that say nothing of blocks: version, paths, modules, stacks, time, memory, comments. */
const OTHERS = new Set(Array.from("vxXIstimcRAS#", (letter) => letter.charCodeAt(0)));

/**
 * Reads heaptrack's files, unpacked, whose figures are hexadecimal: the raw file, `+ SIZE STACK ADDRESS` a malloc, `- ADDRESS` a free;
 * and what heaptrack_interpret makes of it, `a SIZE STACK` a kind of allocation, numbered from 0, `+ KIND` a malloc, `- KIND` a free.
 *
 * heaptrack writes a realloc as a free and a malloc, and misses what `realloc(p, 0)` frees: a block at a live address therefore
 * means that the old one is gone. The interpreted file does not say which of the live blocks of a kind is freed: taken is the
 * newest, so that sizes and totals are the program's and addresses are a guess. Safe with threads.
 * Source: heaptrack 1.4, src/interpret/heaptrack_interpret.cpp.
 */
class HeaptrackReader extends RecordingReader {
  readonly source = "heaptrack";
  /** Of an interpreted file: the size of each kind of allocation, and the names of its live blocks. */
  readonly #kinds: { readonly size: number; readonly live: number[] }[] = [];
  #interpreted = false;

  read(line: Line): string | null {
    if (line.done()) return null;
    const letter = line.bytes[line.at++]!;
    if (letter === PLUS) return this.#interpreted ? this.#mallocOfKind(line) : this.#malloc(line);
    if (letter === MINUS) return this.#interpreted ? this.#freeOfKind(line) : this.#free(line);
    if (letter === KIND) return this.#kind(line);
    const alone = line.at === line.end || line.blanks();
    if (!alone || !OTHERS.has(letter)) return `${line.quote()} is no line of heaptrack's`;
    if (letter === 88) this.program = programIn(line.rest());
    return null;
  }

  #malloc(line: Line): string | null {
    line.blanks();
    const size = line.hexadecimal();
    line.blanks();
    const stack = line.hexadecimal();
    line.blanks();
    const address = line.hexadecimal();
    if (Number.isNaN(size) || Number.isNaN(stack) || Number.isNaN(address) || !line.done()) {
      return `${line.quote()} is no "+ SIZE STACK ADDRESS" in hexadecimal`;
    }
    const bytes = hexNumber(size);
    if (bytes <= Number.MAX_SAFE_INTEGER && this.book.isLive(address)) this.book.free(address);
    return this.book.malloc(address, bytes);
  }

  #free(line: Line): string | null {
    line.blanks();
    const address = line.hexadecimal();
    if (Number.isNaN(address) || !line.done()) return `${line.quote()} is no "- ADDRESS" in hexadecimal`;
    if (address === 0) this.counts.nullFrees++;
    else this.book.free(address);
    return null;
  }

  #kind(line: Line): string | null {
    line.blanks();
    const size = line.hexadecimal();
    line.blanks();
    const stack = line.hexadecimal();
    if (Number.isNaN(size) || Number.isNaN(stack) || !line.done()) {
      return `${line.quote()} is no "a SIZE STACK" in hexadecimal`;
    }
    if (!this.#interpreted && this.book.blocks > 0) {
      return `${line.quote()} is of a file that heaptrack_interpret made, and the lines before it are of a raw one`;
    }
    this.#interpreted = true;
    this.#kinds.push({ size: hexNumber(size), live: [] });
    return null;
  }

  #mallocOfKind(line: Line): string | null {
    const kind = this.#takeKind(line);
    if (typeof kind === "string") return kind;
    const name = this.book.blocks;
    const reason = this.book.malloc(name, kind.size);
    if (reason === null) kind.live.push(name);
    return reason;
  }

  #freeOfKind(line: Line): string | null {
    const kind = this.#takeKind(line);
    if (typeof kind === "string") return kind;
    const name = kind.live.pop();
    if (name === undefined) this.counts.strays++;
    else this.book.free(name);
    return null;
  }

  #takeKind(line: Line) {
    line.blanks();
    const number = line.hexadecimal();
    if (Number.isNaN(number) || !line.done())
      return `${line.quote()} names no kind of allocation: it is "+ KIND" or "- KIND"`;
    const kind = typeof number === "number" ? this.#kinds[number] : undefined;
    return (
      kind ?? `${line.quote()} names a kind of allocation of which there are ${this.#kinds.length} up to here`
    );
  }
}

/** The program's name in what stands behind an "X": its path and arguments. */
function programIn(command: string): string {
  const path = command.split(/[ \t]/, 1)[0]!;
  return path.slice(path.lastIndexOf("/") + 1);
}

/** heaptrack's files, raw and interpreted. */
export const heaptrack: Format = {
  title: "heaptrack's file",
  sign: /^v [0-9a-f]+(?: [0-9a-f]+)?\s*$/,
  remedy: "record with heaptrack --raw PROGRAM",
  empty: "v 10550 3\nX ./prog\nt 401136 0\n# strings: 1\n",
  obtained: "`heaptrack --raw PROGRAM`; without `--raw` its addresses are lost",
  variants:
    "raw or interpreted; compressed with zstd as heaptrack leaves it, in Node 22.15 and newer; else `zstd -d FILE` first",
  Reader: HeaptrackReader,
};
