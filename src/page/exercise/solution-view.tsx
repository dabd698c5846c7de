import { useMemo } from "preact/hooks";
import type { Grade } from "../../exercise/exercise";
import { History } from "../../run/history";
import { Player } from "../player";
import type { PageFacts } from "./page-facts";

/** Why the right answer is right: in sentences, and as a run in the player with its decision open. */
export function SolutionView({ grade, page }: { readonly grade: Grade; readonly page: PageFacts }) {
  const { explanation, run, beside } = grade;
  const plotly = useMemo(() => (run ? page.plotly() : null), [run, page]);
  const runs = useMemo(() => {
    if (!run) return [];
    const right = { label: beside?.label ?? "", history: History.decode(run) };
    return beside ? [right, { label: beside.other, history: History.decode(beside.run) }] : [right];
  }, [run, beside]);
  const steps = runs[0]?.history.length ?? 0;
  return (
    <section aria-label="Why">
      <h3 class="fl-heading">Why</h3>
      <ol class="fl-why-steps">
        {explanation.map((sentence, i) => (
          <li key={i}>{sentence}</li>
        ))}
      </ol>
      {plotly && (
        <Player
          runs={runs}
          step={steps}
          plotly={plotly}
          theme={page.theme}
          options={{ panels: ["why", "strip"] }}
        />
      )}
    </section>
  );
}
