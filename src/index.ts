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
export { FixedPartitions, type FixedPartitionsOptions } from "./heap/fixed-partitions";
export { FreeList } from "./heap/free-list";
export type { Heap, HeapDescription, HeapSnapshot } from "./heap/heap";
export { type HeapFromOptions, heapFrom, writeHeap } from "./heap/heap-from";
export { heapText, parseHeapText } from "./heap/heap-text";
export type { CustomFit, FreeListOptions, PlaceName } from "./heap/options";
export { OriginalHeap } from "./heap/original-heap";
export { SegregatedFits, type SegregatedFitsOptions } from "./heap/segregated-fits";
export { TextbookHeap } from "./heap/textbook-heap";

// Random sources.

export { numpyRandom } from "./random/numpy-random";
export { pythonRandom } from "./random/python-random";
export { python2KeyOrder } from "./random/python2-key-order";
export type { Random } from "./random/random";
export { seededRandom } from "./random/seeded-random";

// Workloads: what programs ask of a heap, drawn at random or contrived.

export {
  type AdaptiveWorkload,
  drive,
  type RobsonOptions,
  robsonAdversary,
  robsonBound,
  type SmallThenLargeOptions,
  smallThenLarge,
} from "./workload/adversaries";
export {
  fifoLifetimes,
  type Lifetimes,
  type LiveBlocks,
  lifetimesFrom,
  lifetimesOf,
  lifoLifetimes,
  randomLifetimes,
} from "./workload/lifetimes";
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
export type { PopulationOptions } from "./workload/population";
export {
  type PeakOptions,
  type Phase,
  type PlateauOptions,
  peak,
  phases,
  plateau,
  type RampOptions,
  type RandomRequestsOptions,
  ramp,
  randomRequests,
  type SteadyStateOptions,
  steadyState,
} from "./workload/shapes";
export { shuffledTwin } from "./workload/shuffled-twin";
export {
  type ExponentialBranch,
  exponentialSizes,
  hyperexponentialSizes,
  normalSizes,
  type Sizes,
  sizesFrom,
  uniformSizes,
} from "./workload/sizes";
export { WORKLOADS, type Workload, type WorkloadName } from "./workload/workloads";

// Traces: what programs did ask of their heaps. Reading files takes Node.

export { readTrace } from "./notebook/trace/read-trace";
export { FileReplay, type ReplayFileOptions, replayFile } from "./notebook/trace/replay-file";
export { loadTrace, traceNames } from "./notebook/trace/shipped-traces";
export { streamTrace } from "./notebook/trace/stream-trace";
export { type OpenTraceOptions, openTrace, TraceFile } from "./notebook/trace/trace-file";
export { writeCompact } from "./trace/compact";
export type { TraceFormat } from "./trace/formats";
export type { Operation, OperationKind } from "./trace/operation";
export { type RepDialect, type WriteRepOptions, writeRep } from "./trace/rep";
export { Trace, TraceBuilder, type TraceOrigin } from "./trace/trace";
export { TraceError } from "./trace/trace-error";
export {
  type ParseTraceOptions,
  parseTrace,
  TraceParser,
  type TraceParserOptions,
  type TraceReport,
} from "./trace/trace-parser";
export type { TraceSink } from "./trace/trace-reader";

// Simulation: a workload on a heap; the run recorded, watched, measured, explained.

export { type Alternative, type Alternatives, alternatives } from "./run/alternatives";
export { type BranchPolicy, branch } from "./run/branch";
export type { HistoryJson } from "./run/codec/history-json";
export type { Change, Cursor, HeapView, LiveBlock, RecordedRun } from "./run/cursor";
export { type DecisionOptions, decision } from "./run/decision/decision";
export { decisionAt } from "./run/decision/decision-at";
export type { NotationName } from "./run/decision/notation";
export type { DecisionStep, ListRecord, Pointers } from "./run/decision/step";
export { type CurvePoints, downsample } from "./run/downsample";
export { StepFlag } from "./run/event-summary";
export { type ExplainContext, explain } from "./run/explain";
export { firstDifference } from "./run/first-difference";
export { type Grid, gridOf, MOST_CELLS } from "./run/grid";
export { type HeapState, stateOf } from "./run/heap-state";
export { History, type HistoryOptions, type RecordedOperation } from "./run/history";
export { type Life, type ListedLives, Lives, lives, NEVER } from "./run/lives";
export type { MetricCurves } from "./run/metric-curves";
export {
  METRIC_NAMES,
  METRICS,
  type MetricDefinition,
  type MetricName,
  type Metrics,
  metricSeries,
  metricsAt,
} from "./run/metrics";
export { Occupancy, occupancy, type PageWindow, RunOccupancy } from "./run/occupancy";
export { Replay, replay } from "./run/replay";
export type { ReplayOptions, ReplayResult } from "./run/replay-options";
export { nextFlagged, stepFlags } from "./run/step-flags";

// Exercises: questions with checked answers, allocators with a fault, and what finds it.

