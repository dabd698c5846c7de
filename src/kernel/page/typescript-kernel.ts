import type { KernelMessage } from "@jupyterlab/services";
import { BaseKernel, type IKernel } from "@jupyterlite/services";
import type { FileBrowser } from "./file-browser";
import type { NotebookWorker } from "./notebook-worker";

/** What a kernel is given beside what JupyterLite gives it. */
export interface TypeScriptKernelOptions {
  readonly worker: NotebookWorker;
  readonly files: FileBrowser;
}

/** A kernel of JupyterLite for TypeScript: passes messages on to the worker of its notebook, and answers back. */
export class TypeScriptKernel extends BaseKernel {
  readonly #worker: NotebookWorker;
  readonly #files: FileBrowser;
  /** The files that are being saved. */
  readonly #saves = new Set<Promise<void>>();

  constructor(options: IKernel.IOptions, { worker, files }: TypeScriptKernelOptions) {
    super(options);
    this.#worker = worker;
    this.#files = files;
    worker.enter(folderOf(options.location), (output) => {
      if (output.type === "write") this.stream({ name: output.stream, text: output.text });
      else if (output.type === "save") this.#save(output.path, output.bytes);
      else if (output.type === "read")
        void files.read(output.path).then((bytes) => worker.giveFile(output.id, bytes));
      else if (output.type === "input")
        this.inputRequest({ prompt: output.prompt, password: output.isPassword });
      else {
        const content = output.message as KernelMessage.IDisplayDataMsg["content"];
        if (output.update) this.updateDisplayData(content as KernelMessage.IUpdateDisplayDataMsg["content"]);
        else this.displayData(content);
      }
    });
  }

  override dispose(): void {
    this.#worker.dispose();
    super.dispose();
  }

  /** Ends the cell that runs. */
  interrupt(): void {
    this.#worker.interrupt();
  }

  async kernelInfoRequest(): Promise<KernelMessage.IInfoReplyMsg["content"]> {
    return {
      status: "ok",
      protocol_version: "5.3",
      implementation: "tslab",
      implementation_version: "1.0.22",
      banner: "TypeScript in the browser, with tslab's meaning",
      help_links: [],
      language_info: {
        name: "typescript",
        version: "5.0.4",
        mimetype: "text/typescript",
        file_extension: ".ts",
        codemirror_mode: { name: "javascript", typescript: true, mode: "typescript" },
      },
    };
  }

  async executeRequest({
    code,
    silent,
  }: KernelMessage.IExecuteRequestMsg["content"]): Promise<KernelMessage.IExecuteReplyMsg["content"]> {
    const count = this.executionCount;
    const { error } = await this.#worker.ask("execute", { code, count }).catch((ended: Error) => ({
      error: { name: "Interrupted", message: ended.message, traceback: [ended.message] },
    }));
    // When a cell is done, its files are there.
    await Promise.all(this.#saves);
    if (!error) return { status: "ok", execution_count: count, user_expressions: {} };
    const content = { ename: error.name, evalue: error.message, traceback: [...error.traceback] };
    if (!silent) this.publishExecuteError(content);
    return { status: "error", execution_count: count, ...content };
  }

  /** Saves a file; where that fails, as when the browser has no room left, the cell says so. */
  #save(path: string, bytes: Uint8Array): void {
    const saved: Promise<void> = this.#files
      .save(path, bytes)
      .catch((error: unknown) => {
        const reason = error instanceof Error ? error.message : String(error);
        this.stream({
          name: "stderr",
          text: `${path} could not be saved into the file browser: ${reason}\n`,
        });
      })
      .finally(() => this.#saves.delete(saved));
    this.#saves.add(saved);
  }

  async completeRequest({
    code,
    cursor_pos,
  }: KernelMessage.ICompleteRequestMsg["content"]): Promise<KernelMessage.ICompleteReplyMsg["content"]> {
    const { start, end, names, kinds } = await this.#worker.ask("complete", { code, position: cursor_pos });
    const types = names.map((text, i) => ({ text, start, end, type: kinds[i] ?? "" }));
    return {
      status: "ok",
      matches: [...names],
      cursor_start: start,
      cursor_end: end,
      // The name under which Jupyter's front ends look for it.
      metadata: { _jupyter_types_experimental: types },
    };
  }

  async inspectRequest({
    code,
    cursor_pos,
  }: KernelMessage.IInspectRequestMsg["content"]): Promise<KernelMessage.IInspectReplyMsg["content"]> {
    const { text } = await this.#worker.ask("inspect", { code, position: cursor_pos });
    if (text === undefined) return { status: "ok", found: false, data: {}, metadata: {} };
    return { status: "ok", found: true, data: { "text/plain": text }, metadata: {} };
  }

  async isCompleteRequest({
    code,
  }: KernelMessage.IIsCompleteRequestMsg["content"]): Promise<KernelMessage.IIsCompleteReplyMsg["content"]> {
    const { isComplete, indent = "" } = await this.#worker.ask("isComplete", { code });
    return isComplete ? { status: "complete" } : { status: "incomplete", indent };
  }

  async commInfoRequest(): Promise<KernelMessage.ICommInfoReplyMsg["content"]> {
    return { status: "ok", comms: {} };
  }

  inputReply(content: KernelMessage.IInputReplyMsg["content"]): void {
    this.#worker.input("value" in content ? content.value : "");
  }

  // As tslab: no comms, and so no widgets.
  async commOpen(): Promise<void> {}
  async commMsg(): Promise<void> {}
  async commClose(): Promise<void> {}
}

/** The folder in which a kernel is started, without the name of its drive. */
function folderOf(location: string): string {
  return location.replace(/^[^/:]*:/, "");
}
