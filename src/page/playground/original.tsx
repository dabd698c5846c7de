import { counted } from "../../base/readable";
import { ORIGINAL_HEAP, ORIGINAL_SOURCE, type OriginalSource } from "../../playground/sources";
import { drawn, type PlaygroundState } from "../../playground/state";
import { Button } from "../base/button";
import { CheckField, SliderField } from "../base/fields";
import type { PlaygroundModel } from "./use-playground";

/** The parameters of the original notebook, each on a slider: the run follows at once. */
export function Original({ model }: { readonly model: PlaygroundModel }) {
  const { state, change } = model;
  const playing = state.source?.kind === "original";
  const source = state.source?.kind === "original" ? state.source : ORIGINAL_SOURCE;
  const heap = playing ? state.heap : ORIGINAL_HEAP;
  const set = (kind: string, parts: Partial<OriginalSource>, sizes: Partial<PlaygroundState["heap"]> = {}) =>
    change((now) => drawn(now, { ...source, ...parts }, { ...heap, ...sizes }), kind);
  const pages = Math.round(heap.heapSize / heap.pageSize);
  return (
    <div class="fl-sliders">
      <SliderField
        label="Steps"
        least={10}
        most={400}
        step={10}
        value={source.steps}
        onInput={(steps) => set("steps", { steps, requests: Math.max(1, Math.floor(steps / 4)) })}
      />
      <SliderField
        label="Seed"
        title="Of NumPy's random numbers"
        least={0}
        most={99}
        value={source.seed}
        onInput={(seed) => set("seed", { seed })}
      />
      <SliderField
        label="Allocates"
        title="The probability that a step allocates; else it frees"
        least={0}
        most={100}
        value={Math.round(100 * source.mallocProbability)}
        text={`${Math.round(100 * source.mallocProbability)} %`}
        onInput={(percent) => set("share", { mallocProbability: percent / 100 })}
      />
      <SliderField
        label="Requests"
        title="How many different requests are drawn at the start"
        least={1}
        most={100}
        value={source.requests}
        onInput={(requests) => set("requests", { requests })}
      />
      <SliderField
        label="Smallest request"
        least={1}
        most={1023}
        value={source.minRequest}
        text={counted(source.minRequest, "page")}
        onInput={(minRequest) =>
          // The largest request is never below the smallest.
          set("least", { minRequest, maxRequest: Math.max(source.maxRequest, minRequest + 1) })
        }
      />
      <SliderField
        label="Largest request"
        least={2}
        most={1024}
        value={source.maxRequest}
        text={counted(source.maxRequest - 1, "page")}
        onInput={(maxRequest) =>
          set("most", { maxRequest, minRequest: Math.min(source.minRequest, maxRequest - 1) })
        }
      />
      <SliderField
        label="Heap"
        least={256}
        most={8192}
        step={256}
        value={pages}
        text={counted(pages, "page")}
        onInput={(count) => set("heap", {}, { heapSize: count * heap.pageSize })}
      />
      <SliderField
        label="Page"
        least={1}
        most={64}
        value={heap.pageSize}
        text={counted(heap.pageSize, "byte")}
        onInput={(pageSize) => set("page", {}, { pageSize, heapSize: pages * pageSize })}
      />
      <div class="fl-line">
        <Button main={!playing} onClick={() => change((now) => drawn(now, ORIGINAL_SOURCE, ORIGINAL_HEAP))}>
          The published run
        </Button>
        <CheckField
          label="free is given a size, as published"
          title="The original gives free the size of a request, where the address belongs that was kept for it"
          value={source.published}
          onChange={(published) => set("published", { published })}
        />
      </div>
      <p class="fl-soft-text">
        {playing
          ? "The heap's kind and policy may be changed above: the same requests are then made of that heap."
          : "The notebook that this project began with: move a slider, and its run is here."}
      </p>
    </div>
  );
}
