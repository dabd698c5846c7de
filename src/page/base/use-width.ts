import { useEffect, useState } from "preact/hooks";

/** The width of a node in whole pixels, now and whenever it changes; 0 before it is known. Out of the document it keeps the one it had. */
export function useWidth(node: { readonly current: HTMLElement | null }): number {
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const watched = node.current!;
    const look = () => watched.isConnected && setWidth(Math.floor(watched.clientWidth));
    look();
    const sizes = new ResizeObserver(look);
    sizes.observe(watched);
    return () => sizes.disconnect();
  }, [node]);
  return width;
}
