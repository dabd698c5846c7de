import type { AnsweredCode } from "../../../notebook/answer";

/** What a call came to, where the code is. */
interface Said {
  readonly value?: unknown;
  /** What the value is, where it is no number, boolean or null. */
  readonly odd?: string;
  readonly threw?: string;
  /** Why there is no answer, and will be none any more. */
  readonly ended?: string;
}

/** That the process of the code is no more: it took too long, too much memory, or ended itself. */
export class CodeEnded extends Error {}

/** Bytes of the longest answer. */
const LONGEST = 1 << 20;

/** Where a thread waits for an answer: its length, −1 as long as there is none; and the answer. */
export function sharedAnswer(): SharedArrayBuffer {
  return new SharedArrayBuffer(4 + LONGEST);
}

/** Puts an answer there, and wakes the thread. */
export function giveAnswer(shared: SharedArrayBuffer, line: string): void {
  const bytes = Buffer.from(line);
  const fits = bytes.length <= LONGEST ? bytes : Buffer.from('{"odd":"a very long answer"}');
  new Uint8Array(shared, 4).set(fits);
  const length = new Int32Array(shared, 0, 1);
  Atomics.store(length, 0, fits.length);
  Atomics.notify(length, 0);
}

/** Code in another process, asked from a thread that waits for each answer. */
export class RemoteCode {
  readonly #length: Int32Array;
  readonly #bytes: Uint8Array;

  constructor(
    shared: SharedArrayBuffer,
    private readonly send: (line: string) => void,
  ) {
    this.#length = new Int32Array(shared, 0, 1);
    this.#bytes = new Uint8Array(shared, 4);
  }

  load(code: AnsweredCode): void {
    const { threw } = this.#ask(code);
    if (threw !== undefined) throw new CodeEnded(`${code.main} cannot be run by itself: ${threw}.`);
  }

  /** Makes a call. @throws what the code threw, as an Error; CodeEnded */
  call(...call: readonly unknown[]): unknown {
    const { value = null, odd, threw } = this.#ask(call);
    if (threw !== undefined) throw new Thrown(threw);
    return odd === undefined ? value : new Odd(odd);
  }

  #ask(what: unknown): Said {
    Atomics.store(this.#length, 0, -1);
    this.send(JSON.stringify(what));
    // The notice of an earlier answer can come late, when that answer has long been read.
    while (Atomics.load(this.#length, 0) < 0) Atomics.wait(this.#length, 0, -1);
    const text = Buffer.from(this.#bytes.slice(0, Atomics.load(this.#length, 0))).toString();
    const said = readSaid(text);
    if (said.ended !== undefined) throw new CodeEnded(said.ended);
    return said;
  }
}

/** What the code threw; its text is what there was. */
class Thrown extends Error {
  override toString(): string {
    return this.message;
  }
}

/** An answer that is no number, boolean or null. */
export class Odd {
  constructor(private readonly text: string) {}
  toString(): string {
    return this.text;
  }
}

function readSaid(text: string): Said {
  try {
    const said = JSON.parse(text) as Said;
    if (typeof said === "object" && said !== null) return said;
  } catch {
    // What came is no answer.
  }
  return { odd: "what cannot be read" };
}
