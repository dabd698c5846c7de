import { type ComponentChildren, createContext } from "preact";
import { useRef } from "preact/hooks";
import type { Theme } from "../../player/payload";
import { BASE_STYLE } from "./style";
import { useDark } from "./use-dark";

/** Whether the `PageView` around a component is dark. */
export const Dark = createContext(false);

/**
 * The frame of what a reader does in a page: its style, its theme, its name. JupyterLab's keys do not reach into it.
 * @param label its name for screen readers
 * @param style what it needs beside `BASE_STYLE`; every selector begins with `.fl-page`
 */
export function PageView(props: {
  readonly label: string;
  readonly theme?: Theme;
  readonly style: string;
  readonly children: ComponentChildren;
}) {
  const { label, theme = "auto", style, children } = props;
  const root = useRef<HTMLElement>(null);
  const dark = useDark(root, theme);
  return (
    <section
      ref={root}
      class="fl-page"
      aria-label={label}
      data-dark={dark || undefined}
      data-lm-suppress-shortcuts="true"
      onKeyDown={(event) => event.stopPropagation()}
    >
      <style>{BASE_STYLE + style}</style>
      <Dark.Provider value={dark}>{children}</Dark.Provider>
    </section>
  );
}
