import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import type { AnsweredCode } from "../../../notebook/answer";
import { projectRoot } from "../../paths";
import type { CodeTask, Judgement } from "./code-task";
import { giveAnswer, sharedAnswer } from "./remote-code";

/** What a code may take. */
export interface CodeLimits {
  /** Seconds of one call. */
  readonly callSeconds: number;
  /** Seconds of all calls together. */
  readonly seconds: number;
  /** Bytes of memory. */
  readonly memoryBytes: number;
}

const LIMITS: CodeLimits = { callSeconds: 5, seconds: 120, memoryBytes: 512e6 };

/** Characters of an answer that are waited for. */
const LONGEST = 2_000_000;

/**
 * Judges a class or a fit of somebody else's. It answers in a process of its own, which has no module, no file and nothing of this
 * library; the judge is a thread here, which asks it call by call and compares the answers.
 */
export async function judgeOwnCode(
  code: AnsweredCode,
  task: CodeTask,
  limits: CodeLimits = LIMITS,
  programs: Programs = builtPrograms(),
): Promise<Judgement> {
  const shared = sharedAnswer();
  const child = startServer(programs.server, limits);
  const judge = new Worker(programs.judge, { eval: true, workerData: { code, task, shared } });
  const asking = answering(child, limits, (line) => giveAnswer(shared, line));
  try {
    return await new Promise((resolve, reject) => {
      judge.on("message", (message: { ask: string } | { judgement: Judgement }) => {
        if ("ask" in message) asking(message.ask);
        else resolve(message.judgement);
      });
      judge.on("error", reject);
      judge.on("exit", (status) => reject(new Error(`The judge ended with code ${status}.`)));
    });
  } finally {
    child.kill("SIGKILL");
    await judge.terminate();
  }
}

/** The texts of the programs that are run: that in which the code answers, and that of the thread that judges. */
export interface Programs {
  readonly server: string;
  readonly judge: string;
}

let built: Programs | undefined;

/** The programs as they were when they were first asked for: what a submission writes to their files later is not run. */
export function builtPrograms(): Programs {
  if (built) return built;
  const places = [join(__dirname, "grade/own-code"), join(projectRoot, "dist/tools/grade/own-code")];
  const folder = places.find((place) => existsSync(join(place, "serve-code.js")));
  if (!folder) throw new Error("The programs of the grader are not compiled; run: npm run build.");
  const read = (name: string) => readFileSync(join(folder, name), "utf8");
  built = { server: read("serve-code.js"), judge: read("judge-code.js") };
  return built;
}

/** Starts the process in which the code answers: without files, processes and environment where this Node can see to it. */
function startServer(program: string, { memoryBytes }: CodeLimits): ChildProcess {
  const confined = ["--permission", "--experimental-permission"].find((flag) =>
    process.allowedNodeEnvironmentFlags.has(flag),
  );
  const megabytes = Math.ceil(memoryBytes / 2 / 1e6);
  const flags = [...(confined ? [confined, "--no-warnings"] : []), `--max-old-space-size=${megabytes}`];
  return spawn(process.execPath, [...flags, "-e", program], { env: {}, stdio: ["pipe", "pipe", "ignore"] });
}

/** A function that asks the process, and sees to it that there is an answer whatever becomes of the process. */
function answering(
  child: ChildProcess,
  { callSeconds, seconds, memoryBytes }: CodeLimits,
  answer: (line: string) => void,
): (line: string) => void {
  const begun = Date.now();
  let asked = false;
  let reason: string | null = null;
  let text = "";
  let clock: NodeJS.Timeout | undefined;
  const give = (line: string) => {
    if (!asked) return;
    asked = false;
    clearTimeout(clock);
    answer(line);
  };
  const end = (why: string) => {
    reason ??= why;
    child.kill("SIGKILL");
    give(JSON.stringify({ ended: reason }));
  };
  const watch = setInterval(() => {
    const size = residentBytes(child.pid);
    if (size !== null && size > memoryBytes)
      end(`It took more than ${Math.round(memoryBytes / 1e6)} MB of memory.`);
  }, 200);
  child.on("exit", () => {
    clearInterval(watch);
    end("Its process ended: it took too much memory, or ended itself.");
  });
  child.on("error", (error) => end(`It could not be run: ${error.message}.`));
  child.stdin!.on("error", () => {});
  child.stdout!.setEncoding("utf8").on("data", (piece: string) => {
    text += piece;
    const at = text.indexOf("\n");
    if (at < 0 && text.length < LONGEST) return;
    if (at < 0) return end("Its answer was longer than may be.");
    const line = text.slice(0, at);
    text = text.slice(at + 1);
    give(line);
  });
  return (line) => {
    asked = true;
    if (reason === null && Date.now() - begun > 1000 * seconds) end(`It took longer than ${seconds} s.`);
    if (reason !== null) return give(JSON.stringify({ ended: reason }));
    clock = setTimeout(() => end(`A call did not return within ${callSeconds} s.`), 1000 * callSeconds);
    child.stdin!.write(`${line}\n`);
  };
}

/** The memory that a process has; null where this system does not tell. */
function residentBytes(pid: number | undefined): number | null {
  try {
    return 4096 * Number(readFileSync(`/proc/${pid}/statm`, "utf8").split(" ")[1]);
  } catch {
    return null;
  }
}
