import { show } from "../../base/wrong-argument";
import type { CustomFit } from "../../heap/options";
import { OwnFitError } from "../../heap/own-fit";
import type { PolicyProgram } from "./policy-code";
import { PolicyError, type PolicyFault } from "./policy-fault";
import type { PolicyAnswer } from "./policy-messages";
import { type PolicyRequests, ServedRequests } from "./policy-requests";

/** What running a policy takes of the realm that it runs in; taken before the policy's code runs there. */
export interface PolicyRealm {
  /** The realm's `eval`, called as a function. */
  evaluate(code: string): unknown;
  /** Milliseconds that have passed since some moment. */
  now(): number;
  /** Says where the policy is: the operation that is about to be made, and the line, each time that one of them changes. */
  follow?(step: number, line: number): void;
}

/** Marks between two looks at the clock: a round of a loop takes some nanoseconds. */
const MARKS_A_LOOK = 256;
/** What errors call the code. */
const SOURCE = "your-policy.ts";
/** A message from the policy's own code is cut there. */
const LONGEST_MESSAGE = 200;

/**
 * Serves requests under a policy of one's own, up to the last or to the policy's first fault. What comes of it
 * is only which hole was chosen when: see `judgePolicy`, which believes no more than that.
 * @param milliseconds that the whole run may take
 */
export function runPolicy(
  program: PolicyProgram,
  requests: PolicyRequests,
  milliseconds: number,
  realm: PolicyRealm,
): PolicyAnswer {
  const watch = new Watch(program, milliseconds, realm);
  let served: ServedRequests | null = null;
  let fault: PolicyFault | null = null;
  let policy: CustomFit = () => null;
  const fit: CustomFit = (holes, size) => {
    watch.enter();
    return policy(holes, size);
  };
  try {
    served = new ServedRequests(requests, fit);
    policy = policyFrom(program, watch, realm);
    while (!served.done) {
      watch.step = served.run.length + 1;
      served.advance();
    }
  } catch (error) {
    fault = watch.faultOf(error);
  }
  const choices = served?.run.source.log.choices;
  const made = choices?.length ?? 0;
  return {
    version: 1,
    holes: choices?.holes.slice(0, made) ?? new Float64Array(),
    searches: choices?.searches.slice(0, made) ?? new Uint8Array(),
    examined: choices?.examined.slice(0, made) ?? new Int32Array(),
    fault,
  };
}

/** Makes the policy: runs the code up to its last statement. */
function policyFrom({ marked, plain }: PolicyProgram, watch: Watch, realm: PolicyRealm): CustomFit {
  // First without marks: an engine may find errors that the parser does not know.
  let make = compiled(plain, realm);
  try {
    make = compiled(marked, realm);
  } catch {
    // Then nothing says where it is, and only the worker's end ends an endless loop.
  }
  const policy = make(watch.at, watch.back);
  if (typeof policy !== "function") {
    throw new PolicyError(
      "policy",
      `The last statement must be the policy, a function (holes, size) => hole, not ${show(policy)}.`,
      watch.start,
    );
  }
  return policy as CustomFit;
}

type Make = (at: Watch["at"], back: Watch["back"]) => unknown;

function compiled(code: string, realm: PolicyRealm): Make {
  try {
    return realm.evaluate(`${code}\n//# sourceURL=${SOURCE}`) as Make;
  } catch (error) {
    throw new PolicyError("syntax", `Syntax error: ${sentence(messageOf(error))}`, lineInFirefox(error));
  }
}

/** Follows a policy on its way through its code, and ends it when its time is up. */
class Watch {
  /** The operation that is being made; 0 before the first. */
  step = 0;
  readonly start: number;
  readonly #lines: number;
  readonly #realm: PolicyRealm;
  readonly #end: number;
  readonly #seconds: string;
  #line: number;
  /** Where the last function returned. */
  #returned: number;
  #marks = 0;
  #late = false;

  constructor({ line, lines }: PolicyProgram, milliseconds: number, realm: PolicyRealm) {
    this.start = line;
    this.#line = line;
    this.#returned = line;
    this.#lines = lines;
    this.#realm = realm;
    this.#end = realm.now() + milliseconds;
    this.#seconds = `${milliseconds / 1000} ${milliseconds === 1000 ? "second" : "seconds"}`;
  }

  /** The policy is about to be asked. */
  enter(): void {
    this.#line = this.start;
    this.#returned = this.start;
    this.#realm.follow?.(this.step, this.start);
    this.#look();
  }

  readonly at = (line: number): void => {
    if (line !== this.#line) this.#realm.follow?.(this.step, line);
    this.#line = line;
    if (this.#late || ++this.#marks % MARKS_A_LOOK === 0) this.#look();
  };

  readonly back = (line: number, value: unknown): unknown => {
    this.#returned = line;
    return value;
  };

  #look(): void {
    this.#late ||= this.#realm.now() > this.#end;
    if (!this.#late) return;
    throw new PolicyError(
      "time",
      `A run must come to its end within ${this.#seconds}, and the policy was still at work.`,
      this.#line,
    );
  }

  /** What is wrong, of whatever was thrown. */
  faultOf(error: unknown): PolicyFault {
    try {
      const { rule, message, line } = this.#read(error);
      // Where a syntax error is, not every engine says; until the code is read, it has been nowhere.
      const where = rule === "syntax" ? line : (line ?? this.#line);
      return { rule, message: cut(message), step: this.step || null, line: where };
    } catch {
      // What was thrown would not be looked at.
      const message = "The policy ended in an error of which nothing can be said.";
      return { rule: "error", message, step: this.step || null, line: this.#line };
    }
  }

  #read(error: unknown): PolicyError {
    if (error instanceof PolicyError) return error;
    const line = this.#lineOf(error);
    if (error instanceof OwnFitError) {
      const returned = error.rule === "hole" || error.rule === "size";
      return new PolicyError(error.rule, error.message, returned ? this.#returned : line);
    }
    if (isError(error))
      return new PolicyError("error", sentence(`${nameOf(error)}: ${messageOf(error)}`), line);
    return new PolicyError("error", `The policy throws ${show(error)}.`, line);
  }

  /** The line of the code that an error's stack names first. */
  #lineOf(error: unknown): number | null {
    const stack = isError(error) ? String((error as Error).stack).slice(0, 10_000) : "";
    const line = Number(/your-policy\.ts:(\d+)/.exec(stack)?.[1]);
    return line >= 1 && line <= this.#lines ? line : null;
  }
}

function isError(value: unknown): boolean {
  return typeof value === "object" && value !== null && "message" in value && "stack" in value;
}

function nameOf(error: unknown): string {
  return cut(String((error as Error).name));
}

function messageOf(error: unknown): string {
  return cut(isError(error) ? String((error as Error).message) : show(error));
}

function cut(text: string): string {
  const line = text.slice(0, 2 * LONGEST_MESSAGE).replace(/\s+/g, " ");
  return line.length > LONGEST_MESSAGE ? `${line.slice(0, LONGEST_MESSAGE - 1)}…` : line;
}

function sentence(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}

/** Where an engine says it; the wrapper adds no line. */
function lineInFirefox(error: unknown): number | null {
  const { lineNumber, line } = error as { lineNumber?: unknown; line?: unknown };
  const given = lineNumber ?? line;
  return typeof given === "number" ? given : null;
}
