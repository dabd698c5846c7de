import type { Line } from "./line";
import { COMPACT_MAGIC } from "./recognise";
import { type LeftOut, MOST_BLOCKS, TOO_MANY_BLOCKS, type TraceReader, type TraceSink } from "./trace-reader";
import { fromUtf8 } from "./utf8";

const MINUS = 45;
const EQUALS = 61;
const HASH = 35;

/**
 * Reads our own compact form, which `writeCompact` writes and describes. Totals in the header are optional; where they
 * are, they must be true, so that a file cut short is noticed.
 */
export class CompactReader implements TraceReader {
  readonly #sink: TraceSink;
  readonly #totals = new Map<string, number>();
  #magicSeen = false;
  #inHeader = true;
  /** Bytes of each block by its number; −1 once it is freed. */
  #sizes = new Float64Array(256);
  #blocks = 0;
  #operations = 0;
  #live = 0;
  #peak = 0;
  program = "";
  source = "";
  readonly leftOut: LeftOut = { failed: 0, nullFrees: 0, strays: 0 };
  hopeless = false;
  readonly mayBeCut = false;

  constructor(sink: TraceSink) {
    this.#sink = sink;
  }

  read(line: Line): string | null {
    if (line.done() || line.bytes[line.at] === HASH) return null;
    const first = line.bytes[line.at]!;
    if (first === MINUS || first === EQUALS || (first >= 48 && first <= 57)) {
      this.#inHeader = false;
      return this.#operation(line, first);
    }
    if (this.#inHeader) return this.#header(line);
    return `${line.quote()} is none of "SIZE", "-AGE", "=AGE SIZE"`;
  }

  end(): string | null {
    return this.#checkTotal("operations", this.#operations) ?? this.#checkTotal("peak", this.#peak);
  }

  #header(line: Line): string | null {
    const text = line.text().trim();
    if (!this.#magicSeen) {
      this.#magicSeen = true;
      if (text === COMPACT_MAGIC) return null;
      this.hopeless = true;
      return `${line.quote()} is a version of the form that is not known here: the first line must be "${COMPACT_MAGIC}"`;
    }
    const [, key, value] = /^(\w+):\s*(.*)$/.exec(text) ?? [];
    if (key === undefined || value === undefined)
      return `${line.quote()} is no line "key: value" of the header`;
    if (key === "program") this.program = fromUtf8(value);
    else if (key === "source") this.source = fromUtf8(value);
    else if (key === "operations" || key === "peak") {
      const total = /^(\d+(?:\.\d+e\+\d+)?)(?: bytes)?$/.exec(value)?.[1];
      if (total === undefined) return `${line.quote()} has no whole number`;
      this.#totals.set(key, Number(total));
    }
    return null;
  }

  #operation(line: Line, first: number): string | null {
    if (first === MINUS) line.at++;
    else if (first === EQUALS) line.at++;
    else return this.#malloc(line);
    const age = line.decimal();
    const block = this.#blocks - age;
    if (Number.isNaN(age)) return `${line.quote()} has no age`;
    if (!(age >= 1 && block >= 0)) {
      return `${line.quote()}: an age is 1, the newest block, to ${this.#blocks}, the oldest`;
    }
    if (this.#sizes[block]! < 0) return `${line.quote()} names block ${block}, which is freed already`;
    return first === MINUS ? this.#free(line, block) : this.#realloc(line, block);
  }

  #malloc(line: Line): string | null {
    const size = line.decimal();
    if (!line.done()) return `${line.quote()} is none of "SIZE", "-AGE", "=AGE SIZE"`;
    if (size > Number.MAX_SAFE_INTEGER) return `${line.quote()} is a size beyond 2^53 − 1`;
    if (this.#blocks >= MOST_BLOCKS) return TOO_MANY_BLOCKS;
    if (this.#blocks === this.#sizes.length) {
      const longer = new Float64Array(2 * this.#blocks);
      longer.set(this.#sizes);
      this.#sizes = longer;
    }
    this.#sizes[this.#blocks] = size;
    this.#sink.malloc(this.#blocks++, size);
    this.#count(size);
    return null;
  }

  #realloc(line: Line, block: number): string | null {
    if (!line.blanks() || line.at === line.end) return `${line.quote()} has no size: the line is "=AGE SIZE"`;
    const size = line.decimal();
    if (Number.isNaN(size) || !line.done()) return `${line.quote()} has no whole size`;
    if (size > Number.MAX_SAFE_INTEGER) return `${line.quote()} is a size beyond 2^53 − 1`;
    if (size === 0) return `${line.quote()} reallocates to 0 bytes: write a free instead`;
    this.#sink.realloc(block, size);
    this.#count(size - this.#sizes[block]!);
    this.#sizes[block] = size;
    return null;
  }

  #free(line: Line, block: number): string | null {
    if (!line.done()) return `${line.quote()} is none of "SIZE", "-AGE", "=AGE SIZE"`;
    this.#sink.free(block);
    this.#count(-this.#sizes[block]!);
    this.#sizes[block] = -1;
    return null;
  }

  #count(bytes: number): void {
    this.#operations++;
    this.#live += bytes;
    if (this.#live > this.#peak) this.#peak = this.#live;
  }

  #checkTotal(key: string, found: number): string | null {
    const said = this.#totals.get(key);
    if (said === undefined || said === found) return null;
    return `the header says ${key}: ${said}, but up to here it is ${found}: the file was cut or edited; mend or delete the header's line`;
  }
}
