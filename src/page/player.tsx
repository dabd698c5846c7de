import { useEffect, useRef, useState } from "preact/hooks";
import type { Theme } from "../player/payload";
import type { PlayerOptions } from "../player/player-options";
import { PlayerView } from "../player/player-view";
import type { PlotlyLibrary } from "../player/plotly";
import type { ShownRun } from "../player/run-row";

/**
 * The player, in a page: other `runs`, or another `step`, are shown from the next frame on, and what its reader chose stays.
 * It comes with Plotly; where that cannot be had, a line in its place says so.
 * @param plotly the promise of Plotly: what `loadPlotly` returns
 * @param options what it starts with; later ones are not looked at
 * @param onStep is told the steps to which the player's reader goes, also while it plays
 */
export function Player(props: {
  readonly runs: readonly ShownRun[];
  readonly step: number;
  readonly plotly: Promise<unknown>;
  readonly options: PlayerOptions;
  readonly theme: Theme;
  /** CSS pixels that the pictures are high at most. Default: as high as there is room. */
  readonly highest?: number;
  readonly onStep?: (step: number) => void;
}) {
  const { runs, step, plotly, options, theme, highest, onStep } = props;
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<PlayerView | null>(null);
  const told = useRef(onStep);
  told.current = onStep;
  /** The runs that the player has, and the steps that it has told and that have not yet come back as `step`. */
  const shown = useRef({ runs, heard: [] as number[] });
  const [failure, setFailure] = useState<string | null>(null);
  const latest = useRef({ runs, step });
  latest.current = { runs, step };

  useEffect(() => {
    let gone = false;
    const begin = async () => {
      const library = (await plotly) as PlotlyLibrary;
      if (gone) return;
      const first = latest.current;
      shown.current = { runs: first.runs, heard: [] };
      let last = first.step;
      const settings = {
        title: "",
        theme,
        highest,
        options: { ...options, step: first.step },
        moved: (at: number) => {
          if (at === last) return;
          last = at;
          if (!told.current) return;
          shown.current.heard.push(at);
          told.current(at);
        },
      };
      const made = new PlayerView(settings, first.runs, library);
      view.current = made;
      place.current!.append(made.node);
      await made.start();
    };
    begin().catch((error: unknown) => setFailure(error instanceof Error ? error.message : String(error)));
    return () => {
      gone = true;
      view.current?.destroy();
      view.current = null;
    };
    // A player is made once; what it shows is changed below.
  }, [plotly, theme]);

  useEffect(() => {
    if (!view.current) return;
    const { heard } = shown.current;
    const echo = heard.lastIndexOf(step);
    if (runs !== shown.current.runs) view.current.setRuns(runs, step);
    else if (echo < 0) view.current.seek(step);
    shown.current = { runs, heard: runs === shown.current.runs ? heard.slice(echo + 1) : [] };
  }, [runs, step]);

  return (
    <div>
      {failure && <p class="fl-error">The picture cannot be shown: {failure}</p>}
      <div ref={place} />
    </div>
  );
}
