import type { Trace } from "../trace/trace";
import type { ComparedCell } from "./compare-cell";
import { type ComparedPolicy, modelOf } from "./compared-policy";
import { FIGURES, type Figure, type FigureName } from "./figures";
import { alignText } from "./text-table";

/** A comparison as plain JSON. */
export interface ComparisonJson {
  readonly format: "freelist-lab comparison";
  readonly version: 1;
  /** Arenas that were tried at most for each cell; 0 when the smallest was not looked for. */
  readonly arenaRuns: number;
  readonly traces: readonly { readonly name: string; readonly source: string }[];
  readonly policies: readonly { readonly name: string; readonly model: string }[];
  /** All policies of the first trace, then of the second, and so on; null where the comparison was interrupted. */
  readonly cells: readonly (ComparedCell | null)[];
}

/** One line of a comparison: a trace under a policy. */
export interface ComparedRow {
  readonly trace: string;
  readonly policy: string;
  /** The measured figures; null where the comparison was interrupted before. */
  readonly cell: ComparedCell | null;
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
    traces: readonly Trace[],
    policies: readonly ComparedPolicy[],
    arenaRuns: number,
    cells: readonly (ComparedCell | null)[],
  ): Comparison {
    return new Comparison({
      format: "freelist-lab comparison",
      version: 1,
      arenaRuns,
      traces: traces.map(({ name, source }, i) => ({ name: name || `trace ${i + 1}`, source })),
      policies: policies.map((policy) => ({ name: policy.name, model: modelOf(policy) })),
      cells,
    });
  }

  /**
   * The comparison that `toJSON` wrote.
   * @throws RangeError for anything else.
   */
  static from(json: ComparisonJson): Comparison {
    const { format, version, traces, policies, cells } = json ?? {};
    if (format !== "freelist-lab comparison" || version !== 1) {
      throw new RangeError("This is no comparison; give what comparison.toJSON() returned.");
    }
    if (cells.length !== traces.length * policies.length) {
      throw new RangeError(
        `A comparison of ${traces.length} traces and ${policies.length} policies has a cell each, not ${cells.length}.`,
      );
    }
    return new Comparison(json);
  }

  /** Whether every cell was measured. */
  get finished(): boolean {
    return this.json.cells.every((cell) => cell !== null);
  }

  /** The figures that were measured for some cell: those of the arena may have been left out. */
  get figures(): Figure[] {
    const { cells } = this.json;
    const known = (figure: Figure) => cells.some((cell) => cell !== null && figure.text(cell) !== "");
    return Object.values(FIGURES).filter(known);
  }

  /** A row for each pair, traces outermost. */
  get rows(): ComparedRow[] {
    const { traces, policies, cells } = this.json;
    return cells.map((cell, i) => ({
      trace: traces[Math.floor(i / policies.length)]!.name,
      policy: policies[i % policies.length]!.name,
      cell,
    }));
  }

  /**
   * The figures of a trace under a policy, by their names; null where the comparison was interrupted before.
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
        return cell ? FIGURES[figure].value(cell) : null;
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
        return cell ? text(cell) : "";
      }),
    ]);
    return `${title}: ${model}\n${alignText([head, ...body], 1)}`;
  }

  /** All figures: a line for each trace and policy, and below it what they mean and the models they belong to. */
  toString(): string {
    const { figures } = this;
    const head = ["trace", "policy", ...figures.map(({ title }) => title)];
    const body = this.rows.map(({ trace, policy, cell }) => [
      trace,
      policy,
      ...figures.map(({ text }) => (cell ? text(cell) : "")),
    ]);
    return [alignText([head, ...body], 2), "", ...this.notes].join("\n");
  }

  /** A line for each figure and each policy: the model of the heap that they belong to. */
  get notes(): string[] {
    const { policies } = this.json;
    return [
      ...this.figures.map(({ title, definition, model }) => `${title}: ${definition} Heap: ${model}.`),
      ...policies.map(({ name, model }) => `${name}: ${model}.`),
      ...(this.finished ? [] : ["Lines without figures: the comparison was interrupted before."]),
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
