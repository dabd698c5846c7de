import { fromBase64, toBase64 } from "../base/base64";
import { RefusedDocument } from "../base/document";
import type { Heap, HeapDescription } from "../heap/heap";
import { FREE, MALLOC } from "../trace/operation";
import { type HistoryJson, notAHistory, readHistory } from "./codec/history-json";
import { decodeOperations, encodeOperations } from "./codec/operations";
import { Cursor, checkStep, type RecordedRun } from "./cursor";
import { Choices, COALESCE, OperationLog, STEP_KINDS } from "./operation-log";
import { Overview } from "./overview";
import { heapOf, Rerun, type RunSource } from "./rerun";
import { StepTexts } from "./step-texts";
import { LONG, Stretches, type StretchOptions } from "./stretches";
import { Survey } from "./survey";

/** What a step asked of the heap, and the answer. */
export interface RecordedOperation {
  readonly kind: (typeof STEP_KINDS)[number];
  /** Bytes asked for; 0 for a free. */
  readonly request: number;
  /** The address that a free or realloc was given; null for the others and for `realloc(null, …)`. */
  readonly target: number | null;
  /** The payload address that was returned; null when none was, and for a free. */
  readonly address: number | null;
  /** Of a free, whether a block was freed; true for the others. */
  readonly freed: boolean;
}

/** How to record a heap. */
export interface HistoryOptions {
  /**
   * Makes an empty heap like the recorded one. Needed only for a class of one's own, which `createHeap` does not know; a
   * history of such a heap cannot be encoded. Default: `createHeap(heap.describe())`.
   */
  readonly make?: () => Heap;
}

/**
 * A run, recorded as what was asked of the heap: 25 bytes a step in memory, two to four encoded. Heaps are deterministic,
 * so everything else — any picture, block list, event or metric at any step — is had by running it again: see `cursor()`.
 *
 * Steps count from 0: step k is the state after k operations, step 0 the state before the first, step `length` the last.
 * The heap may hold blocks when recording starts.
 *
 * @example
 * const heap = new FreeList(8192, 4);
 * const history = History.of(heap);
 * heap.malloc(100);
 * const cursor = history.cursor();
 * cursor.seek(1).heap.asMatrix();
 */
export class History implements RecordedRun {
  /** The recorded heap's kind and parameters. */
  readonly description: HeapDescription;
  readonly #source: RunSource;
  readonly #portable: boolean;
  readonly #labels: StepTexts;
  readonly #marks: StepTexts;
  #survey: Survey | null = null;
  #overview = new Overview();
  #cut: StretchOptions = {};
  #stretches: Stretches | null = null;
  #indexed = false;
  #end: (() => void) | null = null;
  /** The operations as they were read, for a history from text. */
  #encoded: string | null = null;

  private constructor(
    description: HeapDescription,
    source: RunSource,
    { portable = true, labels = new StepTexts(), marks = new StepTexts() } = {},
  ) {
    this.description = description;
    this.#source = source;
    this.#portable = portable;
    this.#labels = labels;
    this.#marks = marks;
  }

