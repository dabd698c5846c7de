import type { WriteText } from "./node/console";

/** Most characters that are kept back. */
const MOST = 65_536;

/** Milliseconds after which text is sent on, also from a loop that never pauses. */
const LATEST = 50;

/** Puts pieces of text together, so that a cell that prints a thousand lines does not send a thousand messages. */
export class TextBatch {
  readonly #send: WriteText;
  #stream: "stdout" | "stderr" = "stdout";
  #pieces: string[] = [];
  #length = 0;
  #since = 0;

  constructor(send: WriteText) {
    this.#send = send;
  }

  write(stream: "stdout" | "stderr", text: string): void {
    if (stream !== this.#stream) this.flush();
    if (this.#pieces.length === 0) {
      this.#since = performance.now();
      setTimeout(() => this.flush(), LATEST);
    }
    this.#stream = stream;
    this.#pieces.push(text);
    this.#length += text.length;
    if (this.#length > MOST || performance.now() - this.#since > LATEST) this.flush();
  }

  /** Sends what is kept back. */
  flush(): void {
    if (this.#pieces.length === 0) return;
    this.#send(this.#stream, this.#pieces.join(""));
    this.#pieces = [];
    this.#length = 0;
  }
}
