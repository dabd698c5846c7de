import { type Checked, checkEveryCall } from "../../exhaust/check-every-call";
import type { Model } from "../../exhaust/model";
import { StateSpace } from "../../exhaust/state-space";
import type { WalkedPolicy } from "./policies";

/** How far a policy is walked. */
export interface Extent {
  /** Units of the largest heap. */
  readonly units: number;
  /** Calls at most: where there are more, the heap has fewer units. */
  readonly most: number;
}

/** A policy whose every state was visited, and every call made. */
export interface Exhausted extends Checked {
  readonly policy: string;
  readonly units: number;
  readonly states: number;
}

/** Makes every call in every state of the largest heap of a policy that `extent` allows, and compares it with the model. */
export function exhaustPolicy(
  policy: WalkedPolicy,
  extent: Extent,
  progress?: (transitions: number) => void,
): Exhausted {
  const { model, space } = largestSpace(policy, extent);
  const checked = checkEveryCall(model, space, policy.heap(model.units), progress);
  return { policy: policy.name, units: model.units, states: space.length, ...checked };
}

function largestSpace(
  { model: modelOf }: WalkedPolicy,
  { units, most }: Extent,
): { model: Model; space: StateSpace } {
  let largest: { model: Model; space: StateSpace } | null = null;
  for (let n = 1; n <= units; n++) {
    const model = modelOf(n);
    if (model.units === largest?.model.units) continue;
    const space = StateSpace.of(model, { most: n === 1 ? undefined : most });
    if (space === null) break;
    largest = { model, space };
  }
  return largest!;
}
