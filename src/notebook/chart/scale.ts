/** What a value is on an axis: a part of its length, with round numbers as ticks. */
export class Scale {
  readonly least: number;
  readonly most: number;
  readonly ticks: readonly number[];
  readonly #log: boolean;

  /**
   * @param values at least one, all finite; above 0 where `log` is true
   * @param round whether the ends are moved outwards to ticks
   */
  constructor(values: readonly number[], log: boolean, round = true) {
    const least = values.reduce((a, b) => Math.min(a, b), Infinity);
    const most = values.reduce((a, b) => Math.max(a, b), -Infinity);
    const step = log ? 1 : stepOf(most - least || Math.abs(most) || 1);
    const low = log ? 10 ** Math.floor(Math.log10(least)) : Math.floor(least / step) * step;
    const high = log ? 10 ** Math.ceil(Math.log10(most)) : Math.ceil(most / step) * step;
    this.#log = log;
    this.least = round ? low : least;
    this.most = round ? (high > low ? high : log ? 10 * low : low + step) : most;
    const ticks: number[] = [];
    if (log) for (let tick = low; tick <= this.most * 1.001; tick *= 10) ticks.push(tick);
    else
      for (let i = 0; low + i * step <= this.most + step / 1000; i++) {
        // Without the dust of binary fractions: 0.30000000000000004.
        ticks.push(Number((low + i * step).toPrecision(12)));
      }
    this.ticks = ticks;
  }

  /** 0 at the low end of the axis to 1 at its high end. */
  part(value: number): number {
    const at = this.#log ? Math.log : (x: number) => x;
    return (at(value) - at(this.least)) / (at(this.most) - at(this.least));
  }
}

/** A step of 1, 2 or 5 times a power of ten that makes five to ten ticks or so. */
function stepOf(range: number): number {
  const power = 10 ** Math.floor(Math.log10(range / 5));
  return power * ([1, 2, 5].find((times) => range / (power * times) <= 8) ?? 10);
}
