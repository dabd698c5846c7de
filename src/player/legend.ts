import { COLOURS } from "../run/lives";
import { COLOURINGS } from "./colourings";
import { el, hatching } from "./dom";
import { fullColour, type Scheme } from "./scheme";

/** Says what the colours of the picture mean. */
export function legendOf(
  scheme: Scheme,
  aggregated: boolean,
  padding: boolean,
  sites: readonly string[],
): HTMLElement {
  const made = el("div", { class: "fl-legend" });
  const add = (background: string, text: string, wide = false) =>
    made.append(
      el(
        "span",
        {},
        el("span", { class: `fl-swatch${wide ? " fl-scale" : ""}`, style: `background:${background}` }),
        text,
      ),
    );
  const hues = Array.from({ length: scheme.hues }, (_, hue) => fullColour(scheme, hue));
  const { legend } = COLOURINGS[scheme.colour];
  if (legend === "allocated") add(hues[0]!, "allocated");
  else if (legend === "sites") {
    for (const [i, site] of sites.slice(0, COLOURS).entries()) add(hues[i]!, site || "nobody named");
    if (aggregated || sites.length > COLOURS) add(hues.at(-1)!, "others, or several");
  } else if (legend === "blocks") {
    const own = hues.slice(0, -1);
    const bands = own.map((css, i) => `${css} ${(i * 100) / own.length}% ${((i + 1) * 100) / own.length}%`);
    add(`linear-gradient(90deg,${bands.join(",")})`, "allocated, a colour a block", true);
    if (aggregated) add(hues.at(-1)!, "several blocks");
  } else add(`linear-gradient(90deg,${hues.reverse().join(",")})`, `${legend[0]} to ${legend[1]}`, true);
  add(scheme.css[0]!, aggregated ? "free; paler: partly allocated" : "free");
  if (padding) add(hatching(scheme.lines.hatch, scheme.lines.ground), "no memory");
  return made;
}
