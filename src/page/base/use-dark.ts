import { useEffect, useState } from "preact/hooks";
import type { Theme } from "../../player/payload";
import { isDark, watchTheme } from "../../player/theme";
import { whileInPage } from "../../player/while-in-page";

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
