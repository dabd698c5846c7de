import type { Markup } from "../base/markup";
import { readable } from "../base/readable";
import { oneOf, ownOptions, show } from "../base/wrong-argument";
import { PAYLOAD_VERSION, type PlayerPayload, type PlotlySource } from "../player/payload";
import { checkPlayerOptions, PLAYER_OPTIONS, type PlayerOptions } from "../player/player-options";
import { filmstrip } from "./filmstrip";
import { posterStep } from "./key-frames";
import { bundled, programOutput } from "./program-output";
import { labelledRuns, type Runs } from "./runs";

/** What a player starts with, and what stands above it. Every option has a default. */
export interface OutputOptions extends PlayerOptions {
  /** Stands above the player. Default: nothing. Any text; it is never read as markup. */
  readonly title?: string;
  /** `"auto"` (the default) follows JupyterLab's theme, or the reader's system; or one of the two. */
  readonly theme?: "auto" | "light" | "dark";
}

/**
 * Runs as one piece of HTML: pictures that need nothing, the run itself, and the program that turns them into the player.
 * @param program what runs in the page; default: the bundles of `npm run build`
 * @param indexed whether a long run has an index, which makes the output larger, and any step of the run at hand at once
 * @throws TypeError for something that is no history, RangeError for none or more than four; either for an option that is not allowed.
 * RangeError for runs that are too long for one text.
 */
export function outputHtml(
  runs: Runs,
  options: OutputOptions,
  plotly: PlotlySource,
  program?: string,
  indexed = false,
): Markup {
  const labelled = labelledRuns(runs);
  const {
    title = "",
    theme = "auto",
    ...player
  } = ownOptions(options, [...PLAYER_OPTIONS, "title", "theme"]);
  if (typeof title !== "string") throw new TypeError(`options.title must be a text, not ${show(title)}.`);
  oneOf("options.theme", theme, ["auto", "light", "dark"]);
  checkPlayerOptions(player, Math.max(...labelled.map(({ history }) => history.length)));
  return asOneText(runs, () => {
    const payload: PlayerPayload = {
      version: PAYLOAD_VERSION,
      title,
      runs: labelled.map(({ label, history }) => {
        const index = indexed ? history.index() : null;
        return { label, history: history.encode(), ...(index !== null && { index }) };
      }),
      options: player,
      poster: posterStep(labelled.map(({ history }) => history)),
      theme,
    };
    const { step = payload.poster } = player;
    const opened = step === "end" ? undefined : step;
    const fallback = filmstrip(title, labelled, { opened, colour: player.colour });
    return programOutput(fallback, { payload, plotly }, program ?? playerProgram());
  });
}

/**
 * Makes a text that has runs in it.
 * @throws RangeError where it would be longer than a text can be: in V8, the engine of Node and Chromium, 2^29 − 24 characters
 */
export function asOneText<Text>(runs: Runs, make: () => Text): Text {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof RangeError && /string length/i.test(error.message))) throw error;
    const steps = labelledRuns(runs).reduce((sum, { history }) => sum + history.length, 0);
    const rule = `An output is one text, of 2^29 − 24 characters at most, and ${readable(steps)} steps take more`;
    const remedy = "show fewer steps, or take a recording's figures with replayFile, which keeps no steps";
    throw new RangeError(`${rule}; ${remedy}.`, { cause: error });
  }
}

/** The player, and what finds Plotly and starts it: the files that `npm run build` bundles. */
function playerProgram(): string {
  return bundled("player/player.js", "player/page/output.js");
}
