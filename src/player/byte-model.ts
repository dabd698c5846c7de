/** Chances are parts of 65,536. */
const ONE = 65_536;
/** Between so many points, a chance is refined. */
const POINTS = 16;

/**
 * Foretells the bits of bytes of which many are like one of the two before them, as a Burrows–Wheeler transform puts them: packing writes
 * down only how what came differs from it. Integers alone, so that every machine foretells the same.
 *
 * It mixes what followed of late on the bits of this byte so far, alone, behind the last byte, and behind the one before it; then it
 * looks up how such a forecast has turned out of late, in a run of equal bytes and outside of one.
 */
export class ByteModel {
  readonly #alone = new Uint16Array(256).fill(ONE / 2);
  readonly #behind = new Uint16Array(ONE).fill(ONE / 2);
  readonly #turnedOut = Uint16Array.from({ length: 2 * 256 * (POINTS + 1) }, (_, i) =>
    Math.min(ONE - 1, ((i % (POINTS + 1)) * ONE) / POINTS),
  );
  /** The bits of the byte so far, behind a 1. */
  #bits = 1;
  #last = 0;
  #before = 0;
  #run = 0;
  /** Where it has looked up the forecast. */
  #point = 0;

  /** The chance that the next bit is 1: of 65,536, and neither 0 nor all. */
  get chance(): number {
    const alone = this.#alone[this.#bits]!;
    const behind = this.#behind[this.#last | this.#bits]!;
    const before = this.#behind[this.#before | this.#bits]!;
    const forecast = (7 * alone + 7 * behind + 2 * before) >> 4;
    this.#point = ((this.#run > 2 ? 256 : 0) + this.#bits) * (POINTS + 1) + (forecast >> 12);
    const [low, high] = [this.#turnedOut[this.#point]!, this.#turnedOut[this.#point + 1]!];
    const refined = low + (((high - low) * (forecast & 4095)) >> 12);
    return Math.min(ONE - 8, Math.max(8, (forecast + 3 * refined) >> 2));
  }

  /** Learns what the bit was that `chance` was asked of. */
  learn(bit: number): void {
    const goal = bit * (ONE - 1);
    lean(this.#alone, this.#bits, goal, 2);
    lean(this.#behind, this.#last | this.#bits, goal, 4);
    lean(this.#turnedOut, this.#point, goal, 6);
    lean(this.#turnedOut, this.#point + 1, goal, 6);
    this.#bits = (this.#bits << 1) | bit;
    if (this.#bits < 256) return;
    this.#before = this.#last;
    this.#last = (this.#bits & 255) << 8;
    this.#run = this.#last === this.#before ? this.#run + 1 : 0;
    this.#bits = 1;
  }
}

/** Moves a chance towards its goal: the slower, the higher `rate`. */
function lean(chances: Uint16Array, at: number, goal: number, rate: number): void {
  chances[at]! += (goal - chances[at]!) >> rate;
}
