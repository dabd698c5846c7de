import { useMemo } from "preact/hooks";
import type { BugHunt } from "../../exercise/bugs/bug-hunt";
import { RULES } from "../../exercise/bugs/rules";
import { History } from "../../run/history";
import { Player } from "../player";
import { CallTable } from "./call-table";
import { HuntPicture } from "./hunt-picture";
import type { PageFacts } from "./page-facts";

/** The fault, by the shortest calls that show it: what a right allocator does at the last one, and what this one did. */
export function BugSolution({ hunt, page }: { readonly hunt: BugHunt; readonly page: PageFacts }) {
  const { bug, steps } = useMemo(() => hunt.solution(), [hunt]);
  const runs = useMemo(() => (bug.run ? [{ label: "", history: History.decode(bug.run) }] : []), [bug]);
  const plotly = useMemo(() => (bug.run ? page.plotly() : null), [bug, page]);
  const last = steps.at(-1)!;
  return (
    <section aria-label="The fault" class="fl-solution">
      <h3 class="fl-heading">{hunt.wrong.fault}</h3>
      <p class="fl-text">
        The rule that is broken: {RULES[bug.rule]} {bug.shortest && "No fault shows with fewer calls:"}
      </p>
      <CallTable steps={steps} />
      <p class="fl-text">
        Expected: {bug.expected}. Came: {bug.got}.
      </p>
      <div class="fl-pair">
        <section aria-label="This allocator then">
          <h4 class="fl-small-heading">This allocator then</h4>
          <HuntPicture label="This allocator then" state={last.states.wrong} />
        </section>
        <section aria-label="A right one then">
          <h4 class="fl-small-heading">A right one then</h4>
          <HuntPicture label="A right one then" state={last.states.right} />
        </section>
      </div>
      {bug.why && <p class="fl-text">What a right one does: {bug.why}</p>}
      {plotly && (
        <Player
          runs={runs}
          step={runs[0]!.history.length}
          plotly={plotly}
          theme={page.theme}
          options={{ panels: ["why", "strip"] }}
        />
      )}
    </section>
  );
}
