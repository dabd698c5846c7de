import { useEffect, useState } from "preact/hooks";
import { isDark, watchTheme } from "../../player/theme";
import { whileInPage } from "../while-in-page";

/** `"auto"` follows JupyterLab's theme, or the reader's system; or one of the two. */
export type Theme = "auto" | "light" | "dark";

/** Whether it is to be dark, now and whenever the page's theme changes. @param root its style has the animation of `whileInPage` */
export function useDark(root: { readonly current: HTMLElement | null }, theme: Theme): boolean {
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
