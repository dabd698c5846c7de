import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { isDark, watchTheme } from "../../player/theme";
import { whileInPage } from "../while-in-page";
import { BASE_STYLE } from "./style";

/** `"auto"` follows JupyterLab's theme, or the reader's system; or one of the two. */
export type Theme = "auto" | "light" | "dark";

/**
 * The frame of what a reader does in a page: its style, its theme, its name. JupyterLab's keys do not reach into it.
 * @param label its name for screen readers
 * @param style what it needs beside `BASE_STYLE`; every selector begins with `.fl-page`
 */
export function PageView(props: {
  readonly label: string;
  readonly theme?: Theme;
  readonly style?: string;
  readonly children: ComponentChildren;
}) {
  const { label, theme = "auto", style = "", children } = props;
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
      {children}
    </section>
  );
}

/** Whether it is to be dark, now and whenever the page's theme changes. */
function useDark(root: { readonly current: HTMLElement | null }, theme: Theme): boolean {
  const [dark, setDark] = useState(() => isDark(theme));
  useEffect(
    () =>
      whileInPage(root.current!, () => {
        const look = () => setDark(isDark(theme));
        look();
        return watchTheme(look);
      }),
    [root, theme],
  );
  return dark;
}
