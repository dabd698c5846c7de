import type { Random } from "../random/random";
import { type Trace, TraceBuilder } from "../trace/trace";
import { type Lifetimes, type LiveBlocks, randomLifetimes } from "./lifetimes";
import type { Sizes } from "./sizes";

/** What every statistical workload takes. */
export interface PopulationOptions {
  /** How large its requests are, for example `uniformSizes(16, 1024)`. */
  readonly sizes: Sizes;
  /** Which block is freed when one must be. Default `randomLifetimes`. */
  readonly lifetimes?: Lifetimes;
}

/** @internal Writes a trace and hands out its ids: the id freed last is used again first. */
export class TraceWriter {
  readonly #builder: TraceBuilder;
  readonly #freeIds: number[] = [];
  #ids = 0;

  constructor(name: string, source: string) {
    this.#builder = new TraceBuilder({ name, source });
  }

  malloc(size: number): number {
    const id = this.#freeIds.pop() ?? this.#ids++;
    this.#builder.malloc(id, size);
    return id;
  }

  realloc(id: number, size: number): void {
    this.#builder.realloc(id, size);
  }

  free(id: number): void {
    this.#builder.free(id);
    this.#freeIds.push(id);
  }

  build(): Trace {
    return this.#builder.build();
  }
}

/** @internal Live blocks whose sizes and lifetimes follow one law, in a trace that is being written. */
export class Population {
  readonly #writer: TraceWriter;
  readonly #size: () => number;
  readonly #live: LiveBlocks;

  constructor(
    writer: TraceWriter,
    random: Random,
    { sizes, lifetimes = randomLifetimes }: PopulationOptions,
  ) {
    if (typeof sizes?.sampler !== "function") {
      throw new TypeError(
        "options.sizes says how large requests are: give, for example, uniformSizes(16, 1024).",
      );
    }
    this.#writer = writer;
    this.#size = sizes.sampler(random);
    this.#live = lifetimes.start(random);
  }

  /** Allocates and frees blocks, one at a time, until `count` are live. */
  resize(count: number): void {
    while (this.#live.count < count) this.#allocate();
    while (this.#live.count > count) this.#writer.free(this.#live.take());
  }

  /** Frees a block and allocates another, `times` times; nothing when no block is live. */
  replace(times: number): void {
    if (this.#live.count === 0) return;
    for (let i = 0; i < times; i++) {
      this.#writer.free(this.#live.take());
      this.#allocate();
    }
  }

  #allocate(): void {
    this.#live.add(this.#writer.malloc(this.#size()));
  }
}

/** @internal What a trace's source says of a population. */
export function describePopulation({ sizes, lifetimes = randomLifetimes }: PopulationOptions): string {
  return `sizes ${sizes?.name}, lifetimes ${lifetimes.name}`;
}

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
