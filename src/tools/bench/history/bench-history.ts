import { FreeList } from "../../../heap/free-list";
import { seededRandom } from "../../../random/seeded-random";
import { gridOf } from "../../../run/grid";
import { History } from "../../../run/history";
import { Lives, lives } from "../../../run/lives";
import { metricSeries } from "../../../run/metrics";
import { occupancy, RunOccupancy } from "../../../run/occupancy";
import { median, table } from "../report";

/*
 * What a history costs: recording, beside the bare run of the same requests; its size; the pass over it that prepares seeks and
 * metrics; seeks.
 */

/** Sizes to allocate, and which live block to replace: the same for the bare and the recorded run. */
interface Requests {
  readonly sizes: Int32Array;
  readonly victims: Int32Array;
}

function requests(steps: number, live: number): Requests {
  const random = seededRandom("history");
  const sizes = Int32Array.from({ length: steps }, () => 16 + Math.floor(random.random() * 1009));
  const victims = Int32Array.from({ length: steps }, () => Math.floor(random.random() * live));
  return { sizes, victims };
}

/** Fills the heap with `live` blocks, then replaces random ones: half of the steps are mallocs, half frees. */
function drive(heap: FreeList, { sizes, victims }: Requests, live: number): void {
  const blocks = new Float64Array(live).fill(-1);
  for (let i = 0; i < sizes.length; i++) {
    const at = i < live ? i : victims[i]!;
    if (blocks[at]! >= 0) heap.free(blocks[at]!);
    blocks[at] = heap.malloc(sizes[i]!) ?? -1;
  }
}

function milliseconds(act: () => void): number {
  const start = performance.now();
  act();
  return performance.now() - start;
}

function measure(live: number, steps: number): Record<string, number | string> {
  const heapSize = 2 ** Math.ceil(Math.log2(live * 520 * 1.3));
  const make = () => new FreeList(heapSize, 16);
  const work = requests(steps, live);
  let history = History.of(make());
  const bare: number[] = [];
  const recorded: number[] = [];
  for (let round = 0; round < 5; round++) {
    const plain = make();
    bare.push(milliseconds(() => drive(plain, work, live)));
    const heap = make();
    history = History.of(heap);
    recorded.push(milliseconds(() => drive(heap, work, live)));
    history.stop();
  }
  let text = "";
  const encoding = milliseconds(() => {
    text = history.encode();
  });
  let decoded = history;
  const decoding = milliseconds(() => {
    decoded = History.decode(text);
  });
  const preparing = milliseconds(() => decoded.prepare());
  const random = seededRandom("seeks");
  const cursor = decoded.cursor();
  const seeks = Array.from({ length: 200 }, () => {
    const step = Math.floor(random.random() * (decoded.length + 1));
    return milliseconds(() => cursor.seek(step));
  });
  cursor.seek(decoded.length);
  const back = Array.from({ length: 200 }, () => milliseconds(() => cursor.previous()));
  const { base, capacity, pageSize } = cursor.heap;
  const all = new Lives(decoded);
  const readingLives = milliseconds(() => all.read(decoded.length));
  const cells = new RunOccupancy(gridOf(base, capacity, pageSize), all).seek(cursor.step);
  const forth = Array.from({ length: 199 }, () =>
    milliseconds(() => {
      cursor.next();
      cells.seek(cursor.step);
    }),
  );
  const n = history.length;
  return {
    live,
    steps: n,
    "bare ns": round((median(bare) * 1e6) / n),
    "recorded ns": round((median(recorded) * 1e6) / n),
    ratio: (median(recorded) / median(bare)).toFixed(2),
    "chars/step": (text.length / n).toFixed(2),
    "encode ms": round(encoding),
    "decode ms": round(decoding),
    "prepare ms": round(preparing),
    "seek ms": median(seeks).toFixed(2),
    "seek max": Math.max(...seeks).toFixed(1),
    "back ms": median(back).toFixed(2),
    "next+grid ms": median(forth).toFixed(3),
    "fill grid ms": milliseconds(() => occupancy(cursor.heap)).toFixed(1),
    "series ms": round(milliseconds(() => metricSeries(decoded, "externalFragmentation"))),
    "read lives ms": round(readingLives),
    "lives ms": round(milliseconds(() => lives(decoded))),
    "checkpoint MB": round(decoded.survey(decoded.length).checkpointBytes / 2 ** 20),
  };
}

function round(value: number): number {
  return Math.round(value);
}

/** Prints the table: a column for each number of live blocks. */
export async function run(): Promise<void> {
  const columns = [
    measure(100, 500),
    measure(1000, 50_000),
    measure(10_000, 500_000),
    measure(100_000, 500_000),
  ];
  console.log(
    table(Object.keys(columns[0]!).map((name) => [name, ...columns.map((column) => String(column[name]))])),
  );
}
