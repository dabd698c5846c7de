import { useMemo, useRef, useState } from "preact/hooks";
import type { FitName } from "../../heap/fits";
import type { ShownRun } from "../../player/run-row";
import { CalledRun } from "../../playground/called-run";
import { withOption } from "../../playground/heap-choice";
import { type PolicyRequests, serve } from "../../playground/own-policy/policy-requests";
import { needsOwnFit, type PlaygroundState, runOf } from "../../playground/state";
import { type LivePolicy, usePolicy } from "../editor/use-policy";

/** Most fits that are played beside a policy: the player has room for four runs. */
const MOST_BESIDE = 3;

/** What is shown of a state, whatever fit it has. */
interface ShownState {
  /** The run that the strip shows, and the first in the player. */
  readonly run: CalledRun;
  /** The runs of the player. */
  readonly runs: readonly ShownRun[];
  /** What a policy of one's own is asked to serve, what has come of it, and the fits that are played beside it. */
  readonly requests: PolicyRequests;
  readonly live: LivePolicy;
  readonly beside: readonly FitName[];
  /** Whether first fit is shown in place of a policy that has no run. */
  readonly inPlace: boolean;
  playBeside(fit: FitName): void;
}

/**
 * The runs of a state. One with a policy of one's own is run in a worker, and until it has answered, what was shown before is shown on; where
 * it has no run, first fit's is shown.
 * @param trusted whether the policy may run
 */
export function useShownState(state: PlaygroundState, trusted: boolean): ShownState {
  const { heap, calls, code } = state;
  const own = needsOwnFit(state);
  const requests = useMemo(() => ({ heap, calls }), [heap, calls]);
  const live = usePolicy(code ?? "", requests, own && trusted);
  const [beside, setBeside] = useState<readonly FitName[]>([]);
  const last = useRef<CalledRun | null>(null);
  const { outcome } = live;
  const run = useMemo(() => {
    if (!own) return new CalledRun(calls, runOf(state));
    if (outcome?.run) return new CalledRun(outcome.requests.calls, outcome.run);
    // Syntax errors come and go while one types: what was shown stays.
    if (trusted && last.current && (outcome === null || last.current.calls === calls)) return last.current;
    return new CalledRun(calls, serve({ heap: withOption(heap, "fit", "first"), calls }, "first"));
  }, [own, heap, calls, outcome, trusted]);
  last.current = run;
  const runs = useMemo(() => {
    const mine = { label: own ? "your policy" : "", history: run.history };
    if (!own || beside.length === 0) return [{ ...mine, label: "" }];
    const others = beside.map((fit) => ({
      label: `${fit} fit`,
      history: serve({ heap, calls: run.calls }, fit),
    }));
    return [mine, ...others];
  }, [run, own, beside]);
  const playBeside = (fit: FitName) =>
    setBeside(
      beside.includes(fit) ? beside.filter((one) => one !== fit) : [...beside, fit].slice(-MOST_BESIDE),
    );
  return { run, runs, requests, live, beside, inPlace: own && !outcome?.run, playBeside };
}
