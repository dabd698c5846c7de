import { useMemo, useState } from "preact/hooks";
import { gradeOutcome, makeFitTask } from "../../playground/own-policy/fit-task";
import { POLICY_EXAMPLES } from "../../playground/own-policy/policy-examples";
import { Button } from "../base/button";
import { nextSeed } from "../exercise/next-seed";
import type { FitTaskData } from "./fit-task-data";
import { PolicyEditor } from "./policy-editor";
import { usePolicy } from "./use-policy";

/** "Write a fit that serves this stream": the task, the editor, and whether it is done. */
export function FitTaskView(props: Pick<FitTaskData, "level" | "seed">) {
  const { level } = props;
  const [seed, setSeed] = useState(props.seed);
  const task = useMemo(() => makeFitTask({ level, seed }), [level, seed]);
  const [code, setCode] = useState<string>(POLICY_EXAMPLES["first fit"]);
  const live = usePolicy(code, task.requests, true);
  const { outcome } = live;
  const grade = outcome ? gradeOutcome(task, outcome) : null;
  return (
    <div class="fl-policy">
      <h2 class="fl-heading">
        Write a fit <small>level {level}</small>
      </h2>
      <p class="fl-text fl-task">{task.text}</p>
      <PolicyEditor
        code={code}
        requests={task.requests}
        live={live}
        trusted
        examples={false}
        onInput={setCode}
        onTrust={() => {}}
      />
      <p class="fl-grade" role="status" data-passed={grade?.passed || undefined}>
        {grade?.message}
      </p>
      <div class="fl-line">
        <Button onClick={() => setSeed(nextSeed(seed))}>Another stream</Button>
      </div>
    </div>
  );
}
