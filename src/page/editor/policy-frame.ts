import { html, script } from "../../base/markup";
import type { PolicyTask } from "../../playground/own-policy/policy-messages";

/** The program of the worker: `policy-worker.ts`, bundled; the build puts its text here. */
declare const POLICY_WORKER: string;

/** A frame that is not there after so many milliseconds does not come. */
const PATIENCE = 10_000;

/**
 * What the frame lets its documents and workers do: run the text that it was given, and reach nothing. What a page's own policy forbids
 * stays forbidden: one that names its sources has to allow `script-src 'unsafe-inline' 'unsafe-eval' blob:` and `worker-src blob:`.
 */
const CONTENT_POLICY = "default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval' blob:; worker-src blob:";

/** Runs in the frame: starts a worker for each task that comes with a port, and ends the one before. */
const FRAME_PROGRAM = `let worker,url;
addEventListener("message",({data,ports})=>{
worker&&worker.terminate();worker=null;
if(data.program)url=URL.createObjectURL(new Blob([data.program],{type:"text/javascript"}));
if(data.task){worker=new Worker(url);worker.postMessage(data.task,ports)}
});
parent.postMessage("ready","*")`;

/**
 * Where policies run: a worker in a hidden frame without an origin. The seal of the worker's realm (`seal.ts`) is one wall; the frame
 * is the other, and the browser's: no network, no cookies, no storage of the page's, and, where frames have processes of their own, not the
 * page's memory either.
 */
export class PolicyFrame {
  #frame: HTMLIFrameElement | null = null;
  #ready: Promise<Window> | null = null;

  /** Starts a worker on `task`. What it says comes through the returned port. */
  async start(task: PolicyTask): Promise<MessagePort> {
    const window = await this.#open();
    const { port1, port2 } = new MessageChannel();
    window.postMessage({ task }, "*", [port2]);
    return port1;
  }

  /** Ends the worker. */
  stop(): void {
    this.#frame?.contentWindow?.postMessage({}, "*");
  }

  /** Ends everything. A later `start` makes it anew. */
  close(): void {
    this.#frame?.remove();
    this.#frame = null;
    this.#ready = null;
  }

  #open(): Promise<Window> {
    if (this.#ready && this.#frame?.isConnected) return this.#ready;
    this.close();
    const frame = document.createElement("iframe");
    frame.setAttribute("sandbox", "allow-scripts");
    frame.title = "Where policies run";
    frame.hidden = true;
    frame.style.display = "none";
    const page = html`<!doctype html><html lang="en"><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${CONTENT_POLICY}"><title>Where policies run</title>${script(FRAME_PROGRAM)}`;
    frame.srcdoc = String(page);
    this.#frame = frame;
    this.#ready = new Promise<Window>((resolve, reject) => {
      const timer = setTimeout(() => end(null), PATIENCE);
      const heard = ({ source, data }: MessageEvent) => {
        if (source === frame.contentWindow && data === "ready") end(frame.contentWindow);
      };
      const end = (window: Window | null) => {
        clearTimeout(timer);
        removeEventListener("message", heard);
        if (!window)
          return reject(new Error("This page does not let a policy run: its frame does not start."));
        window.postMessage({ program: POLICY_WORKER }, "*");
        resolve(window);
      };
      addEventListener("message", heard);
    });
    document.body.append(frame);
    return this.#ready;
  }
}
