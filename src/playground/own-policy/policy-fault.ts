import type { OwnFitRule } from "../../heap/own-fit";

/** Characters that a policy's code may have. */
export const MOST_CODE = 20_000;

/** The rules for a policy of one's own, each as a sentence that says what it must do. */
export const POLICY_RULES = {
  syntax: "The code must be TypeScript without a syntax error.",
  alone: "The code must do without imports and exports from elsewhere: it runs alone.",
  policy: "The last statement must be the policy: a function (holes, size) => hole.",
  error: "The policy must not end in an error.",
  time: "A run must come to its end in time.",
  hole: "The policy must return one of the holes it was given, or null.",
  size: "The policy must return a hole that is large enough.",
  list: "The policy must not change the list of holes.",
  heap: "The policy must not change the heap.",
  answer: "What the policy says must belong to the run.",
  browser: "The browser must be able to run the policy in a worker.",
} as const satisfies Readonly<Record<OwnFitRule, string>> & Record<string, string>;

/** Names a rule. */
export type PolicyRule = keyof typeof POLICY_RULES;

/** What is wrong with a policy of one's own. Plain JSON. */
export interface PolicyFault {
  /** The rule that is broken. */
  readonly rule: PolicyRule;
  /** What happened, as a sentence. */
  readonly message: string;
  /** The operation at which it happened, from 1; null when it was at none. */
  readonly step: number | null;
  /** The line of the code, from 1; null when it is not known. */
  readonly line: number | null;
}

/** Says what is wrong with a policy. Thrown and caught in this folder; others get the fault. */
export class PolicyError extends Error {
  constructor(
    readonly rule: PolicyRule,
    message: string,
    readonly line: number | null = null,
  ) {
    super(message);
  }

  /** @param step the operation at which it happened */
  fault(step: number | null = null): PolicyFault {
    const { rule, message, line } = this;
    return { rule, message, step, line };
  }
}

/** The line in which a place of a text stands, from 1. */
export function lineAt(text: string, at: number): number {
  let line = 1;
  for (let i = text.indexOf("\n"); i >= 0 && i < at; i = text.indexOf("\n", i + 1)) line++;
  return line;
}

/**
 * A fault in one line: the operation, the line of the code, what happened.
 * @param operation the operation in words, such as `malloc(16)`; left out where there is none
 */
export function faultText({ step, line, message }: PolicyFault, operation?: string): string {
  const places = [
    step === null ? "" : `Operation ${step}${operation ? `, ${operation}` : ""}`,
    line === null ? "" : `${step === null ? "L" : "l"}ine ${line}`,
  ].filter((place) => place !== "");
  return places.length === 0 ? message : `${places.join(", ")}: ${message}`;
}
