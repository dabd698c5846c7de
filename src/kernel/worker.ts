import { isCompleteCode } from "./compiler/compiler";
import { assetAddresses, type PackageIndex } from "./packages";
import type { FromWorker, RequestKind, Requests, ToWorker, WorkerStart } from "./protocol";
import { fetchText, ServedFiles } from "./served-files";
import { type Session, startSession } from "./session";
import { TextBatch } from "./text-batch";

// The worker of a notebook: runs its cells, one after the other, and says what they put out.

const page = globalThis as unknown as {
  postMessage(message: FromWorker): void;
  onmessage: ((event: { data: ToWorker }) => void) | null;
  addEventListener(
    type: "unhandledrejection" | "error",
    listener: (event: { preventDefault(): void; reason?: unknown; error?: unknown }) => void,
  ): void;
};

const say = (message: FromWorker) => page.postMessage(message);
const text = new TextBatch((stream, text) => say({ type: "write", stream, text }));

let session: Session;
let files: ServedFiles;

/** What get the files that the page was asked for. */
const takeFile = new Map<number, (bytes: Uint8Array | null) => void>();
let filesAsked = 0;

/** What gets the next line that the reader gives. */
let takeInput: ((line: string) => void) | undefined;

/** What answers each kind of request. */
const answers: {
  [Kind in RequestKind]: (
    ask: Requests[Kind]["ask"],
  ) => Requests[Kind]["answer"] | Promise<Requests[Kind]["answer"]>;
} = {
  async execute({ code, count }) {
    const error = await session.cells.run(code, count);
    text.flush();
    return error ? { error } : {};
  },
  complete({ code, position }) {
    const { start, end, candidates, original } = session.cells.complete(code, position);
    const kinds = new Map(original?.entries.map(({ name, kind }) => [name, kind]));
    return { start, end, names: candidates, kinds: candidates.map((name) => kinds.get(name) ?? "") };
  },
  inspect({ code, position }) {
    const said = session.cells.inspect(code, position);
    return said === undefined ? {} : { text: said };
  },
  isComplete({ code }) {
    const { completed, indent } = isCompleteCode(code);
    return { isComplete: completed, ...(indent !== undefined && { indent }) };
  },
};

page.onmessage = ({ data }) => {
  if (data.type === "start") begin(data);
  else if (data.type === "enter") files.folder = `/${data.folder}`;
  else if (data.type === "request") void answer(data);
  else if (data.type === "interrupt") interrupt();
  else if (data.type === "input") takeInput?.(data.value);
  else takeFile.get(data.id)?.(data.bytes);
};

function begin(data: WorkerStart): void {
  try {
    start(data);
  } catch (error) {
    say({ type: "failed", reason: error instanceof Error ? error.message : String(error) });
  }
}

function start({ indices, files: root }: WorkerStart): void {
  const packages = indices.map((address) => ({
    address,
    index: JSON.parse(fetchText(address)) as PackageIndex,
    fetchText: (place: string) => fetchText(new URL(place, address).href),
  }));
  const assets = new Map(packages.flatMap(({ index, address }) => assetAddresses(index, address)));
  const save = (path: string, bytes: Uint8Array) => say({ type: "save", path, bytes });
  files = new ServedFiles({ root, assets, save, ask: askForFile });
  session = startSession(
    { packages, ask, files },
    {
      write: (stream, written) => text.write(stream, written),
      display(message, update) {
        text.flush();
        say({ type: "display", message, update });
      },
    },
  );
}

// What goes wrong in nobody's hands is printed, in tslab's words.
page.addEventListener("unhandledrejection", (event) => {
  event.preventDefault();
  console.error("UnhandledPromiseRejection:", event.reason);
});
page.addEventListener("error", (event) => {
  event.preventDefault();
  console.error("UncaughtException:", event.error);
});

async function answer({ id, kind, ask }: Extract<ToWorker, { type: "request" }>): Promise<void> {
  say({ type: "answer", id, answer: await (answers[kind] as (ask: unknown) => unknown)(ask) });
}

function askForFile(path: string): Promise<Uint8Array | null> {
  const id = ++filesAsked;
  say({ type: "read", id, path });
  return new Promise((resolve) => {
    takeFile.set(id, (bytes) => {
      takeFile.delete(id);
      resolve(bytes);
    });
  });
}

function ask(prompt: string): Promise<string> {
  text.flush();
  say({ type: "input", prompt, isPassword: false });
  return new Promise((resolve) => {
    takeInput = resolve;
  });
}

function interrupt(): void {
  say({ type: "interrupted" });
  session.interrupt();
}
