import { useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { callText } from "../../exercise/call";
import { type PlacingFrame, placingFrames } from "../../exercise/placing/placing-frames";
import { beTheAllocator, type PlacingGame, type PlacingScore } from "../../exercise/placing/placing-game";
import { Button } from "../base/button";
import { Table } from "../base/table";
import { HeapStrip } from "./heap-figure";
import { nextSeed } from "./next-seed";
import type { PlacingData } from "./placing-data";
import { PlacingStrip } from "./placing-strip";

/** "Be the allocator": a stream of requests to be placed by hand, and at its end the score. */
export function PlacingView(props: Pick<PlacingData, "level" | "seed">) {
  const [stream, setStream] = useState({ level: props.level, seed: props.seed });
  const [round, setRound] = useState(0);
  const game = useMemo(() => beTheAllocator(stream), [stream, round]);
  return (
    <Round
      key={`${stream.seed} ${round}`}
      game={game}
      first={stream.seed === props.seed && round === 0}
      onAgain={() => setRound(round + 1)}
      onNext={() => setStream({ ...stream, seed: nextSeed(stream.seed) })}
    />
  );
}

/** One time through a stream. */
function Round(props: {
  readonly game: PlacingGame;
  /** Whether it is the first: others get the keys at once. */
  readonly first: boolean;
  readonly onAgain: () => void;
  readonly onNext: () => void;
}) {
  const { game, first, onAgain, onNext } = props;
  const [, setMoves] = useState(0);
  const [message, setMessage] = useState("");
  const place = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (!first) place.current!.querySelector<HTMLElement>("[role=slider]")?.focus({ preventScroll: true });
  }, [first]);
  const put = (address: number | null) => {
    setMessage(game.place(address).message);
    setMoves((moves) => moves + 1);
  };
  const { task, next, placements } = game;
  const count = task.calls.filter(({ op }) => op === "malloc").length;
  const score = game.score();
  return (
    <div ref={place} class="fl-exercise">
      <h2 class="fl-heading">
        Be the allocator <small>level {task.level}</small>
      </h2>
      <p class="fl-rules">
        Requests come one by one, and blocks are freed when it is their turn. Place each block where you like,
        or turn its request down. At the end you see how many requests you have granted, and how many each fit
        would have, and whoever had known the whole stream.
      </p>
      {next && (
        <p class="fl-prompt">
          Request {placements.length + 1} of {count}: <code>{callText(next)}</code>
        </p>
      )}
      <PlacingStrip blocks={game.blocks()} task={task} next={next} possible={game.possible()} onPlace={put} />
      {next && (
        <p class="fl-hint">
          Click where the block is to lie; or ← and → move it, Page Up and Page Down from hole to hole, and
          Enter places it.
        </p>
      )}
      <div class="fl-line">
        {next && <Button onClick={() => put(null)}>Turn it down</Button>}
        <Button
          disabled={placements.length === 0}
          onClick={() => {
            game.undo();
            setMessage("The last placement is taken back.");
            setMoves((moves) => moves + 1);
          }}
        >
          Undo
        </Button>
        {placements.length > 0 && <Button onClick={onAgain}>Begin anew</Button>}
        <Button onClick={onNext}>Another stream</Button>
      </div>
      <p class="fl-text" role="status">
        {message}
      </p>
      {score && <Score game={game} score={score} />}
    </div>
  );
}

/** How it came out: the numbers, and both ways through the stream side by side. */
function Score({ game, score }: { readonly game: PlacingGame; readonly score: PlacingScore }) {
  const { requests, granted, policies, best, message } = score;
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => heading.current!.focus(), []);
  const bar = (count: number) => [
    count,
    <span key="bar" class="fl-score" style={{ width: `${(count / requests) * 160}px` }} aria-hidden="true" />,
  ];
  const frames = {
    yours: placingFrames(game.task, game.placements),
    best: placingFrames(game.task, best.placements),
  };
  return (
    <section aria-label="Score">
      <h3 class="fl-heading" ref={heading} tabIndex={-1}>
        {message}
      </h3>
      <Table
        caption="Requests granted"
        head={["who", `granted of ${requests}`, "as a bar"]}
        numbers={[1]}
        rows={[
          ["you", ...bar(granted)],
          ...policies.map((policy) => [`${policy.fit} fit`, ...bar(policy.granted)]),
          ["the best possible", ...bar(best.granted)],
        ]}
      />
      <ol class="fl-frames">
        {frames.yours.map((frame, i) => (
          <li key={frame.request}>
            <p class="fl-text">
              {frame.freed.length > 0 && <code>{frame.freed.join(", ")}, then </code>}
              <code>{frame.request}</code>
            </p>
            <div class="fl-pair">
              <Frame who="You" frame={frame} top={game.task.heapSize} />
              <Frame who="The best possible" frame={frames.best[i]!} top={game.task.heapSize} />
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Frame({
  who,
  frame,
  top,
}: {
  readonly who: string;
  readonly frame: PlacingFrame;
  readonly top: number;
}) {
  const { address, blocks } = frame;
  return (
    <div>
      <p class="fl-hint">
        {who}: {address === null ? "turned down" : `at ${address}`}
      </p>
      <HeapStrip label={`${who}, the heap then`} blocks={blocks} top={top} />
    </div>
  );
}
