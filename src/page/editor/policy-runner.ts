import { readDocument } from "../../base/document";
import { judgePolicy } from "../../playground/own-policy/judge-policy";
import { compilePolicy, isProgram, type PolicyProgram } from "../../playground/own-policy/policy-code";
import { PolicyError, type PolicyFault } from "../../playground/own-policy/policy-fault";
import { POLICY_PLACE, type PolicyPlaceMessage } from "../../playground/own-policy/policy-messages";
import type { PolicyRequests } from "../../playground/own-policy/policy-requests";
import type { History } from "../../run/history";
import { PolicyFrame } from "./policy-frame";

/** Milliseconds that a policy has for a whole run. */
const TIME_LIMIT = 1000;
/** After so many more the worker is ended from outside: then the policy is in something that nothing can break off. */
const GRACE = 250;
/** Until a worker begins, on a busy machine. */
const PATIENCE = 10_000;

/** What came of a policy's code. */
export interface PolicyOutcome {
  /** What it was asked to serve. */
  readonly requests: PolicyRequests;
  /** The run under the policy, as far as it came; null when it did not begin. */
  readonly run: History | null;
  /** What is wrong; null when every operation was made. */
  readonly fault: PolicyFault | null;
  /** The operations at which it chose no hole although one was large enough. */
  readonly declined: readonly number[];
}

/** What a worker came to: what it said last, and where it was when it was ended. */
interface Ended {
  readonly answer?: unknown;
  readonly place?: PolicyPlaceMessage;
  readonly begun: boolean;
}

/** Runs policies, one at a time: the newest ends the one before. No policy can hold up the page. */
export class PolicyRunner {
  readonly #frame = new PolicyFrame();
  #newest = 0;
  #abandon: (() => void) | null = null;

  /** @returns what came of the code; null when a newer call took its place, or `close` ended it */
  async run(code: string, requests: PolicyRequests): Promise<PolicyOutcome | null> {
    const ticket = this.#begin();
    const program = compilePolicy(code);
    if (!isProgram(program)) return failed(requests, program);
    try {
      const outcome = await this.#judged(program, requests, ticket);
      return ticket === this.#newest ? outcome : null;
    } catch (error) {
      if (ticket !== this.#newest) return null;
      this.#frame.close();
      const message = error instanceof Error ? error.message : String(error);
      return failed(requests, new PolicyError("browser", message).fault());
    }
  }

  /** Ends what is running, and gives back what it takes. A later `run` begins anew. */
  close(): void {
    this.#begin();
    this.#frame.close();
  }

  #begin(): number {
    this.#abandon?.();
    return ++this.#newest;
  }

  async #judged(
    program: PolicyProgram,
    requests: PolicyRequests,
    ticket: number,
  ): Promise<PolicyOutcome | null> {
    let ended = await this.#ask(program, requests, ticket, false);
    if (ticket !== this.#newest) return null;
    if (ended.answer === undefined && ended.begun) {
      // Nobody knows where it was. The same once more, told step by step.
      ended = await this.#ask(program, requests, ticket, true);
      if (ticket !== this.#newest) return null;
    }
    if (ended.answer !== undefined) return { requests, ...judgePolicy(requests, ended.answer) };
    if (!ended.begun) throw new Error("This page does not let a policy run: its worker does not start.");
    const { step = 0, line = program.line } = ended.place ?? {};
    const message = `A run must come to its end within ${TIME_LIMIT / 1000} second, and the policy was in something that cannot be broken off.`;
    return failed(requests, new PolicyError("time", message, line).fault(step || null));
  }

  /** Has a worker run the program, and waits until it answers, or must be ended. */
  async #ask(
    program: PolicyProgram,
    requests: PolicyRequests,
    ticket: number,
    follow: boolean,
  ): Promise<Ended> {
    const port = await this.#frame.start({ program, requests, milliseconds: TIME_LIMIT, follow });
    // While the frame came up, a newer call may have come.
    if (ticket !== this.#newest) return { begun: false };
    return await new Promise<Ended>((resolve) => {
      let place: PolicyPlaceMessage | undefined;
      let begun = false;
      const end = (ended: Ended) => {
        clearTimeout(timer);
        port.close();
        this.#abandon = null;
        this.#frame.stop();
        resolve(ended);
      };
      const late = () => {
        end({ begun, ...(place && { place }) });
        // What does not answer may have taken the frame with it.
        this.#frame.close();
      };
      let timer = setTimeout(late, PATIENCE);
      this.#abandon = () => end({ begun });
      port.onmessage = ({ data }: MessageEvent<unknown>) => {
        if (data === "begun") {
          if (begun) return;
          begun = true;
          clearTimeout(timer);
          timer = setTimeout(late, TIME_LIMIT + GRACE);
        } else if (isPlace(data)) place = data;
        else end({ begun, answer: data });
      };
    });
  }
}

function isPlace(data: unknown): data is PolicyPlaceMessage {
  try {
    readDocument(POLICY_PLACE, data);
    return true;
  } catch {
    return false;
  }
}

function failed(requests: PolicyRequests, fault: PolicyFault): PolicyOutcome {
  return { requests, run: null, fault, declined: [] };
}