  /**
   * Records every operation on `heap` from now on, until `stop()`. Costs a few nanoseconds an operation and no objects; a
   * heap whose fit is a function is also listened to, for its choices.
   * @throws RangeError for a kind of heap that `createHeap` does not know, unless `options.make` is given.
   */
  static of(heap: Heap, options: HistoryOptions = {}): History {
    const log = new OperationLog();
    const description = heap.describe();
    const custom = description.options.fit === "custom";
    if (custom) log.choices = new Choices();
    const makeHeap: RunSource["makeHeap"] = options.make ?? ((fit) => heapOf(description, fit));
    const start = isAsMade(
      heap,
      makeHeap(() => null),
    )
      ? null
      : heap.snapshot();
    const history = new History(description, { log, start, makeHeap }, { portable: !options.make });
    const ends = [heap.record(log)];
    if (custom) ends.push(heap.listen((event) => log.choices!.addEvent(event)));
    history.#end = () => {
      for (const end of ends) end();
    };
    return history;
  }

  /**
   * The history that `encode` (or `toJSON`) wrote. It may come from anywhere: every field is checked, nothing in it is run, and
   * what is taken can be run to its end. A step that names the block of a request that was denied names none, as in C.
   * @throws RangeError for something that is no encoded history; it names the first field that is wrong
   */
  static decode(encoded: string | HistoryJson): History {
    const json = readHistory(encoded);
    try {
      const custom = json.heap.options.fit === "custom";
      const log = decodeOperations(fromBase64(json.operations), json.steps, custom);
      const makeHeap: RunSource["makeHeap"] = (fit) => heapOf(json.heap, fit);
      const description = makeHeap(() => null).describe();
      const start = json.start === undefined ? null : { version: 1 as const, description, state: json.start };
      const source = { log, start, makeHeap };
      checkRequests(log, new Rerun(source).heap);
      const labels = StepTexts.from(json.labels);
      const marks = StepTexts.from(json.marks);
      const history = new History(description, source, { labels, marks });
      history.#encoded = json.operations;
      return history;
    } catch (error) {
      throw notAHistory(reasonOf(error));
    }
  }

  /** Number of steps. */
  get length(): number {
    return this.#source.log.length;
  }

  /** Whether operations are still being recorded. */
  get recording(): boolean {
    return this.#end !== null;
  }

  /** Ends the recording; the history stays as it is. */
  stop(): this {
    this.#end?.();
    this.#end = null;
    return this;
  }

  /** Names who makes the requests from the next step on, for example a function or a phase; "" for nobody. */
  label(who: string): this {
    this.#labels.set(this.length + 1, who);
    return this;
  }

  /** Who made the request of `step`; "" when nobody was named, and at step 0. */
  labelAt(step: number): string {
    return this.#labels.lastAt(step);
  }

  /** The steps from which on somebody else makes the requests, ascending, and who. */
  get labels(): readonly { readonly step: number; readonly text: string }[] {
    return this.#labels.entries;
  }

  /** Marks the present step, for the player's slider, for example `"all requests made"`. A second mark of a step replaces the first. */
  mark(text: string): this {
    this.#marks.set(this.length, text);
    return this;
  }

  /** The marked steps, ascending. */
  get marks(): readonly { readonly step: number; readonly text: string }[] {
    return this.#marks.entries;
  }

  /**
   * What step `step` (1..length) asked, and the answer.
   * @throws RangeError when there is no such step
   */
  operationAt(step: number): RecordedOperation {
    checkStep(step, 1, this.length);
    this.survey(step);
    const { log } = this.#source;
    const i = step - 1;
    const kind = log.kinds[i]!;
    const [target, result] = [log.targets[i]!, log.results[i]!];
    return {
      kind: STEP_KINDS[kind]!,
      request: log.requests[i]!,
      target: Number.isNaN(target) ? null : target,
      address: kind === FREE || kind === COALESCE || Number.isNaN(result) ? null : result,
      freed: kind !== FREE || result === 1,
    };
  }

  /** A new cursor at step 0. A history may have many. */
  cursor(): Cursor {
    return new Cursor(this);
  }

  /**
   * Runs ahead for about `milliseconds`, so that later seeks and metrics need not: a browser calls this between frames.
   * Without an argument it runs to the end. About a second for a million steps. Of a run of more than a million steps it keeps the
   * figures of some, and works out those of others when they are asked for, from a place near to them.
   * @returns whether the whole run is prepared
   */
  prepare(milliseconds: number = Number.POSITIVE_INFINITY): boolean {
    if (this.long) return this.stretches.work(milliseconds);
    return this.survey(0).work(milliseconds);
  }

  /** Steps that `prepare`, or a seek, has run over so far. */
  get prepared(): number {
    if (this.long) return this.#stretches?.overview.known ?? 0;
    return this.#survey?.known ?? 0;
  }

  /** @internal The last step that is near to one that is known: `prepared`, or the end of a run that came with keyframes. */
  get reach(): number {
    return this.#indexed ? this.length : this.prepared;
  }

  /** The history as plain JSON. @throws RangeError for a heap that was recorded with `options.make` */
  toJSON(): HistoryJson {
    if (!this.#portable) {
      throw new RangeError(
        "A history of a heap that was made by options.make cannot be written down; record a heap that createHeap knows.",
      );
    }
    const { start, log } = this.#source;
    const labels = this.#labels.toJson();
    const marks = this.#marks.toJson();
    return {
      format: "freelist-lab history",
      version: 1,
      heap: this.description,
      ...(start ? { start: start.state } : {}),
      steps: this.length,
      operations: this.#encoded ?? toBase64(encodeOperations(log)),
      ...(labels ? { labels } : {}),
      ...(marks ? { marks } : {}),
    };
  }

  /** The history as text for `History.decode`: JSON in which `<` is written `\u003c`, so that it may stand in a page's script. */
  encode(): string {
    return JSON.stringify(this.toJSON()).replaceAll("<", "\\u003c");
  }

  /** One line: steps, of which kinds. */
  toString(): string {
    const { log } = this.#source;
    const counts = STEP_KINDS.map(() => 0);
    for (let i = 0; i < log.length; i++) counts[log.kinds[i]!]!++;
    const kinds = STEP_KINDS.map((name, kind) => `${counts[kind]} ${name}`).filter(
      (_, kind) => kind <= 1 || counts[kind]! > 0,
    );
    return `history of ${this.length} steps (${kinds.join(", ")}) on a ${this.description.kind} heap of ${this.description.heapSize} bytes`;
  }

  /** What a notebook shows: `toString()`. */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }

  /** @internal Whether the figures of its steps are kept for a stretch at a time only. */
  get long(): boolean {
    return this.length > (this.#cut.whole ?? LONG);
  }

  /** @internal Cuts it otherwise than long runs are cut, or though it is short: to be called before it is read. */
  cut(options: StretchOptions): this {
    this.#cut = options;
    return this;
  }

  /** @internal What is known of a step, and of those around it: of a run that is not long, of all steps up to it. */
  survey(step: number): Survey {
    if (this.long) return this.stretches.at(step);
    this.#survey ??= new Survey(this.#source);
    this.#survey.reach(step);
    return this.#survey;
  }

  /** @internal What is known of all steps: of a long run a part after the other, each valid until the next. */
  surveys(): Iterable<Survey> {
    return this.long ? this.stretches.all() : [this.survey(this.length)];
  }

  /** @internal The whole run at a glance, as far as it has been prepared. */
  get overview(): Overview {
    if (this.long) return this.stretches.overview;
    this.#overview.add(this.survey(0));
    return this.#overview;
  }

  /**
   * @internal Of a long run, what makes every step near: as much text as its operations take, or less. Null for a run that is not
   * long. Prepares the run.
   */
  index(): string | null {
    if (!this.long) return null;
    this.prepare();
    // In older text an operation may name a block that is gone, whose address no keyframe has.
    this.#encoded = null;
    return this.stretches.index(encodeOperations(this.#source.log).length);
  }

  /** @internal Takes what `index` returned; anything else is left, and the run has to be read. */
  takeIndex(text: string): this {
    if (!this.long) return this;
    try {
      this.stretches.takeIndex(text);
      this.#indexed = true;
    } catch {
      // Nothing is lost by that but time.
    }
    return this;
  }

  /** @internal Of a long run. */
  get stretches(): Stretches {
    // It may have become long while it was recorded.
    this.#survey = null;
    this.#stretches ??= new Stretches(this.#source, this.#cut);
    return this.#stretches;
  }

  /** @internal What cursors run from. */
  get source(): RunSource {
    return this.#source;
  }
}

/** Whether `heap` is as `fresh`, which was just made. */
function isAsMade(heap: Heap, fresh: Heap): boolean {
  if (heap.liveBlocks > 0 || heap.capacity !== fresh.capacity) return false;
  if (heap.holeCount <= 1) return true;
  return JSON.stringify(heap.snapshot()) === JSON.stringify(fresh.snapshot());
}

/**
 * Refuses a run with a request that `heap` does not take. One that not every heap takes (a fraction, a negative number) is tried
 * on this one, which is thrown away.
 */
function checkRequests(log: OperationLog, heap: Heap): void {
  for (let i = 0; i < log.length; i++) {
    const request = log.requests[i]!;
    if (Number.isSafeInteger(request) && request >= 0) continue;
    if (log.kinds[i] === MALLOC) heap.malloc(request);
    else heap.realloc(null, request);
  }
}

/** Why a run was refused; what is wrong with the state of a snapshot is wrong with the start of the history. */
function reasonOf(error: unknown): string {
  if (error instanceof RefusedDocument) return error.reason.replace("its state", "its start");
  return error instanceof Error ? error.message : String(error);
}
