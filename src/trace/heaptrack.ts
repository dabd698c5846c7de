import type { Line } from "./line";
import { RecordingReader } from "./recording";
import type { Format } from "./trace-reader";

const PLUS = 43;
const MINUS = 45;

/** Lines of heaptrack's raw file that say nothing of blocks: version, paths, modules, stacks, time, memory, comments. */
const OTHERS = new Set(Array.from("vxXIstimcRAS#", (letter) => letter.charCodeAt(0)));

/**
 * Reads heaptrack's raw file, unpacked: `+ SIZE STACK ADDRESS` a malloc, `- ADDRESS` a free, in hexadecimal. heaptrack
 * writes a realloc as a free and a malloc, and misses what `realloc(p, 0)` frees: a block at a live address therefore
 * means that the old one is gone. Safe with threads.
 */
class HeaptrackReader extends RecordingReader {
  readonly source = "heaptrack";

  read(line: Line): string | null {
    if (line.done()) return null;
    const letter = line.bytes[line.at++]!;
    if (letter === PLUS) return this.#malloc(line);
    if (letter === MINUS) return this.#free(line);
    if (letter === 97) {
      return this.refuseAll(
        "this is what heaptrack_interpret made of the raw file, without addresses: record with heaptrack --raw",
      );
    }
    const alone = line.at === line.end || line.blanks();
    if (!alone || !OTHERS.has(letter)) return `${line.quote()} is no line of heaptrack's raw file`;
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
    const bytes = typeof size === "number" ? size : Number(`0x${size}`);
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
}

/** The program's name in what stands behind an "X": its path and arguments. */
function programIn(command: string): string {
  const path = command.split(/[ \t]/, 1)[0]!;
  return path.slice(path.lastIndexOf("/") + 1);
}

/** heaptrack's raw file. */
export const heaptrack: Format = {
  title: "heaptrack's raw file",
  sign: /^v [0-9a-f]+(?: [0-9a-f]+)?\s*$/,
  remedy: "record with heaptrack --raw PROGRAM",
  empty: "v 10550 3\nX ./prog\nt 401136 0\n# strings: 1\n",
  obtained: "`heaptrack --raw PROGRAM`",
  variants: "compressed with zstd as heaptrack leaves it, in Node 22.15 and newer; else `zstd -d FILE` first",
  Reader: HeaptrackReader,
};
