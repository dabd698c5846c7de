import { readable } from "../base/readable";
import { show } from "../base/wrong-argument";
import { alignedLines } from "../compare/text-table";
import type { ClassicResult, ResultFigure, ResultSource } from "./classic-result";
import type { ClassicResultName } from "./classic-results";
import { expectedText, type MeasuredFigure, measuredFigure, measuredText } from "./measured-figure";

/**
 * What the expected figures say together: all of them hold; some do; none does and one at least fails; none holds and none fails, so that
 * more samples are needed to tell.
 */
export type Verdict = "reproduces" | "reproduces in part" | "does not reproduce" | "undecided";

/** A published result, measured. */
export class Study {
  readonly name: ClassicResultName;
  readonly result: ClassicResult;
  /** What each sample was taken with: seeds or names of programs; `["exact"]` where nothing is drawn. */
  readonly samples: readonly string[];
  readonly parameters: Readonly<Record<string, number>>;
  readonly figures: readonly MeasuredFigure[];
  readonly verdict: Verdict;

  /** @internal See `runStudy`. */
  constructor(
    name: ClassicResultName,
    result: ClassicResult,
    samples: readonly string[],
    parameters: Readonly<Record<string, number>>,
    rows: readonly Readonly<Record<string, number>>[],
  ) {
    this.name = name;
    this.result = result;
    this.samples = samples;
    this.parameters = parameters;
    this.figures = result.figures.map((figure) => {
      const values = rows.map((row) => measuredIn(row, figure, result));
      return measuredFigure(figure, values, result.over === "nothing");
    });
    this.verdict = verdictOf(this.figures);
  }

  /** The mean of the figure of this name. @throws RangeError for a name that is no figure's */
  mean(name: string): number {
    return this.figure(name).mean;
  }

  /** The figure of this name, as measured. @throws RangeError for a name that is no figure's */
  figure(name: string): MeasuredFigure {
    const found = this.figures.find(({ figure }) => figure.name === name);
    if (found) return found;
    const names = this.figures.map(({ figure }) => figure.name).join(", ");
    throw new RangeError(`There is no figure ${show(name)}; the figures are ${names}.`);
  }

  /** Claim, source, experiment, and a table of expected beside measured. */
  toString(): string {
    return writeStudy(this);
  }

  /** What a notebook prints. */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }
}

function measuredIn(
  row: Readonly<Record<string, number>>,
  { name }: ResultFigure,
  result: ClassicResult,
): number {
  const value = row[name];
  if (value !== undefined) return value;
  throw new Error(
    `The experiment of ${show(result.title)} measured no ${show(name)}: a defect of its table.`,
  );
}

function verdictOf(figures: readonly MeasuredFigure[]): Verdict {
  const judged = figures.filter(({ outcome }) => outcome !== "shown");
  const held = judged.filter(({ outcome }) => outcome === "holds").length;
  if (held === judged.length) return "reproduces";
  if (held > 0) return "reproduces in part";
  return judged.some(({ outcome }) => outcome === "fails") ? "does not reproduce" : "undecided";
}

/** "Shore 1977: Anomalous behavior … (read: abstract)". */
export function sourceText({ authors, year, work, seen, by }: ResultSource): string {
  return `${authors} ${year}: ${work} (read: ${by === undefined ? seen : `${seen}, ${by}`})`;
}

/** What the figures are means of: "8 seeds, classic 1 to classic 8". */
export function samplesText({ result, samples }: Study): string {
  if (result.over === "nothing") return "nothing is drawn: one exact answer";
  const named = result.over === "seeds" ? `${samples[0]} to ${samples.at(-1)}` : samples.join(", ");
  return `95 % intervals over ${samples.length} ${result.over}: ${named}`;
}

function writeStudy(study: Study): string {
  const { result, figures, parameters, verdict } = study;
  const rows = figures.map((measured) => [
    measured.figure.name,
    expectedText(measured.figure),
    measuredText(measured),
    measured.outcome === "shown" ? "" : measured.outcome,
  ]);
  const settings = Object.entries(parameters).map(([name, value]) => `${name} ${readable(value)}`);
  return [
    `${result.title}: ${verdict}`,
    `Claim: ${result.claim}`,
    `Source: ${sourceText(result.source)}`,
    `Experiment: ${result.experiment}`,
    `(${[...settings, samplesText(study)].join("; ")})`,
    ...alignedLines([["figure", "expected", "measured", ""], ...rows], 4),
    ...(result.note === undefined ? [] : [`Note: ${result.note}`]),
  ].join("\n");
}
