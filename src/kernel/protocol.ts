import type { CellError } from "./cell-error";
import type { DisplayMessage } from "./tslab-display";

// What a page and the worker of a notebook say to each other.

/** What a worker is asked, and what it answers; each kind by its name. */
export interface Requests {
  execute: { ask: { code: string; count: number }; answer: { error?: CellError } };
  complete: { ask: { code: string; position: number }; answer: Completions };
  inspect: { ask: { code: string; position: number }; answer: { text?: string } };
  isComplete: { ask: { code: string }; answer: { isComplete: boolean; indent?: string } };
}

export type RequestKind = keyof Requests;

/** What can stand at a position, and what it takes the place of. */
export interface Completions {
  readonly start: number;
  readonly end: number;
  readonly names: readonly string[];
  /** What each name is: a function, a property, a class. */
  readonly kinds: readonly string[];
}

/** What a worker begins with. */
export interface WorkerStart {
  /** The addresses of the indices of packages. */
  readonly indices: readonly string[];
  /** The address below which the notebooks and their files are served, with a slash at its end. */
  readonly files: string;
}

export type ToWorker =
  | ({ readonly type: "start" } & WorkerStart)
  /** The folder of the notebook whose worker it is, as a path in the file browser. It comes before any request. */
  | { readonly type: "enter"; readonly folder: string }
  | { readonly type: "request"; readonly id: number; readonly kind: RequestKind; readonly ask: unknown }
  | { readonly type: "interrupt" }
  | { readonly type: "input"; readonly value: string }
  | { readonly type: "file"; readonly id: number; readonly bytes: Uint8Array | null };

export type FromWorker =
  | { readonly type: "answer"; readonly id: number; readonly answer: unknown }
  | { readonly type: "write"; readonly stream: "stdout" | "stderr"; readonly text: string }
  | { readonly type: "display"; readonly message: DisplayMessage; readonly update: boolean }
  | { readonly type: "input"; readonly prompt: string; readonly isPassword: boolean }
  | { readonly type: "read"; readonly id: number; readonly path: string }
  | { readonly type: "save"; readonly path: string; readonly bytes: Uint8Array }
  | { readonly type: "interrupted" }
  /** The worker could not begin; nothing that it is asked is answered. */
  | { readonly type: "failed"; readonly reason: string };
