/* What the tests' page runs: an editor over given requests, and a word about what came of it last. */
import { render } from "preact";
import { useState } from "preact/hooks";
import type { FitName } from "../../../heap/fits";
import type { PolicyRequests } from "../../../playground/own-policy/policy-requests";
import { PageView } from "../../base/page-view";
import { EDITOR_STYLE } from "../editor-style";
import { PolicyEditor } from "../policy-editor";
import { PolicyRunner } from "../policy-runner";
import { usePolicy } from "../use-policy";

/** What the tests find in the page. */
export interface EditorWindow {
  mountEditor(given: MountedEditor): void;
  runPolicies(codes: readonly string[], requests: PolicyRequests): Promise<RunPolicy[]>;
}

export interface MountedEditor {
  readonly code: string;
  readonly requests: PolicyRequests;
  readonly trusted: boolean;
}

/** What came of a policy, and after how long. */
export interface RunPolicy {
  readonly fault: unknown;
  readonly steps: number | null;
  readonly milliseconds: number;
}

const page = globalThis as unknown as EditorWindow;

page.mountEditor = (given) => render(<TestEditor {...given} />, document.querySelector("main")!);

page.runPolicies = async (codes, requests) => {
  const runner = new PolicyRunner();
  const all: RunPolicy[] = [];
  for (const code of codes) {
    const begin = performance.now();
    const outcome = await runner.run(code, requests);
    const milliseconds = performance.now() - begin;
    all.push({ fault: outcome?.fault ?? null, steps: outcome?.run?.length ?? null, milliseconds });
  }
  runner.close();
  return all;
};

function TestEditor(given: MountedEditor) {
  const [code, setCode] = useState(given.code);
  const [trusted, setTrusted] = useState(given.trusted);
  const [beside, setBeside] = useState<FitName[]>([]);
  const live = usePolicy(code, given.requests, trusted);
  return (
    <PageView label="An editor" style={EDITOR_STYLE}>
      <PolicyEditor
        code={code}
        requests={given.requests}
        live={live}
        trusted={trusted}
        beside={beside}
        onInput={setCode}
        onTrust={() => setTrusted(true)}
        onBeside={(fit) =>
          setBeside(beside.includes(fit) ? beside.filter((one) => one !== fit) : [...beside, fit])
        }
      />
      <button type="button" class="fl-button" id="behind">
        Behind
      </button>
    </PageView>
  );
}
