import type { FromWorker, RequestKind, Requests, ToWorker, WorkerStart } from "../protocol";

/** Milliseconds that a worker has to say that it was interrupted; one that says nothing is computing. */
const PATIENCE = 1000;

/** What a worker was ended in the midst of: the reader is told. */
export class WorkerEnded extends Error {}

type Output = Exclude<FromWorker, { type: "answer" | "interrupted" | "failed" }>;

/**
 * The worker in which the cells of a notebook run. It may begin before there is a notebook: its compiler then reads in the meantime. Where it cannot be interrupted, another one takes its place.
 */
export class NotebookWorker {
  readonly #script: string;
  readonly #start: WorkerStart;
  readonly #waiting = new Map<number, { resolve(answer: unknown): void; reject(error: Error): void }>();
  #onOutput: (output: Output) => void = () => {};
  #folder = "";
  #worker: Worker;
  #requests = 0;
  #ended: WorkerEnded | undefined;
  #patience: ReturnType<typeof setTimeout> | undefined;

  /** @param script the address of worker.js */
  constructor(script: string, start: WorkerStart) {
    this.#script = script;
    this.#start = start;
    this.#worker = this.#begin();
  }

  /** Makes it the worker of a notebook in a folder of the file browser; what its cells put out goes to `onOutput`. */
  enter(folder: string, onOutput: (output: Output) => void): void {
    this.#folder = folder;
    this.#onOutput = onOutput;
    this.#post({ type: "enter", folder });
  }

  /** Asks the worker; a request waits until those before it are answered. */
  ask<Kind extends RequestKind>(kind: Kind, ask: Requests[Kind]["ask"]): Promise<Requests[Kind]["answer"]> {
    const id = ++this.#requests;
    return new Promise((resolve, reject) => {
      if (this.#ended) return reject(this.#ended);
      this.#waiting.set(id, { resolve: resolve as (answer: unknown) => void, reject });
      this.#post({ type: "request", id, kind, ask });
    });
  }

  /** Gives the line of text that a cell has asked the reader for. */
  input(value: string): void {
    this.#post({ type: "input", value });
  }

  /** Gives a file that a cell has asked for; null where there is none. */
  giveFile(id: number, bytes: Uint8Array | null): void {
    this.#post({ type: "file", id, bytes });
  }

  /** Ends what waits at once; a worker that computes is ended itself, with all variables. */
  interrupt(): void {
    if (this.#waiting.size === 0 || this.#patience !== undefined) return;
    this.#post({ type: "interrupt" });
    this.#patience = setTimeout(() => {
      const error =
        "The cell was computing and could not be interrupted, so its worker was ended: all variables are gone. Run the cells above again.";
      this.#end(new WorkerEnded(error));
      this.#worker = this.#begin();
    }, PATIENCE);
  }

  dispose(): void {
    this.#end(new WorkerEnded("The kernel was shut down."));
  }

  #begin(): Worker {
    this.#ended = undefined;
    const worker = new Worker(beginningOf(this.#script));
    worker.onmessage = ({ data }: MessageEvent<FromWorker>) => this.#hear(data);
    worker.onerror = (event) => {
      event.preventDefault();
      if (event.message === undefined)
        this.#end(new WorkerEnded("The kernel's worker could not be started."));
      else this.#onOutput({ type: "write", stream: "stderr", text: `${event.message}\n` });
    };
    worker.postMessage({ type: "start", ...this.#start } satisfies ToWorker);
    worker.postMessage({ type: "enter", folder: this.#folder } satisfies ToWorker);
    return worker;
  }

  #hear(message: FromWorker): void {
    if (message.type === "interrupted") this.#calm();
    else if (message.type === "failed")
      this.#end(new WorkerEnded(`The kernel could not start: ${message.reason}`));
    else if (message.type === "answer") {
      this.#waiting.get(message.id)?.resolve(message.answer);
      this.#waiting.delete(message.id);
    } else this.#onOutput(message);
  }

  #calm(): void {
    clearTimeout(this.#patience);
    this.#patience = undefined;
  }

  #end(error: WorkerEnded): void {
    this.#calm();
    this.#worker.terminate();
    this.#ended = error;
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }

  #post(message: ToWorker): void {
    this.#worker.postMessage(message);
  }
}

/**
 * The address of a script that loads the worker's. A worker whose own address is a blob's is bound by the Content-Security-Policy of its
 * page; one that came from a server is bound by what the server sends alone, which on many hosts is none.
 */
function beginningOf(script: string): string {
  const failed: FromWorker = { type: "failed", reason: `${script} could not be loaded.` };
  const code = `try{importScripts(${JSON.stringify(script)})}catch(error){postMessage(${JSON.stringify(failed)});throw error}`;
  return URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
}
