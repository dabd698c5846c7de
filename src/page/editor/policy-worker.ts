/*
 * The program of the worker in which a policy of one's own runs: one worker for every run. It takes what it needs of its realm, seals the
 * realm, runs the policy, says what came of it, and is ended by its page.
 */
import type {
  PolicyAnswer,
  PolicyPlaceMessage,
  PolicyTask,
} from "../../playground/own-policy/policy-messages";
import { runPolicy } from "../../playground/own-policy/run-policy";
import { seal } from "../../playground/own-policy/seal";

/** What is used of a worker's realm. */
interface WorkerRealm {
  onmessage:
    | ((message: { readonly data: PolicyTask; readonly ports: readonly MessagePort[] }) => void)
    | null;
  addEventListener(type: "error", listener: (event: ErrorEvent) => void): void;
}

/** Messages at most of one that is followed: what comes later is told no more. */
const MOST_PLACES = 20_000;

const realm = globalThis as unknown as WorkerRealm;
realm.onmessage = ({ data: task, ports: [port] }) => {
  const tell = MessagePort.prototype.postMessage.bind(port);
  // biome-ignore lint/security/noGlobalEval: this is where the policy's code becomes a program; nothing else can from then on.
  const evaluate = globalThis.eval;
  const now = performance.now.bind(performance);
  const later = setTimeout.bind(globalThis);
  let heard: ((line: number) => void) | null = null;
  realm.addEventListener("error", (event) => {
    if (!heard) return;
    event.preventDefault();
    heard(event.lineno);
  });
  seal(globalThis, evaluate);

  let places = 0;
  const follow = (step: number, line: number) => {
    if (places++ < MOST_PLACES) tell({ version: 1, step, line } satisfies PolicyPlaceMessage);
  };
  tell("begun");
  const { program, requests, milliseconds } = task;
  const answer = runPolicy(program, requests, milliseconds, {
    evaluate,
    now,
    ...(task.follow && { follow }),
  });
  if (answer.fault?.rule !== "syntax" || answer.fault.line !== null) {
    tell(answer);
    return;
  }
  // Chromium says where a syntax error is to those alone who do not catch it.
  heard = (line) => {
    heard = null;
    tell({ ...answer, fault: { ...answer.fault!, line: line >= 1 ? line : null } } satisfies PolicyAnswer);
  };
  later(() => evaluate(program.plain));
  later(() => heard?.(0));
};
