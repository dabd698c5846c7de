import { readDocument } from "../../base/document";
import type { CustomFit } from "../../heap/options";
import type { History } from "../../run/history";
import { PolicyError, type PolicyFault } from "./policy-fault";
import { POLICY_ANSWER, type PolicyAnswer } from "./policy-messages";
import { type PolicyRequests, ServedRequests } from "./policy-requests";

/** What came of a policy of one's own. */
export interface JudgedPolicy {
  /** The run under the policy; as far as it came, when there is a fault. */
  readonly run: History;
  /** What is wrong with the policy; null when every operation was made. */
  readonly fault: PolicyFault | null;
  /** The operations at which it chose no hole although one was large enough. That is allowed. */
  readonly declined: readonly number[];
}

/**
 * Serves the requests once more, on a heap of this realm, with the holes that a policy chose elsewhere. Whatever `answer` says,
 * what comes of it is a run of these requests, every one granted out of a hole that was there, or a fault.
 * @param answer a `PolicyAnswer`, from wherever hostile code may have run
 * @throws RangeError when it is none
 */
export function judgePolicy(requests: PolicyRequests, answer: unknown): JudgedPolicy {
  const given = readDocument(POLICY_ANSWER, answer);
  const length = Math.min(given.holes.length, given.searches.length, given.examined.length);
  const declined: number[] = [];
  const replay = new Replayed(given, declined);
  const served = new ServedRequests(requests, replay.fit);
  replay.served = served;
  let { fault } = given;
  try {
    while (!served.done && served.run.length < length) served.advance();
    if (!served.done) fault ??= incomplete().fault(served.run.length + 1);
  } catch (error) {
    fault = (error instanceof PolicyError ? error : incomplete()).fault(served.run.length + 1);
  }
  const step = fault?.step == null ? null : Math.min(fault.step, requests.calls.length);
  return { run: served.run.stop(), fault: fault && { ...fault, step }, declined };
}

/** Chooses what was chosen. */
class Replayed {
  served!: ServedRequests;
  #step = -1;
  #search = 0;
  #looked = 0;

  constructor(
    private readonly answer: PolicyAnswer,
    private readonly declined: number[],
  ) {}

  readonly fit: CustomFit = (holes, size) => {
    const { answer, served } = this;
    const { heap } = served;
    const step = served.run.length;
    if (step !== this.#step) [this.#step, this.#search, this.#looked] = [step, 0, 0];
    // Such holes notice when they are looked at: that is how they are counted.
    const look = Math.min(holes.length, answer.examined[step]! - this.#looked);
    for (let i = 0; i < look; i++) holes[i]!.size;
    this.#looked += Math.max(0, look);
    this.#search++;
    const wanted = answer.holes[step]!;
    if (Number.isNaN(wanted) || this.#search < answer.searches[step]!) {
      if (heap.largestHole >= size && this.declined.at(-1) !== step + 1) this.declined.push(step + 1);
      return null;
    }
    let at = 0;
    for (const hole of heap.holes()) {
      if (hole.address === wanted) break;
      at++;
    }
    if (at === holes.length)
      throw new PolicyError("answer", `There is no hole at ${wanted}, of which the policy's answer speaks.`);
    return holes[at];
  };
}

function incomplete(): PolicyError {
  return new PolicyError("answer", "What the policy answered does not belong to this run.");
}
