import { type PlaygroundCall, playgroundCallText } from "./calls";
import type { HeapChoice } from "./heap-choice";
import { policyExpression } from "./own-policy/policy-code";
import type { PlaygroundState } from "./state";

/** The package, as a cell imports it. */
const PACKAGE = JSON.stringify("freelist-lab");

/** More calls than this are not written one a line. */
const MOST_LINES = 40;

/** The class of each kind of heap. */
const CLASSES: Readonly<Record<string, string>> = {
  "free-list": "FreeList",
  "segregated-fits": "SegregatedFits",
  buddy: "BuddySystem",
  "fixed-partitions": "FixedPartitions",
  original: "OriginalHeap",
};

/** The cell that makes the same run: `history` in it is, bit for bit, the state's run, and the player shows it. */
export function asTypeScript(state: PlaygroundState): string {
  const { heap, source, calls, step, code } = state;
  const custom = heap.options.fit === "custom";
  const names = new Set([CLASSES[heap.kind]!, "show"]);
  const lines = [`const heap = ${heapCode(heap)};`];
  if (custom) {
    names.add("CustomFit");
    lines.unshift(`const fit: CustomFit = ${policyExpression(code ?? "")};`, "");
  }
  if (source?.kind === "workload") {
    for (const name of ["WORKLOADS", "seededRandom", "play"]) names.add(name);
    lines.push(`const trace = WORKLOADS.${source.name}.make(seededRandom(${JSON.stringify(source.seed)}));`);
    lines.push("const history = play(trace, heap);");
  } else if (source?.kind === "original" && !custom) {
    const { kind: _, published, ...parameters } = source;
    const play = published ? "playAsPublished" : "playAsIntended";
    for (const name of ["originalRun", play, "History"]) names.add(name);
    const all = { ...parameters, pageSize: heap.pageSize, heapSize: heap.heapSize };
    lines.push(`const run = originalRun(${literal(all)});`, "const history = History.of(heap);");
    lines.push(`for (const step of ${play}(run, heap));`, "history.stop();");
  } else if (calls.length > MOST_LINES) {
    names.add("play");
    lines.push(`const history = play(${JSON.stringify(calls.map(playgroundCallText).join("; "))}, heap);`);
  } else {
    names.add("History");
    lines.push("const history = History.of(heap);", ...callLines(calls), "history.stop();");
  }
  const options = step === calls.length ? "" : `, { step: ${step} }`;
  lines.push(`show(history${options});`);
  const imports = [...names].sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1));
  return `import { ${imports.map((name) => (name === "CustomFit" ? "type CustomFit" : name)).join(", ")} } from ${PACKAGE};\n\n${lines.join("\n")}\n`;
}

function heapCode({ kind, heapSize, pageSize, options }: HeapChoice): string {
  const { partitions, fit, ...others } = options;
  const given = { ...(fit === undefined || fit === "custom" ? {} : { fit }), ...others };
  const own = fit === "custom" ? ["fit"] : [];
  const entries = [...own, ...Object.entries(given).map(([name, value]) => `${name}: ${literal(value)}`)];
  const size = kind === "fixed-partitions" ? literal(partitions) : literal(heapSize);
  const last = entries.length === 0 ? "" : `, { ${entries.join(", ")} }`;
  return `new ${CLASSES[kind]}(${size}, ${literal(pageSize)}${last})`;
}

/** The calls as a program has them; a name that could be a word of the language, or one of the cell's own, gets an underscore. */
function callLines(calls: readonly PlaygroundCall[]): string[] {
  const resized = new Set(calls.map((call) => (call.op === "realloc" ? call.block : null)));
  const counts = new Map<string, number>();
  for (const call of calls)
    if (call.op === "malloc" && call.as) counts.set(call.as, (counts.get(call.as) ?? 0) + 1);
  const given = new Set<string>();
  const variable = (name: string) => (/^[a-z]\d*$/.test(name) ? name : `${name}_`);
  const block = (name: string | number | null) => {
    if (typeof name !== "string") return String(name);
    const [base, distance] = name.split(" + ") as [string, string?];
    return distance === undefined
      ? variable(base)
      : `${variable(base)} === null ? null : ${variable(base)} + ${distance}`;
  };
  return calls.map((call) => {
    if (call.op === "coalesce") return "heap.coalesce();";
    if (call.op === "free") return `heap.free(${block(call.block)});`;
    if (call.op === "realloc") {
      const asked = `heap.realloc(${block(call.block)}, ${call.request})`;
      if (typeof call.block !== "string" || call.block.includes(" ")) return `${asked};`;
      return `${variable(call.block)} = ${asked} ?? ${variable(call.block)};`;
    }
    const asked = `heap.malloc(${call.request});`;
    if (call.as === undefined) return asked;
    const again = given.has(call.as);
    given.add(call.as);
    if (again) return `${variable(call.as)} = ${asked}`;
    const changes = resized.has(call.as) || counts.get(call.as)! > 1;
    return `${changes ? "let" : "const"} ${variable(call.as)} = ${asked}`;
  });
}

/** A value as it stands in a program. */
function literal(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(", ")}]`;
  if (typeof value === "object" && value !== null) {
    return `{ ${Object.entries(value)
      .map(([name, each]) => `${name}: ${literal(each)}`)
      .join(", ")} }`;
  }
  if (typeof value === "number" && Number.isInteger(value) && value >= 10_000)
    return String(value).replace(/\B(?=(\d{3})+$)/g, "_");
  return JSON.stringify(value);
}
