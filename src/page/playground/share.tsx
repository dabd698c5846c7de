import { useEffect, useRef } from "preact/hooks";
import { readable } from "../../base/readable";
import { asTypeScript } from "../../playground/as-typescript";
import { writeLink } from "../../playground/link";
import type { PlaygroundState } from "../../playground/state";
import { Button } from "../base/button";
import type { PlaygroundData } from "./playground-data";

/** What the state can be taken away as. */
export type Shared = "link" | "code";

/** The buttons for it. */
export function ShareButtons(props: {
  readonly shown: Shared | null;
  readonly onShow: (what: Shared | null) => void;
}) {
  const { shown, onShow } = props;
  const button = (what: Shared, text: string) => (
    <Button pressed={shown === what} onClick={() => onShow(shown === what ? null : what)}>
      {text}
    </Button>
  );
  return (
    <span class="fl-pair fl-shares">
      {button("link", "Copy link")}
      {button("code", "As TypeScript")}
    </span>
  );
}

/** The state to take away: as a link, or as the cell that makes the same run. */
export function Share(props: {
  readonly state: PlaygroundState;
  readonly data: PlaygroundData;
  readonly shown: Shared;
}) {
  const { state, data, shown } = props;
  const field = useRef<HTMLTextAreaElement>(null);
  const text = shown === "link" ? linkText(state, data) : asTypeScript(state);

  useEffect(() => {
    field.current?.focus({ preventScroll: true });
    field.current?.select();
    // Where the page may not write to the clipboard, the text stands there, selected.
    navigator.clipboard?.writeText(text).catch(() => undefined);
    if (shown === "link" && data.alone && data.page === null)
      history.replaceState(null, "", `#${writeLink(state)}`);
  }, [text]);

  const remedy = text.startsWith("playground(")
    ? "Put it into a cell to be here again."
    : "Whoever opens it is where you are.";
  return (
    <div class="fl-shared">
      <p class="fl-soft-text" role="status">
        {shown === "code"
          ? "A cell that makes the same run. It is copied, where the page may do so."
          : `${readable(text.length)} characters: the heap, its policy and all operations. ${remedy}`}
      </p>
      <textarea
        ref={field}
        class="fl-input"
        rows={shown === "code" ? Math.min(16, text.split("\n").length) : 3}
        readOnly
        aria-label={shown === "code" ? "As TypeScript" : "Link"}
        value={text}
      />
    </div>
  );
}

/** The address that opens the state: of a page, of this page, or else the call that does. */
function linkText(state: PlaygroundState, { page, alone }: PlaygroundData): string {
  const link = writeLink(state);
  if (page !== null) return `${page.replace(/#.*$/, "")}#${link}`;
  return alone ? `${location.href.replace(/#.*$/, "")}#${link}` : `playground("${link}")`;
}
