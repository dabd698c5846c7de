import type { Page } from "playwright-core";

/** What a kernel said to a cell. */
export interface Answer {
  readonly status: string;
  readonly stdout: string;
  readonly stderr: string;
  readonly traceback: string;
  readonly displays: number;
}

/**
 * Has the kernel of the notebook in a page execute code that is in none of its cells; a question to the reader is answered with "Ada".
 * @param options.interruptAfter milliseconds after which it is interrupted; default never
 */
export async function executeIn(page: Page, code: string, { interruptAfter = 0 } = {}): Promise<Answer> {
  return await page.evaluate(executeInPage, { code, interruptAfter });
}

/** Runs in the page. */
async function executeInPage({
  code,
  interruptAfter,
}: {
  code: string;
  interruptAfter: number;
}): Promise<Answer> {
  // biome-ignore lint/suspicious/noExplicitAny: JupyterLab's kernel connection, of which the tests declare little
  const kernel = window.jupyterapp.shell.currentWidget?.sessionContext.session?.kernel as any;
  const answer = { status: "", stdout: "", stderr: "", traceback: "", displays: 0 };
  const future = kernel.requestExecute({ code, allow_stdin: true });
  // biome-ignore lint/suspicious/noExplicitAny: a message of any kind
  future.onIOPub = ({ header, content }: any) => {
    if (header.msg_type === "stream") answer[content.name as "stdout" | "stderr"] += content.text;
    if (header.msg_type === "error") answer.traceback += content.traceback.join("\n");
    if (header.msg_type === "display_data") answer.displays++;
  };
  future.onStdin = () => kernel.sendInputReply({ status: "ok", value: "Ada" }, future.msg.header);
  if (interruptAfter > 0) setTimeout(() => kernel.interrupt(), interruptAfter);
  const reply = await future.done;
  return { ...answer, status: reply.content.status };
}
