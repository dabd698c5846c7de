import { useState } from "preact/hooks";
import { callsOfTrace } from "../../playground/calls";
import { roomFor } from "../../playground/heap-choice";
import { MOST_CALLS } from "../../playground/parse-calls";
import { drawn, withCalls } from "../../playground/state";
import { seededRandom } from "../../random/seeded-random";
import type { Trace } from "../../trace/trace";
import { parseTrace } from "../../trace/trace-parser";
import { WORKLOADS, type WorkloadName } from "../../workload/workloads";
import { Button } from "../base/button";
import { SelectField, TextField } from "../base/fields";
import type { OfferedTrace } from "./playground-data";
import type { PlaygroundModel } from "./use-playground";

const NAMES = Object.fromEntries(
  Object.keys(WORKLOADS).map((name) => [
    name,
    name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`),
  ]),
) as Record<WorkloadName, string>;

/** Requests that were not typed: drawn from a seed, or what a program did ask of its heap. */
export function Workloads({
  model,
  traces,
}: {
  readonly model: PlaygroundModel;
  readonly traces: readonly OfferedTrace[];
}) {
  const { state, change, complain } = model;
  const drawnFrom = state.source?.kind === "workload" ? state.source : null;
  const [name, setName] = useState<WorkloadName>(drawnFrom?.name ?? "steadyState");
  const [seed, setSeed] = useState(drawnFrom?.seed ?? "1");
  const [trace, setTrace] = useState(traces[0]?.name ?? "");

  const draw = (kind: WorkloadName, from: string) =>
    change((now) => {
      const { peakLive } = WORKLOADS[kind].make(seededRandom(from));
      return drawn(now, { kind: "workload", name: kind, seed: from }, roomFor(now.heap, peakLive));
    });
  const load = (text: string | Uint8Array) =>
    change((now) => {
      const read: Trace = parseTrace(text);
      if (read.length > MOST_CALLS) {
        throw new RangeError(
          `This trace has ${read.length} operations, and a playground takes ${MOST_CALLS}: show(…) in a cell plays it.`,
        );
      }
      return withCalls({ ...now, heap: roomFor(now.heap, read.peakLive) }, callsOfTrace(read));
    });
  const open = async (file: File | undefined) => {
    if (!file) return;
    if (file.size > 5_000_000) {
      complain(`"${file.name}" has more than 5 MB: replay it in a cell.`);
      return;
    }
    load(new Uint8Array(await file.arrayBuffer()));
  };

  return (
    <div class="fl-workloads">
      <div class="fl-line">
        <SelectField label="Workload" value={name} choices={NAMES} onChange={setName} />
        <TextField
          label="Seed"
          value={seed}
          size={5}
          onInput={(text) => setSeed(text.slice(0, 100))}
          onEnter={() => draw(name, seed)}
        />
        <Button main onClick={() => draw(name, seed)}>
          Load
        </Button>
        <Button
          title="Draw it from the next seed"
          onClick={() => {
            const next = /^\d{1,9}$/.test(seed) ? String(Number(seed) + 1) : `${seed}1`;
            setSeed(next);
            draw(name, next);
          }}
        >
          Another
        </Button>
      </div>
      <p class="fl-soft-text">{WORKLOADS[name].description}.</p>
      {traces.length > 0 && (
        <div class="fl-line">
          <SelectField
            label="Recorded program"
            value={trace}
            choices={Object.fromEntries(traces.map((each) => [each.name, each.name]))}
            onChange={setTrace}
          />
          <Button onClick={() => load(traces.find((each) => each.name === trace)!.text)}>Load</Button>
        </div>
      )}
      <label class="fl-field">
        A file with a trace
        <input
          class="fl-input"
          type="file"
          onChange={(event) => {
            void open(event.currentTarget.files?.[0]);
            event.currentTarget.value = "";
          }}
        />
      </label>
      <p class="fl-soft-text">The heap is made large enough for it; its policy stays.</p>
    </div>
  );
}
