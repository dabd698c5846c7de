/** Style of what `whileInPage` watches: an animation that starts whenever the node comes into the document. */
export const HERE_STYLE = "@keyframes fl-here{}";

/**
 * Keeps something going while a node is in the document: `begin` starts it and returns what ends it. A notebook takes outputs out of the
 * document and puts them back as they are scrolled, and what is gone for good must not be kept alive by a listener of the window.
 * The node's style needs `animation:fl-here 1ms`.
 */
export function whileInPage(node: HTMLElement, begin: () => () => void): () => void {
  let end: (() => void) | null = null;
  const sizes = new ResizeObserver(() => {
    if (!node.isConnected) stop();
  });
  const go = () => {
    if (end || !node.isConnected) return;
    end = begin();
    sizes.observe(node);
  };
  const stop = () => {
    sizes.disconnect();
    end?.();
    end = null;
  };
  const started = (event: AnimationEvent) => {
    if (event.target === node) go();
  };
  node.addEventListener("animationstart", started);
  go();
  return () => {
    node.removeEventListener("animationstart", started);
    stop();
  };
}
