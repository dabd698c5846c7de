import { el } from "./dom";
import { fullColour, type Scheme } from "./palette";

/** Says what the colours of the picture mean. */
export function legendOf(scheme: Scheme, aggregated: boolean, padding: boolean): HTMLElement {
  const legend = el("div", { class: "fl-legend" });
  const add = (background: string, text: string, kind = "fl-swatch") =>
    legend.append(
      el("span", {}, el("span", { class: kind, style: background && `background:${background}` }), text),
    );
  const scale = (from: string, to: string) => {
    const stops = Array.from({ length: scheme.hues }, (_, hue) => fullColour(scheme, hue)).reverse();
    add(`linear-gradient(90deg,${stops.join(",")})`, `${from} to ${to}`, "fl-swatch fl-scale");
  };
  if (scheme.colour === "original") add(fullColour(scheme, 0), "allocated");
  if (scheme.colour === "block") {
    const six = Array.from({ length: scheme.hues - 1 }, (_, hue) => fullColour(scheme, hue));
    const bands = six.map((css, i) => `${css} ${(i * 100) / 6}% ${((i + 1) * 100) / 6}%`);
    add(`linear-gradient(90deg,${bands.join(",")})`, "allocated, neighbours differ", "fl-swatch fl-scale");
    if (aggregated) add(fullColour(scheme, scheme.hues - 1), "several blocks");
  }
  if (scheme.colour === "age") scale("newly allocated", "old");
  if (scheme.colour === "size") scale("small blocks", "large");
  add(scheme.css[0]!, aggregated ? "free; shades between: partly allocated" : "free");
  if (padding) add("", "no memory", "fl-swatch fl-hatched");
  return legend;
}