export type { Answer, AnswerForm } from "./exercise/answer";
export {
  type BugHunt,
  type BugHuntOptions,
  bugHunt,
  type HuntState,
  type HuntStep,
} from "./exercise/bugs/bug-hunt";
export { type FindBugOptions, findBug, type MakeHeap } from "./exercise/bugs/find-bug";
export type { Bug, NoBug, Tried } from "./exercise/bugs/finding";
export { RULES, type RuleName } from "./exercise/bugs/rules";
export { type Hole, StudentHeap, type StudentHeapOptions } from "./exercise/bugs/student-heap";
export type { TestedHeap } from "./exercise/bugs/trial";
export { WRONG_HEAPS, type WrongHeap, type WrongHeapName } from "./exercise/bugs/wrong-heaps";
export type { Call } from "./exercise/call";
export { Exercise, type ExerciseOptions, type Grade, makeExercise } from "./exercise/exercise";
export { EXERCISE_NAMES, EXERCISES, type ExerciseName } from "./exercise/exercises";
export type { BestPlacement } from "./exercise/placing/best-placement";
export {
  beTheAllocator,
  type Placed,
  type PlacingGame,
  type PlacingOptions,
  type PlacingScore,
} from "./exercise/placing/placing-game";
export type { PlacingTask, PolicyScore } from "./exercise/placing/placing-task";
export type { ExerciseKind, Level, Question } from "./exercise/question";
export type { QuestionHeap } from "./exercise/question-heap";

// The simulator of a textbook's homework, OSTEP's: what it prints, its runs, its questions.

export { type OstepResult, ostep, ostepResult } from "./exercise/ostep/ostep";
export { ostepExercises } from "./exercise/ostep/ostep-exercises";
export { type OstepDifference, type OstepRun, ostepRun } from "./exercise/ostep/ostep-run";
export { OSTEP_QUIRKS, type OstepQuirk, type OstepQuirkName } from "./exercise/ostep/quirks";

// The playground: what is asked of a heap by hand, and a fit to be written.

export type { PlaygroundCall } from "./playground/calls";
export {
  type FitGrade,
  type FitTask,
  type FitTaskOptions,
  gradeFit,
  makeFitTask,
} from "./playground/own-policy/fit-task";
export { CallsError, parseCalls } from "./playground/parse-calls";
export { play } from "./playground/play";

// Comparison: traces under many policies; `compare` takes Node and all its cores, `compareHere` neither.

export { compareHere } from "./compare/compare";
export type { ComparedCell, CompareOptions } from "./compare/compare-cell";
export type { PolicyOptions } from "./compare/compared-policy";
export { type ComparedRow, Comparison } from "./compare/comparison";
export type { CellJson, ComparedJson, ComparisonJson, FailedCell } from "./compare/comparison-json";
export { FIGURES, type Figure, type FigureName } from "./compare/figures";
export type { SmallestArena } from "./compare/smallest-arena";
export { compare, type ParallelCompareOptions } from "./notebook/compare/compare";
export type { CellProgress } from "./notebook/compare/measure-cells";

// Published results: each as an experiment, measured and judged; exact worst cases of small heaps.

export { showIndex } from "./notebook/study/show-index";
export { showStudies, showStudy } from "./notebook/study/show-study";
export { type BestFitAdversaryOptions, bestFitAdversary } from "./study/best-fit-adversary";
export type {
  ChapterName,
  ClassicResult,
  ExpectedRange,
  ResultFigure,
  ResultSource,
} from "./study/classic-result";
export { CLASSIC_RESULT_NAMES, CLASSIC_RESULTS, type ClassicResultName } from "./study/classic-results";
export { type IndexLevel, type IndexSearch, indexSearch } from "./study/index-search";
export type { MeasuredFigure, Outcome } from "./study/measured-figure";
export { leastMemory, type PlacementGame } from "./study/placement-game";
export { programOf } from "./study/program-of";
export { runStudy, type StudyOptions } from "./study/run-study";
export { enoughForAny, type SafeArena, type SafeArenaOptions, safeArena } from "./study/safe-arena";
export { SAFE_ARENAS } from "./study/safe-arenas";
export { type CachedReplay, replayWithCaches, type SizeCachesOptions } from "./study/size-caches";
export type { Study, Verdict } from "./study/study";
export { type StudyRow, studyTable } from "./study/study-table";
export { type TInterval, tInterval } from "./study/t-interval";
export { type WorstRun, type WorstRunOptions, worstRun } from "./study/worst-run";

// In a notebook: what a cell shows, what it asks of its reader, and what can be saved.

export { answer } from "./notebook/answer";
export { type CatchTheBugOptions, catchTheBug, saveCatchTheBug } from "./notebook/catch-the-bug";
export { showChart } from "./notebook/chart/show-chart";
export { saveComparison, showComparison } from "./notebook/compare/show-comparison";
export {
  type ExercisePageOptions,
  exercise,
  exercises,
  type ShownExerciseOptions,
  saveExercises,
} from "./notebook/exercise";
export { fitTask, type ShownFitTaskOptions, saveFitTask } from "./notebook/fit-task";
export { type LiveOptions, type LiveView, liveView } from "./notebook/live-view";
export type { OutputOptions } from "./notebook/output";
export { placing, type ShownPlacingOptions, savePlacing } from "./notebook/placing";
export { type PlaygroundOptions, playground, savePlayground } from "./notebook/playground";
export { type ProgressBar, progressBar } from "./notebook/progress-bar";
export type { PictureOptions } from "./notebook/run-pictures";
export { runReplay } from "./notebook/run-replay";
export type { Runs } from "./notebook/runs";
export { type GifOptions, saveGif } from "./notebook/save-gif";
export { saveHtml } from "./notebook/save-html";
export { type PngOptions, savePng } from "./notebook/save-png";
export { show } from "./notebook/show";
export type { Chart, ChartAxis, ChartKind, ChartPoint } from "./player/chart/chart";
export { type ComparisonFigure, comparisonFigure } from "./player/compare/comparison-figure";
export type { PlayerColour, PlayerOptions, PlayerPanel } from "./player/player-options";
