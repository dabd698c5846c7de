import type { RecordedRun } from "../cursor";
import type { History } from "../history";
import { Stretches, type StretchOptions } from "../stretches";
import type { Survey } from "../survey";

/** A run that is surveyed as a long one is, however short. */
export class InStretches implements RecordedRun {
  readonly stretches: Stretches;
  readonly description;
  readonly source;

  constructor(
    private readonly history: History,
    options: StretchOptions,
  ) {
    this.description = history.description;
    this.source = history.source;
    this.stretches = new Stretches(history.source, options);
  }

  get length(): number {
    return this.history.length;
  }

  labelAt(step: number): string {
    return this.history.labelAt(step);
  }

  survey(step: number): Survey {
    return this.stretches.at(step);
  }

  surveys(): Iterable<Survey> {
    return this.stretches.all();
  }
}
