// The table of contents: everything that `freelist-lab` exports.

// The heap: allocators, their policies, and what they report of each operation.

export type { Block, Extent } from "./heap/block";
export { BuddySystem, type BuddySystemOptions } from "./heap/buddy-system";
export { createHeap } from "./heap/create-heap";
export type {
  FreeEvent,
  HeapEvent,
  HeapListener,
  MallocEvent,
  OperationRecorder,
  ReallocEvent,
} from "./heap/event";
export { FreeList } from "./heap/free-list";
export type { Heap, HeapDescription, HeapSnapshot } from "./heap/heap";
export { heapText, parseHeapText } from "./heap/heap-text";
export { asPublished, type CustomFit, type FreeListOptions } from "./heap/options";
export { SegregatedFits, type SegregatedFitsOptions } from "./heap/segregated-fits";

// Random sources.

export { numpyRandom } from "./random/numpy-random";
export { pythonRandom } from "./random/python-random";
export { python2KeyOrder } from "./random/python2-key-order";
export type { Random } from "./random/random";
export { seededRandom } from "./random/seeded-random";

// Workloads: what programs ask of a heap, drawn at random or contrived.

export { type AdaptiveWorkload, drive } from "./workload/adaptive";
export { fifoLifetimes } from "./workload/lifetimes/fifo";
export { lifetimesFrom, lifetimesOf } from "./workload/lifetimes/from-trace";
export type { Lifetimes, LiveBlocks } from "./workload/lifetimes/lifetimes";
export { lifoLifetimes } from "./workload/lifetimes/lifo";
export { randomLifetimes } from "./workload/lifetimes/random";
export {
  type OriginalParameters,
  type OriginalRun,
  type OriginalStep,
  originalParameters,
  originalRun,
  type PlayedStep,
  playAsIntended,
  playAsPublished,
} from "./workload/original-run";
export { type PeakOptions, peak } from "./workload/peak";
export { type Phase, phases } from "./workload/phases";
export { type PlateauOptions, plateau } from "./workload/plateau";
export type { PopulationOptions } from "./workload/population";
export { type RampOptions, ramp } from "./workload/ramp";
export { type RandomRequestsOptions, randomRequests } from "./workload/random-requests";
export { type RobsonOptions, robsonAdversary, robsonBound } from "./workload/robson";
export { shuffledTwin } from "./workload/shuffled-twin";
export { exponentialSizes } from "./workload/sizes/exponential";
export { sizesFrom } from "./workload/sizes/from-trace";
export { type ExponentialBranch, hyperexponentialSizes } from "./workload/sizes/hyperexponential";
export { normalSizes } from "./workload/sizes/normal";
export type { Sizes } from "./workload/sizes/sizes";
export { uniformSizes } from "./workload/sizes/uniform";
export { type SmallThenLargeOptions, smallThenLarge } from "./workload/small-then-large";
export { type SteadyStateOptions, steadyState } from "./workload/steady-state";

// Traces: what programs did ask of their heaps. Reading files takes Node.

export { readTrace, streamTrace } from "./lab/trace/read-trace";
export { loadTrace, traceNames } from "./lab/trace/shipped-traces";
export { type ParseTraceOptions, parseTrace } from "./workload/trace/parse-trace";
export {
  type Operation,
  type OperationKind,
  Trace,
  TraceBuilder,
  type TraceOrigin,
} from "./workload/trace/trace";
export { TraceError, type TraceFormat } from "./workload/trace/trace-error";
export { TraceParser, type TraceParserOptions, type TraceReport } from "./workload/trace/trace-parser";
export type { TraceSink } from "./workload/trace/trace-reader";
export { writeCompact } from "./workload/trace/write-compact";
export { type WriteRepOptions, writeRep } from "./workload/trace/write-rep";

// Simulation: a workload on a heap; the run recorded, watched, measured, explained.

export type { HistoryJson } from "./simulation/codec/history-json";
export type { Change, Cursor, HeapView, LiveBlock } from "./simulation/cursor";
export { type CurvePoints, downsample } from "./simulation/downsample";
export { type ExplainContext, explain } from "./simulation/explain";
export { firstDifference } from "./simulation/first-difference";
export { History, type HistoryOptions, type RecordedOperation } from "./simulation/history";
export { type Life, type Lives, lives } from "./simulation/lives";
export {
  METRICS,
  type MetricDefinition,
  type MetricName,
  type Metrics,
  metricSeries,
  metricsAt,
} from "./simulation/metrics";
export { nextNotable, notable } from "./simulation/notable";
export { MOST_CELLS, type Occupancy, occupancy, type PageWindow } from "./simulation/occupancy";
export { Replay, type ReplayOptions, type ReplayResult, replay } from "./simulation/replay";
export { Notable } from "./simulation/summary";

// Comparison: traces under many policies; `compare` takes Node and all its cores, `compareHere` neither.

export { compare, type ParallelCompareOptions } from "./lab/compare/compare";
export { compareHere } from "./simulation/compare/compare";
export type { ComparedCell, CompareOptions } from "./simulation/compare/compare-cell";
export { type ComparedRow, Comparison, type ComparisonJson } from "./simulation/compare/comparison";
export { FIGURES, type Figure, type FigureName } from "./simulation/compare/figures";
export type { PolicyOptions } from "./simulation/compare/policy";
export type { SmallestArena } from "./simulation/compare/smallest-arena";

// Pictures: what a notebook shows and what can be saved.

export { type ComparisonFigure, comparisonFigure } from "./view/compare/comparison-figure";
export { saveComparison, showComparison } from "./view/compare/show-comparison";
export { type LiveOptions, type LiveView, liveView } from "./view/live-view";
export type { OutputOptions, Runs } from "./view/output";
export type { PlayerColour, PlayerOptions, PlayerPanel } from "./view/player-options";
export { type ProgressBar, progressBar } from "./view/progress-bar";
export { runReplay } from "./view/run-replay";
export { type GifOptions, saveGif } from "./view/save-gif";
export { saveHtml } from "./view/save-html";
export { savePng } from "./view/save-png";
export { show } from "./view/show";
