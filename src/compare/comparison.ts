import type { ComparedCell } from "./compare-cell";
import { type CellJson, type ComparisonJson, isMeasured } from "./comparison-json";
import { FIGURES, type Figure, type FigureName } from "./figures";
import type { ComparedTrace } from "./passes";
import { type ComparedPolicy, modelOf } from "./policy-model";
import { readComparison } from "./read-comparison";
import { alignText, printable } from "./text-table";

/** One line of a comparison: a trace under a policy. */
export interface ComparedRow {
  readonly trace: string;
  readonly policy: string;
  /** The measured figures; null where there are none: the measuring failed, or the comparison was interrupted before. */
  readonly cell: ComparedCell | null;
  /** Why the measuring failed, in one sentence; null where it did not. */
  readonly failed: string | null;
}

/** Traces under policies: the figures of each pair. What `compare` answers. */
export class Comparison {
  readonly json: ComparisonJson;

  /** @internal See `Comparison.of` and `Comparison.from`. */
  private constructor(json: ComparisonJson) {
    this.json = json;
  }

  /** The comparison of `traces` under `policies` whose cells were measured. */
  static of(
    traces: readonly Pick<ComparedTrace, "name" | "source">[],
    policies: readonly ComparedPolicy[],
    arenaRuns: number,
    cells: readonly CellJson[],
  ): Comparison {
    return new Comparison({
      format: "freelist-lab comparison",
      version: 1,
      arenaRuns,
      traces: traces.map(({ name, source }, i) => ({
        name: name || `trace ${i + 1}`,
        source: shortened(source),
      })),
      policies: policies.map((policy) => ({ name: policy.name, model: modelOf(policy) })),
      cells,
    });
  }

  /**
   * The comparison that `toJSON` wrote, checked in every field.
   * @throws RangeError for anything else, which names the field that is wrong.
   */
  static from(json: unknown): Comparison {
    return new Comparison(readComparison(json));
  }

  /** Whether every cell was measured. */
  get finished(): boolean {
    return this.json.cells.every(isMeasured);
  }

  /** The figures that were measured for some cell: those of the arena may have been left out. */
  get figures(): Figure[] {
    const { cells } = this.json;
    const known = (figure: Figure) => cells.some((cell) => isMeasured(cell) && figure.text(cell) !== "");
    return Object.values(FIGURES).filter(known);
  }

  /** A row for each pair, traces outermost. */
  get rows(): ComparedRow[] {
    const { traces, policies, cells } = this.json;
    return cells.map((cell, i) => ({
      trace: traces[Math.floor(i / policies.length)]!.name,
      policy: policies[i % policies.length]!.name,
      cell: isMeasured(cell) ? cell : null,
      failed: cell !== null && "failed" in cell ? cell.failed : null,
    }));
  }

  /**
   * The figures of a trace under a policy, by their names; null where there are none.
   * @throws RangeError when there is no such trace or policy.
   */
  cell(trace: string, policy: string): ComparedCell | null {
    const row = this.rows.find((each) => each.trace === trace && each.policy === policy);
    if (row) return row.cell;
    const names = (list: readonly { name: string }[]) => list.map(({ name }) => name).join(", ");
    throw new RangeError(
      `There is no ${JSON.stringify(policy)} of ${JSON.stringify(trace)}; the traces are ${names(this.json.traces)}, the policies ${names(this.json.policies)}.`,
    );
  }

  /** One figure as a table with a row a trace and a column a policy; null where it is not known. */
  table(figure: FigureName): (number | null)[][] {
    const { traces, policies, cells } = this.json;
    return traces.map((_, t) =>
      policies.map((_, p) => {
        const cell = cells[t * policies.length + p];
        return isMeasured(cell) ? FIGURES[figure].value(cell) : null;
      }),
    );
  }

  /** One figure as text, a row a trace and a column a policy, with the model it belongs to. */
  toText(figure: FigureName): string {
    const { traces, policies } = this.json;
    const { title, model, text } = FIGURES[figure];
    const head = ["", ...policies.map(({ name }) => name)];
    const body = traces.map(({ name }, t) => [
      name,
      ...policies.map((_, p) => {
        const cell = this.json.cells[t * policies.length + p];
        return isMeasured(cell) ? text(cell) : "";
      }),
    ]);
    return `${title}: ${model}\n${alignText([head, ...body], 1)}`;
  }

  /** All figures: a line for each trace and policy, and below it what they mean and the models they belong to. */
  toString(): string {
    const { figures } = this;
    const head = ["trace", "policy", ...figures.map(({ title }) => title)];
    const body = this.rows.map((row) => [
      row.trace,
      row.policy,
      ...figures.map((figure) => textOf(row, figure)),
    ]);
    return [alignText([head, ...body], 2), "", ...this.notes.map(printable)].join("\n");
  }

  /** A line for each figure and each policy, the model of the heap that they belong to; and for each row without figures, why. */
  get notes(): string[] {
    const { policies } = this.json;
    return [
      ...this.figures.map(({ title, definition, model }) => `${title}: ${definition} Heap: ${model}.`),
      ...policies.map(({ name, model }) => `${name}: ${model}.`),
      ...this.rows.flatMap(({ trace, policy, failed }) =>
        failed === null ? [] : [`${trace} under ${policy} could not be measured: ${failed}`],
      ),
      ...(this.json.cells.includes(null)
        ? ["Lines without figures: the comparison was interrupted before."]
        : []),
    ];
  }

  /** What a notebook shows: `toString()`. */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }

  toJSON(): ComparisonJson {
    return this.json;
  }
}

/** A recorded program's command may be of any length. */
function shortened(source: string): string {
  return source.length > 10_000 ? `${source.slice(0, 9_997)}...` : source;
}

/** What stands in a row for a figure: "" where it is not known. */
export function textOf({ cell, failed }: ComparedRow, figure: Figure): string {
  if (cell) return figure.text(cell);
  return failed === null ? "" : "failed";
}
