const MAGIC = 0xfd2fb528;
/** The first of sixteen magic numbers of frames that are to be skipped. */
const SKIPPABLE = 0x184d2a50;

/** Bytes of a frame header's dictionary id and content size, by the two bits that say so. */
const DICTIONARY_BYTES: readonly number[] = [0, 1, 2, 4];
const SIZE_BYTES: readonly number[] = [0, 2, 4, 8];

type Expected = "magic" | "skipped size" | "descriptor" | "header" | "block" | "content";

/**
 * Follows the frames of zstd data from piece to piece without unpacking them, to notice that they are cut short: Node's decompressor
 * then ends as if nothing were missing. Source: RFC 8878, section 3.
 */
export class ZstdFrames {
  /** What the bytes that come next are. */
  #next: Expected = "magic";
  /** How many of them are still to come. */
  #missing = 4;
  /** Those that came, as a number, least significant byte first. */
  #value = 0;
  #factor = 1;
  #checksumBytes = 0;
  #isLastBlock = false;

  /** Takes the next piece. */
  push(piece: Uint8Array): void {
    for (let at = 0; at < piece.length; ) {
      const length = Math.min(this.#missing, piece.length - at);
      if (this.#next !== "content" && this.#next !== "header") {
        for (let i = at; i < at + length; i++) {
          this.#value += this.#factor * piece[i]!;
          this.#factor *= 256;
        }
      }
      at += length;
      this.#missing -= length;
      while (this.#missing === 0) this.#goOn();
    }
  }

  /** Whether the data may end here: behind a whole frame. */
  get isWhole(): boolean {
    return this.#next === "magic" && this.#missing === 4;
  }

  #goOn(): void {
    const value = this.#value;
    this.#value = 0;
    this.#factor = 1;
    [this.#next, this.#missing] = this.#following(value);
  }

  /** What follows the bytes that just came, whose number is `value`, and how many bytes it has. */
  #following(value: number): [Expected, number] {
    switch (this.#next) {
      case "magic":
        if (value === MAGIC) return ["descriptor", 1];
        // What is no frame at all is the decompressor's to refuse.
        return [value - (value % 16) === SKIPPABLE ? "skipped size" : "magic", 4];
      case "skipped size":
        this.#isLastBlock = true;
        this.#checksumBytes = 0;
        return ["content", value];
      case "descriptor": {
        const isSingle = (value & 32) !== 0;
        this.#checksumBytes = (value & 4) !== 0 ? 4 : 0;
        const size = SIZE_BYTES[value >> 6] || (isSingle ? 1 : 0);
        return ["header", (isSingle ? 0 : 1) + DICTIONARY_BYTES[value & 3]! + size];
      }
      case "header":
        return ["block", 3];
      case "block": {
        this.#isLastBlock = (value & 1) !== 0;
        const repeatsOneByte = ((value >> 1) & 3) === 1;
        const checksum = this.#isLastBlock ? this.#checksumBytes : 0;
        return ["content", (repeatsOneByte ? 1 : value >> 3) + checksum];
      }
      case "content":
        return this.#isLastBlock ? ["magic", 4] : ["block", 3];
    }
  }
}
