/*
 * The entry of what runs in the page, bundled into dist/player/player.js. It sets `freelistLab.mount`; evaluating it again
 * replaces that function and leaves the players on the page as they are.
 *
 * An output carries this file, so it is small: the player itself lies packed in it, and is unpacked once a page.
 */

import type { PlayerCore } from "./core";
import { PAYLOAD_VERSION, type PlayerPayload } from "./payload";
import type { PlayerGlobal, PlayerHandle } from "./player-global";
import type { PlayerView } from "./player-view";
import { unpack } from "./unpack";

/** `core.ts`, bundled, minified and packed; the build puts it here. */
declare const PACKED_CORE: string;
/** A hash of it: the page unpacks each player once, and knows it by this. */
declare const PACKED_HASH: string;

/** The page's unpacked players, by hash. */
interface PlayerPage extends Partial<PlayerGlobal> {
  cores?: Record<string, Promise<PlayerCore>>;
}

const page = globalThis as { freelistLab?: PlayerPage };
page.freelistLab ??= {};
const shared = page.freelistLab;

shared.mount = (root, payload, plotly) => {
  // The earlier player of this root may be of an earlier evaluation of this file: it listens for an event.
  root.dispatchEvent(new Event(LEAVE));
  let view: PlayerView | null = null;
  let shown = false;
  let gone = false;
  const destroy = () => {
    if (gone) return;
    gone = true;
    root.removeEventListener(LEAVE, destroy);
    view?.destroy();
    if (shown) root.replaceChildren();
  };
  root.addEventListener(LEAVE, destroy);
  const begin = async () => {
    checkPayload(payload);
    const [core, library] = await Promise.all([coreOfPage(), plotly]);
    if (gone) return;
    view = core.create(payload, library);
    const picture = [...root.childNodes];
    // The static picture stays in its place until there is a frame to put there.
    Object.assign(view.node.style, { position: "absolute", visibility: "hidden", width: "100%" });
    root.append(view.node);
    await view.start();
    for (const node of picture) node.remove();
    view.node.removeAttribute("style");
    shown = true;
  };
  const ready = begin().catch((error: unknown) => {
    view?.destroy();
    if (!gone) root.append(lineOf(error));
    throw error;
  });
  // Whoever does not ask is not told twice.
  ready.catch(() => undefined);
  return handleOf(() => view, ready, destroy);
};

const LEAVE = "freelist-lab-leave";

function coreOfPage(): Promise<PlayerCore> {
  shared.cores ??= {};
  shared.cores[PACKED_HASH] ??= unpack(PACKED_CORE);
  return shared.cores[PACKED_HASH];
}

function handleOf(view: () => PlayerView | null, ready: Promise<void>, destroy: () => void): PlayerHandle {
  return {
    get steps() {
      return view()?.steps ?? 0;
    },
    get step() {
      return view()?.step ?? 0;
    },
    get playing() {
      return view()?.playing ?? false;
    },
    ready,
    seek: (step) => view()?.seek(step),
    play: () => view()?.play(),
    pause: () => view()?.pause(),
    destroy,
  };
}

function checkPayload(payload: PlayerPayload): void {
  if (payload.version !== PAYLOAD_VERSION) {
    throw new RangeError(
      `it reads outputs of version ${PAYLOAD_VERSION}, and this one is of version ${payload.version}; run the cell again.`,
    );
  }
  if (payload.runs.length < 1 || payload.runs.length > 4) {
    throw new RangeError(`it shows one to four runs, not ${payload.runs.length}; give fewer.`);
  }
}

function lineOf(error: unknown): HTMLElement {
  const line = document.createElement("p");
  line.className = "fl-why";
  line.textContent = `The player cannot be shown: ${error instanceof Error ? error.message : String(error)}`;
  return line;
}
