/** @internal Spreads a number of replacements a step, which may be a fraction, over steps of whole ones. */
export class Churn {
  readonly #rate: number;
  #owed = 0;

  constructor(rate: number) {
    if (typeof rate !== "number") {
      throw new TypeError(`options.churn is a number, not a value of type ${typeof rate}: give 0 for none.`);
    }
    if (!(Number.isFinite(rate) && rate >= 0)) {
      throw new RangeError(`options.churn is a finite number from 0, not ${rate}: give 0 for none.`);
    }
    this.#rate = rate;
  }

  /** Whole replacements for the next step: after n steps, n · rate rounded down in total. */
  next(): number {
    this.#owed += this.#rate;
    const whole = Math.floor(this.#owed);
    this.#owed -= whole;
    return whole;
  }
}
