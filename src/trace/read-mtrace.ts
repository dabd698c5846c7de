import type { AddressKey } from "./address-book";
import type { Line } from "./line";
import { Done, MtraceLine } from "./mtrace-line";
import { RecordingReader } from "./recording-reader";

const EQUALS = 61;

const ONE_PROCESS =
  "several threads, or a process and its forks, wrote into this one file, so that it can't be read: " +
  "record one file a process, and a program with threads with valgrind --trace-malloc=yes";

/**
 * Reads glibc's mtrace: `@ CALLER + ADDRESS SIZE` a malloc, `-` a free, `<` and `>` the two lines of a realloc, `!` a
 * failed one, an address of `(nil)` a failed malloc, `= Start` and `= End`. The caller may be missing. The second half of
 * a last realloc may be cut off. Source: glibc, malloc/mtrace-impl.c.
 */
export class MtraceReader extends RecordingReader {
  readonly source = "glibc mtrace";
  readonly #said = new MtraceLine();
  /** The address of a `<` whose `>` is to follow. */
  #moving: AddressKey | null = null;
  #started = false;

  read(line: Line): string | null {
    if (line.bytes[line.start] === EQUALS && line.start < line.end) return this.#mark(line);
    const said = this.#said;
    if (!said.parse(line)) return line.done() ? null : `${line.quote()} is no line of mtrace`;
    const moving = this.#moving;
    this.#moving = null;
    if (moving !== null && said.kind !== Done.reallocTo) {
      return this.refuseAll(
        `the line before began a realloc, and this is not its second half: ${ONE_PROCESS}`,
      );
    }
    switch (said.kind) {
      case Done.malloc:
        return this.#malloc(said);
      case Done.free:
        return this.#free(said, line);
      case Done.reallocFrom:
        if (said.hasSize || said.isNil) return `${line.quote()}: < is followed by an address alone`;
        this.#moving = said.address;
        return null;
      case Done.reallocTo:
        return this.#realloc(said, moving);
      default:
        if (!said.hasSize) return "! without the size that was asked for";
        this.leftOut.failed++;
        return null;
    }
  }

  #mark(line: Line): string | null {
    const text = line.text().trimEnd();
    if (text === "= End") return null;
    if (text !== "= Start") return `${line.quote()} is no line of mtrace`;
    if (this.#started)
      return this.refuseAll("a second recording starts here: cut the file into one a process");
    this.#started = true;
    return null;
  }

  #malloc(said: MtraceLine): string | null {
    if (!said.hasSize) return "+ without a size";
    if (said.isNil) {
      this.leftOut.failed++;
      return null;
    }
    if (this.book.isLive(said.address)) return this.#refuseLive(said.address);
    return this.book.malloc(said.address, said.size);
  }

  #free(said: MtraceLine, line: Line): string | null {
    if (said.hasSize) return `${line.quote()}: - is followed by an address alone`;
    if (said.isNil) this.leftOut.nullFrees++;
    else this.book.free(said.address);
    return null;
  }

  #realloc(said: MtraceLine, moving: AddressKey | null): string | null {
    if (moving === null) return `> without the < of a realloc in the line before it`;
    if (!said.hasSize) return "> without a size";
    if (said.isNil) return "> without an address";
    if (said.address !== moving && this.book.isLive(said.address)) return this.#refuseLive(said.address);
    return this.book.realloc(moving, said.address, said.size);
  }

  #refuseLive(address: AddressKey): string {
    const shown = typeof address === "number" ? address.toString(16) : address;
    return this.refuseAll(`0x${shown} is allocated a second time without a free between: ${ONE_PROCESS}`);
  }
}
