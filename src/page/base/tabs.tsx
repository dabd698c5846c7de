import type { ComponentChildren } from "preact";
import { useRef, useState } from "preact/hooks";
import { usePageId } from "./use-page-id";

/** One tab: its name and what it shows. */
export interface Tab {
  readonly name: string;
  readonly show: () => ComponentChildren;
}

/**
 * Tabs, of which one is shown; ← and → go from one to the next (WAI-ARIA, tabs with automatic activation).
 * @param label what they are about, for screen readers
 */
export function Tabs({ label, tabs }: { readonly label: string; readonly tabs: readonly Tab[] }) {
  const id = usePageId();
  const [chosen, choose] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const at = Math.min(chosen, tabs.length - 1);
  const go = (event: KeyboardEvent) => {
    const ways: Record<string, number> = {
      ArrowRight: at + 1,
      ArrowLeft: at - 1,
      Home: 0,
      End: tabs.length - 1,
    };
    const next = ways[event.key];
    if (next === undefined) return;
    event.preventDefault();
    const to = (next + tabs.length) % tabs.length;
    choose(to);
    list.current?.querySelectorAll<HTMLElement>("[role=tab]")[to]?.focus();
  };
  return (
    <div class="fl-tabs">
      <div class="fl-tab-list" role="tablist" aria-label={label} ref={list} onKeyDown={go}>
        {tabs.map(({ name }, i) => (
          <button
            key={name}
            type="button"
            role="tab"
            class="fl-tab"
            id={`${id}-tab-${i}`}
            aria-selected={i === at}
            aria-controls={`${id}-panel`}
            tabIndex={i === at ? 0 : -1}
            onClick={() => choose(i)}
          >
            {name}
          </button>
        ))}
      </div>
      <div class="fl-tab-panel" role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-tab-${at}`}>
        {tabs[at]?.show()}
      </div>
    </div>
  );
}
