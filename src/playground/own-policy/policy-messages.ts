import * as v from "valibot";
import { type DocumentKind, text, wholeNumber } from "../../base/document";
import type { PolicyProgram } from "./policy-code";
import { POLICY_RULES, type PolicyFault, type PolicyRule } from "./policy-fault";
import type { PolicyRequests } from "./policy-requests";

/** What is asked of the worker that runs a policy. */
export interface PolicyTask {
  readonly program: PolicyProgram;
  readonly requests: PolicyRequests;
  /** Milliseconds that the run may take. */
  readonly milliseconds: number;
  /** Whether the worker is to say where it is, each time that the operation or the line changes. */
  readonly follow: boolean;
}

/**
 * What a policy did, as the worker tells it: of each operation that was made, which hole was chosen (its address; NaN for none), by which
 * search of the operation (1 or 2), and how many holes were looked at; and why no more were made. It comes from where hostile code
 * has run: see `judgePolicy`.
 */
export interface PolicyAnswer {
  readonly version: 1;
  readonly holes: Float64Array;
  readonly searches: Uint8Array;
  readonly examined: Int32Array;
  /** What went wrong in the operation behind the last; null when all were made. */
  readonly fault: PolicyFault | null;
}

/** Where a policy is: what a worker says that is asked to be followed. */
export interface PolicyPlaceMessage {
  readonly version: 1;
  readonly step: number;
  readonly line: number;
}

const rules = Object.keys(POLICY_RULES) as PolicyRule[];

/** What a worker answers. */
export const POLICY_ANSWER: DocumentKind<PolicyAnswer> = {
  name: "answer of a policy",
  version: 1,
  remedy: "Run the policy again.",
  schema: v.object({
    version: v.literal(1),
    holes: v.instance(Float64Array, "must be numbers"),
    searches: v.instance(Uint8Array, "must be bytes"),
    examined: v.instance(Int32Array, "must be whole numbers"),
    fault: v.nullable(
      v.object({
        rule: v.picklist(rules),
        message: text(400),
        step: v.nullable(wholeNumber()),
        line: v.nullable(wholeNumber()),
      }),
    ),
  }),
};

/** Where a worker says that it is. */
export const POLICY_PLACE: DocumentKind<PolicyPlaceMessage> = {
  name: "place of a policy",
  version: 1,
  remedy: "Run the policy again.",
  schema: v.object({ version: v.literal(1), step: wholeNumber(), line: wholeNumber(1) }),
};
