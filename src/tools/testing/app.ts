/*
 * The parts of JupyterLab's objects that the tests touch, in the page (`window.jupyterapp`, which JupyterLab offers with
 * --expose-app-in-browser). The functions here run in the page: each must be complete in itself.
 */

/** JupyterLab's application. */
export interface App {
  readonly restored: Promise<void>;
  readonly commands: { execute(command: string, args?: object): Promise<unknown> };
  readonly shell: { readonly currentWidget: NotebookPanel | null };
}

/** A notebook's tab. */
export interface NotebookPanel {
  readonly context: { readonly path: string; readonly ready: Promise<void>; save(): Promise<void> };
  readonly content: {
    readonly widgets: readonly CellWidget[];
    scrollToItem(index: number, align?: string): Promise<void>;
    activeCellIndex: number;
  };
  readonly sessionContext: {
    readonly ready: Promise<void>;
    readonly session: { readonly kernel: Kernel | null } | null;
    shutdown(): Promise<void>;
  };
}

interface Kernel {
  readonly status: string;
  readonly anyMessage: {
    connect(slot: (sender: unknown, sent: { msg: Message; direction: "send" | "recv" }) => void): void;
  };
}

interface Message {
  readonly header: { readonly msg_type: string; readonly msg_id: string };
  readonly parent_header: { readonly msg_id?: string };
  readonly metadata: { readonly cellId?: string };
  readonly content: { readonly status?: string };
}

interface CellWidget {
  readonly model: {
    readonly id: string;
    readonly type: string;
    readonly trusted: boolean;
    readonly executionCount?: number | null;
    readonly sharedModel: { getSource(): string };
    toJSON(): { readonly outputs?: readonly CellOutput[] };
  };
}

/** An output of a cell as the notebook's file has it. */
export interface CellOutput {
  readonly output_type: string;
  /** "stdout" or "stderr", for a stream. */
  readonly name?: string;
  /** What was printed, for a stream. */
  readonly text?: string | readonly string[];
  /** MIME type to content, for a display. */
  readonly data?: Readonly<Record<string, unknown>>;
}

declare global {
  interface Window {
    jupyterapp: App;
    /** The kernel's answers by cell id, since `runAll` was clicked: "ok" or "error". */
    freelistLabAnswers?: Map<string, string>;
  }
}
