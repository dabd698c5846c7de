import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { takesFit } from "../../playground/heap-choice";
import type { PolicyRequests } from "../../playground/own-policy/policy-requests";
import { type PolicyOutcome, PolicyRunner } from "./policy-runner";

/** Milliseconds without an edit after which the code runs. */
const PAUSE = 250;

/** What comes of a policy as it is edited. */
export interface LivePolicy {
  /** What came of the newest code that has run; null before the first has. */
  readonly outcome: PolicyOutcome | null;
  /** Whether newer code is about to run, or running. */
  readonly running: boolean;
}

/**
 * Runs a policy's code: at once, again for other requests, and a moment after an edit. The newest wins.
 * @param trusted whether it may run; code that came from elsewhere may not before its reader has said so
 */
export function usePolicy(code: string, requests: PolicyRequests, trusted: boolean): LivePolicy {
  const runner = useMemo(() => new PolicyRunner(), []);
  const [live, setLive] = useState<LivePolicy>({ outcome: null, running: false });
  const ran = useRef<string | null>(null);
  useEffect(() => () => runner.close(), [runner]);
  useEffect(() => {
    if (!trusted || !takesFit(requests.heap)) {
      runner.close();
      setLive({ outcome: null, running: false });
      return;
    }
    let gone = false;
    setLive(({ outcome }) => ({ outcome, running: true }));
    const begin = async () => {
      const outcome = await runner.run(code, requests);
      if (outcome && !gone) setLive({ outcome, running: false });
    };
    const timer = setTimeout(() => void begin(), ran.current === null || ran.current === code ? 0 : PAUSE);
    ran.current = code;
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [runner, code, requests, trusted]);
  return live;
}
