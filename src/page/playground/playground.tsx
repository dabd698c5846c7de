import { useMemo, useState } from "preact/hooks";
import { FreeList } from "../../heap/free-list";
import { History } from "../../run/history";
import { Button } from "../base/button";
import { ErrorLine } from "../base/error-line";
import { TextField } from "../base/fields";
import { PageView, type Theme } from "../base/page-view";
import { Player } from "../player";

/** A heap to try: blocks are allocated, and the player shows what the allocator does with each request. */
export function Playground({ plotly, theme }: { readonly plotly: Promise<unknown>; readonly theme: Theme }) {
  const [requests, setRequests] = useState<readonly number[]>([]);
  const [typed, setTyped] = useState("100");
  const [step, setStep] = useState(0);
  const runs = useMemo(() => [{ label: "", history: runOf(requests) }], [requests]);
  const size = Number(typed);
  const error =
    Number.isSafeInteger(size) && size >= 0 ? null : `A request is a whole number of bytes, not "${typed}".`;
  const allocate = () => {
    if (error) return;
    setRequests([...requests, size]);
    setStep(requests.length + 1);
  };
  return (
    <PageView label="Playground" theme={theme}>
      <div class="fl-line">
        <TextField
          label="Bytes"
          value={typed}
          size={6}
          numeric
          invalid={error !== null}
          onInput={setTyped}
          onEnter={allocate}
        />
        <Button main onClick={allocate}>
          Allocate
        </Button>
      </div>
      <ErrorLine text={error} />
      <Player
        runs={runs}
        step={step}
        plotly={plotly}
        theme={theme}
        options={{ panels: ["why"] }}
        onStep={setStep}
      />
    </PageView>
  );
}

function runOf(requests: readonly number[]): History {
  const heap = new FreeList(1024, 4);
  const history = History.of(heap);
  for (const request of requests) heap.malloc(request);
  return history.stop();
}
