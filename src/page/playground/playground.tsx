import { useEffect, useMemo, useState } from "preact/hooks";
import { Film } from "../../player/film";
import { needsOwnFit } from "../../playground/state";
import { ErrorLine } from "../base/error-line";
import { PageView } from "../base/page-view";
import { Tabs } from "../base/tabs";
import { EDITOR_STYLE } from "../editor/editor-style";
import { PolicyEditor } from "../editor/policy-editor";
import { Player } from "../player";
import { HeapBar } from "./heap-bar";
import { HeapStrip } from "./heap-strip";
import { Operations } from "./operations";
import { Original } from "./original";
import { useShownState } from "./own-run";
import type { PlaygroundData } from "./playground-data";
import { RequestBar } from "./request-bar";
import { Share, ShareButtons, type Shared } from "./share";
import { PLAYGROUND_STYLE } from "./style";
import { type PlaygroundModel, usePlayground } from "./use-playground";
import { Workloads } from "./workloads";

/** CSS pixels that the player's picture is high at most: the strip above it shows the heap, too. */
const PICTURE = 540;

/**
 * A heap to try: any heap under any policy, with what is typed, clicked or loaded asked of it. All of it is one state (`model.state`), and
 * what is seen follows from that: the run, the strip, the player, the link.
 */
export function Playground({
  data,
  plotly,
}: {
  readonly data: PlaygroundData;
  readonly plotly: Promise<unknown>;
}) {
  const model = usePlayground(data);
  const { state, problem } = model;
  const { heap, calls, step } = state;
  const { run, runs, inPlace, ...own } = useShownState(state, model.trusted);
  const film = useMemo(() => {
    const made = new Film("", run.history);
    made.read(Number.POSITIVE_INFINITY);
    return made;
  }, [run]);
  const names = useMemo(() => run.namesAfter(step), [run, step]);
  const [shared, setShared] = useState<Shared | null>(null);
  // What is shown is of the state that it was asked for.
  useEffect(() => setShared(null), [heap, calls]);
  const at = run.stepOf(step);
  const align = Number(heap.options.align ?? heap.pageSize);
  return (
    <PageView label="A heap to try" theme={data.theme} style={PLAYGROUND_STYLE + EDITOR_STYLE}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: keys that work wherever the focus is */}
      <div class="fl-playground" onKeyDown={(event) => undoKey(event, model)}>
        <HeapBar model={model} />
        <ErrorLine text={problem} />
        {needsOwnFit(state) && (
          <div class="fl-own-fit">
            <PolicyEditor
              code={state.code ?? ""}
              requests={own.requests}
              live={own.live}
              trusted={model.trusted}
              onInput={model.write}
              onTrust={model.trust}
              beside={own.beside}
              onBeside={own.playBeside}
            />
            {inPlace && !model.trusted && (
              <p class="fl-notice">Your policy has not run yet. What is shown is the run of first fit.</p>
            )}
          </div>
        )}
        <HeapStrip
          film={film}
          step={at}
          names={names}
          align={align}
          onFree={(block) => model.call({ op: "free", block })}
          onResize={(block, request) => model.call({ op: "realloc", block, request })}
        />
        <RequestBar model={model} coalesces={coalesces(heap)}>
          <ShareButtons shown={shared} onShow={setShared} />
        </RequestBar>
        {shared && <Share state={state} data={data} shown={shared} />}
        <div class="fl-columns">
          <Tabs
            label="What is asked of the heap"
            tabs={[
              { name: "Operations", show: () => <Operations model={model} /> },
              { name: "Original", show: () => <Original model={model} /> },
              { name: "Load", show: () => <Workloads model={model} traces={data.traces} /> },
            ]}
          />
          <Player
            runs={runs}
            step={at}
            plotly={plotly}
            theme={data.theme}
            highest={PICTURE}
            options={{ panels: ["why"] }}
            onStep={(shown) => model.goTo(run.callsAt(shown), run.calls)}
          />
        </div>
      </div>
    </PageView>
  );
}

/** Ctrl-Z and its like, but where text is typed: there they are the field's. */
function undoKey(event: KeyboardEvent, model: PlaygroundModel): void {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
  const target = event.target as Element;
  if (target.matches("textarea,input:not([type=range],[type=checkbox])") || target.closest(".cm-editor"))
    return;
  const key = event.key.toLowerCase();
  const act = key === "y" || (key === "z" && event.shiftKey) ? model.redo : key === "z" ? model.undo : null;
  if (!act) return;
  event.preventDefault();
  act();
}

/** Whether it makes sense to ask the heap to merge all holes: it has not done so by itself. */
function coalesces({
  kind,
  options,
}: {
  readonly kind: string;
  readonly options: Readonly<Record<string, unknown>>;
}): boolean {
  const { coalesce = "immediate" } = options;
  return (kind === "free-list" || kind === "segregated-fits") && coalesce !== "immediate";
}
