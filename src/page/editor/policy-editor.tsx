import { useEffect, useMemo, useState } from "preact/hooks";
import type { FitName } from "../../heap/fits";
import { takesFit } from "../../playground/heap-choice";
import { POLICY_EXAMPLES, type PolicyExampleName } from "../../playground/own-policy/policy-examples";
import type { PolicyRequests } from "../../playground/own-policy/policy-requests";
import { type RacedFits, type Racer, raceFits, racer } from "../../playground/own-policy/race";
import { faultLine, verdictText } from "../../playground/own-policy/verdict";
import { Button } from "../base/button";
import { SelectField } from "../base/fields";
import { usePageId } from "../base/use-page-id";
import { CodeField } from "./code-field";
import type { PolicyOutcome } from "./policy-runner";
import { RaceTable } from "./race-table";
import type { LivePolicy } from "./use-policy";

/** After so many milliseconds it is said that the policy runs: mostly it has run by then. */
const SAY_RUNNING = 400;

/**
 * A policy of one's own: its code, what is wrong with it or how it did, and a table of it and the fits on the same requests. It needs
 * `EDITOR_STYLE`.
 * @param live what comes of the code: what `usePolicy` returned for it
 * @param trusted whether the code may run; false for code that came with somebody else's link
 * @param onTrust is called when the reader has said that it may
 * @param examples whether there are policies to begin with; default true
 * @param onBeside of a fit that is to be played beside, or no longer; left out where there is no player
 */
export function PolicyEditor(props: {
  readonly code: string;
  readonly requests: PolicyRequests;
  readonly live: LivePolicy;
  readonly trusted: boolean;
  readonly onInput: (code: string) => void;
  readonly onTrust: () => void;
  readonly examples?: boolean;
  readonly beside?: readonly FitName[];
  readonly onBeside?: ((fit: FitName) => void) | undefined;
}) {
  const { code, requests, live, trusted, onInput, onTrust, examples = true, beside, onBeside } = props;
  const { outcome, running } = live;
  const verdict = usePageId();
  const others = useOthers(requests);
  const own = useMemo(() => (outcome?.run && !outcome.fault ? racer(outcome.run) : null), [outcome]);
  const slow = useSlow(running);
  if (!takesFit(requests.heap)) {
    return (
      <p class="fl-text">Such a heap has no fit in whose place a policy could step; choose a free list.</p>
    );
  }
  const fault = slow ? null : (outcome?.fault ?? null);
  const how = own && outcome ? verdictText(own, others, outcome.declined) : "";
  const text = slow ? "Running …" : fault ? faultLine(fault, requests) : how;
  return (
    <div class="fl-policy">
      {!trusted && <Untrusted onTrust={onTrust} />}
      {examples && <Examples code={code} onChoose={onInput} />}
      <CodeField
        label="Your policy: a function of the holes, in list order, and the size"
        value={code}
        faultLine={fault?.line ?? null}
        describedBy={verdict}
        onInput={onInput}
      />
      <p class="fl-verdict" id={verdict} role="status" data-fault={fault !== null || undefined}>
        {text}
      </p>
      <RaceTable
        own={own}
        ownText={ownText(outcome, trusted)}
        others={others}
        beside={beside}
        onBeside={onBeside}
      />
    </div>
  );
}

const EXAMPLES = Object.fromEntries(Object.keys(POLICY_EXAMPLES).map((name) => [name, name])) as Record<
  PolicyExampleName,
  string
>;

/** Policies to begin with. Code that is none of them is the reader's own, and choosing one replaces it, which can be undone. */
function Examples(props: { readonly code: string; readonly onChoose: (code: string) => void }) {
  const { code, onChoose } = props;
  const chosen = exampleOf(code);
  const choices = chosen === "" ? { "": "your own", ...EXAMPLES } : EXAMPLES;
  return (
    <div class="fl-line">
      <SelectField<PolicyExampleName | "">
        label="Begin with"
        value={chosen}
        choices={choices as Record<PolicyExampleName | "", string>}
        onChange={(name) => name !== "" && onChoose(POLICY_EXAMPLES[name])}
      />
    </div>
  );
}

/** The example that the code is; "" when it is none. */
function exampleOf(code: string): PolicyExampleName | "" {
  const found = Object.entries(POLICY_EXAMPLES).find(([, text]) => text.trim() === code.trim());
  return (found?.[0] as PolicyExampleName | undefined) ?? "";
}

function Untrusted({ onTrust }: { readonly onTrust: () => void }) {
  return (
    <div class="fl-untrusted fl-line">
      <p class="fl-text">
        This policy came with a link. Look at it before it runs: it will be shut away from the network and
        from this page, and ended after a second.
      </p>
      <Button main onClick={onTrust}>
        Run this code
      </Button>
    </div>
  );
}

function ownText(outcome: PolicyOutcome | null, trusted: boolean): string {
  if (!trusted) return "has not run";
  const step = outcome?.fault?.step;
  return step ? `stopped at operation ${step}` : outcome?.fault ? "did not begin" : "…";
}

/** The fits' figures. They do not depend on the code; thousands of requests take a moment, and the page goes on after each fit. */
function useOthers(requests: PolicyRequests): RacedFits {
  const [others, setOthers] = useState<RacedFits>({});
  useEffect(() => {
    if (!takesFit(requests.heap)) return setOthers({});
    const race = raceFits(requests);
    const all: Record<string, Racer> = {};
    let timer = 0;
    const next = () => {
      const one = race.next();
      if (one.done) return setOthers(all);
      all[one.value.fit] = one.value.racer;
      timer = setTimeout(next) as unknown as number;
    };
    next();
    return () => clearTimeout(timer);
  }, [requests]);
  return others;
}

/** Whether it has been running for a while. */
function useSlow(running: boolean): boolean {
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    setSlow(false);
    if (!running) return;
    const timer = setTimeout(() => setSlow(true), SAY_RUNNING);
    return () => clearTimeout(timer);
  }, [running]);
  return slow && running;
}
