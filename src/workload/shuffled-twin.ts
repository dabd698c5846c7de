import type { Random } from "../random/random";
import type { Trace } from "../trace/trace";
import { randomLifetimes } from "./lifetimes";
import { TraceWriter } from "./population";

/**
 * A trace with the same mallocs, reallocs and frees in the same places, but with the sizes in random order and a random
 * live block freed or resized each time: the same histogram of sizes and the same number of live blocks throughout, and
 * none of the program's regularities. The bytes live at once differ, since other blocks are the long-lived ones. What
 * fragments more or less than its twin does so because of its order (Wilson et al. 1995, section 2: random traces
 * mislead).
 */
export function shuffledTwin(random: Random, trace: Trace): Trace {
  const mallocs = shuffled(random, sizesOf(trace, "malloc"));
  const reallocs = shuffled(random, sizesOf(trace, "realloc"));
  const name = `${trace.name || "trace"}, shuffled`;
  const writer = new TraceWriter(
    name,
    `${trace.source}${trace.source && "; "}sizes and lifetimes shuffled by ${random.name}`,
  );
  const live = randomLifetimes.start(random);
  for (let i = 0; i < trace.length; i++) {
    const kind = trace.kindAt(i);
    const id = kind === "malloc" ? writer.malloc(mallocs.pop()!) : live.take();
    if (kind === "realloc") writer.realloc(id, reallocs.pop()!);
    if (kind === "free") writer.free(id);
    else live.add(id);
  }
  return writer.build();
}

function sizesOf(trace: Trace, kind: "malloc" | "realloc"): number[] {
  const sizes: number[] = [];
  for (let i = 0; i < trace.length; i++) if (trace.kindAt(i) === kind) sizes.push(trace.sizeAt(i));
  return sizes;
}

/** The items in an order of which each is equally likely (Fisher and Yates; Knuth, TAOCP 2, algorithm 3.4.2P). */
function shuffled(random: Random, items: number[]): number[] {
  for (let i = items.length - 1; i > 0; i--) {
    const j = random.randint(0, i + 1);
    const item = items[i]!;
    items[i] = items[j]!;
    items[j] = item;
  }
  return items;
}
