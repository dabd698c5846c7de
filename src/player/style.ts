import { DARK, LIGHT } from "./theme-style";
import { HERE_STYLE } from "./while-in-page";

/**
 * The player's style sheet. Colours come from JupyterLab's variables where there are any; `data-dark` on the player says
 * which of the two themes holds. Every selector starts with the player's class, twice where JupyterLab styles the same.
 *
 * What has time across (`fl-timed`) stands on one axis: a gutter of `--gutter` at its left, and `fl-time` inset by half a thumb of
 * the slider. In a narrow player the gutter's content stands above instead.
 */
export const STYLE = `
.fl-player{${LIGHT}
--run-1:#0b63c4;--run-2:#c04e00;--run-3:#007a5a;--run-4:#a8437f;--gutter:220px;
container-type:inline-size;position:relative;color:var(--fg);background:var(--bg);max-width:1100px;padding:8px;box-sizing:border-box;
font:14px/20px var(--jp-content-font-family,system-ui,sans-serif);animation:fl-here 1ms;outline:none}
.fl-player[data-dark]{${DARK}
--run-1:#64b5f6;--run-2:#ff8a3d;--run-3:#1fc79a;--run-4:#e59ac6;color-scheme:dark}
${HERE_STYLE}
.fl-player:not([data-runs="1"]){--gutter:250px}
.fl-player *{box-sizing:border-box}
.fl-player.fl-player p,.fl-player.fl-player figure,.fl-player.fl-player dl,.fl-player.fl-player dd,.fl-player.fl-player dt{margin:0;padding:0}
.fl-player.fl-player .fl-title{font-size:16px;font-weight:600;padding-bottom:8px}
.fl-player .fl-runs,.fl-player .fl-figures{display:grid;gap:12px 16px;grid-template-columns:minmax(0,1fr)}
.fl-player .fl-figures:not(:empty){margin-top:10px}
.fl-player figure{min-width:0}
.fl-player .fl-name{font-weight:600;padding-bottom:4px;overflow-wrap:anywhere}
.fl-player .fl-stage{display:inline-block;vertical-align:top;position:relative;outline-offset:3px;line-height:0}
.fl-player .fl-square{position:relative;border:1px solid var(--line);box-sizing:content-box}
.fl-player .fl-plot{position:absolute;inset:0}
.fl-player .fl-overlay{position:absolute;inset:0;width:100%;height:100%;pointer-events:none;overflow:hidden}
.fl-player .fl-overlay path{fill:none;vector-effect:non-scaling-stroke}
.fl-player .fl-pages{stroke:#8886;stroke-width:1}
.fl-player .fl-halo{stroke:var(--halo);stroke-width:5}
.fl-player .fl-outline{stroke:var(--outline);stroke-width:2}
.fl-player .fl-freed{stroke-dasharray:4 3}
.fl-player .fl-tip{position:absolute;z-index:9;pointer-events:none;padding:5px 8px;font-size:12px;line-height:1.4;white-space:pre-line;
max-width:260px;overflow-wrap:anywhere;color:var(--fg);background:var(--bg);border:1px solid var(--line);border-radius:3px;box-shadow:0 1px 4px #0004}
.fl-player.fl-player .fl-says{padding-top:4px;overflow-wrap:anywhere}
.fl-player figure[data-beside] .fl-body{display:flex;gap:16px}
.fl-player figure[data-beside] .fl-text{flex:1;min-width:0}
.fl-player figure[data-beside] .fl-facts{margin-top:10px}
.fl-player.fl-player figure[data-beside] .fl-says{padding-top:0}
.fl-player.fl-player .fl-facts dt{float:none;width:auto;font-weight:400}
.fl-player figure .fl-facts .fl-name{display:none}
.fl-player.fl-player .fl-facts dl{display:grid;grid-template-columns:auto 1fr;gap:0 10px;font-size:13px;color:var(--soft);max-width:260px;align-content:start}
.fl-player .fl-facts dd{text-align:right;white-space:nowrap;color:var(--fg);font-variant-numeric:tabular-nums}
.fl-player .fl-legend{display:flex;flex-wrap:wrap;gap:2px 14px;font-size:12px;color:var(--soft);padding-top:6px}
.fl-player .fl-swatch{display:inline-block;width:14px;height:14px;border:1px solid var(--line);margin-right:5px;vertical-align:-2px}
.fl-player .fl-scale{width:72px}
.fl-player .fl-chip{display:inline-block;width:10px;height:10px;border-radius:2px;margin-right:3px;flex:none}
.fl-player .fl-controls{padding-top:8px}
.fl-player .fl-timed{display:grid;grid-template-columns:var(--gutter) minmax(0,1fr);align-items:center}
.fl-player .fl-row{display:flex;flex-wrap:wrap;align-items:center;gap:6px 16px;padding-top:6px}
.fl-player .fl-group{display:inline-flex;align-items:center;gap:3px}
.fl-player button{display:inline-flex;align-items:center;justify-content:center;min-width:30px;height:28px;padding:0 7px;font:inherit;font-size:13px;
color:var(--fg);background:var(--face);border:1px solid var(--line);border-radius:4px;cursor:pointer}
.fl-player button:hover{border-color:var(--accent)}
.fl-player button[aria-disabled=true]{cursor:default;border-color:var(--line)}
.fl-player button[aria-disabled=true] svg{opacity:.35}
.fl-player button svg{width:14px;height:14px;fill:currentColor}
.fl-player .fl-play{min-width:44px;background:var(--accent);border-color:var(--accent);color:var(--bg)}
.fl-player select,.fl-player input[type=number]{height:28px;font:inherit;font-size:13px;color:var(--fg);background:var(--face);border:1px solid var(--line);
border-radius:4px;padding:0 4px}
.fl-player input[type=number]{width:6.5em;text-align:right;font-variant-numeric:tabular-nums}
.fl-player label{display:inline-flex;align-items:center;gap:5px;font-size:13px;color:var(--soft);white-space:nowrap}
.fl-player :focus-visible{outline:2px solid var(--accent);outline-offset:2px}
.fl-player .fl-keys{font-size:12px;color:var(--soft);margin-left:auto}
.fl-player .fl-keys::before{content:"Keys, after a click: "}
.fl-player:focus-within .fl-keys{color:var(--accent)}
.fl-player .fl-track{min-width:0}
.fl-player input[type=range]{display:block;width:100%;height:18px;margin:0;padding:0;accent-color:var(--accent)}
.fl-player .fl-marks{display:block;width:100%;height:17px;pointer-events:none}
.fl-player .fl-jump{font-size:13px;color:var(--soft);margin-right:2px}
.fl-player .fl-panels{margin-top:10px}
.fl-player details{border-top:1px solid var(--line);padding:6px 0}
.fl-player summary{cursor:pointer;font-weight:600;font-size:13px;width:fit-content}
.fl-player .fl-note{font-size:12px;color:var(--soft);padding-top:4px}
.fl-player .fl-note button{height:24px;font-size:12px;margin-left:6px}
.fl-player .fl-outside{color:var(--denied);font-weight:600}
.fl-player .fl-ends{display:flex;justify-content:space-between}
.fl-player .fl-panel{position:relative;margin-top:4px}
.fl-player .fl-panel canvas,.fl-player .fl-panel svg{display:block;width:100%}
.fl-player.fl-player .fl-list{list-style:none;margin:4px 0 0;padding:0;max-height:252px;overflow:auto;border:1px solid var(--line);border-radius:4px;font-size:13px}
.fl-player.fl-player .fl-list li{margin:0;padding:2px 6px}
.fl-player .fl-label{font:11px var(--jp-content-font-family,system-ui,sans-serif);fill:var(--fg)}
.fl-player .fl-label.fl-soft{fill:var(--soft)}
.fl-player .fl-hole{fill:var(--bg);stroke:var(--fg)}
.fl-player .fl-arrow{fill:none;stroke:var(--accent);stroke-width:1.2}
.fl-player .fl-next{fill:none;stroke:var(--soft);stroke-width:1.2}
.fl-player .fl-curve,.fl-player .fl-lives{padding-top:6px;align-items:stretch;font-size:12px;line-height:16px}
.fl-player .fl-side{position:relative;min-width:0;display:flex;flex-direction:column;padding-right:72px}
.fl-player .fl-values{display:grid;grid-template-columns:repeat(2,76px);justify-items:end;gap:0 8px;font-variant-numeric:tabular-nums;white-space:nowrap}
.fl-player[data-runs="1"] .fl-values{justify-items:start}
.fl-player .fl-tick{position:absolute;top:-2px;right:0;font-size:11px;color:var(--soft);white-space:nowrap;font-variant-numeric:tabular-nums}
.fl-player .fl-tick.fl-least{top:auto;bottom:-2px}
.fl-player .fl-time{position:relative;cursor:pointer;min-width:0;margin:0 8px;align-self:start}
.fl-player .fl-cursor{position:absolute;top:0;bottom:0;width:2px;margin-left:-1px;background:var(--fg);pointer-events:none}
.fl-player .fl-hidden{display:none}
@container (min-width:376px){
.fl-player[data-runs="2"] :is(.fl-runs,.fl-figures),.fl-player[data-runs="4"] :is(.fl-runs,.fl-figures){grid-template-columns:repeat(2,minmax(0,1fr))}
}
@container (min-width:572px){
.fl-player[data-runs="3"] :is(.fl-runs,.fl-figures){grid-template-columns:repeat(3,minmax(0,1fr))}
}
@container (min-width:768px){
.fl-player[data-runs="4"] :is(.fl-runs,.fl-figures){grid-template-columns:repeat(4,minmax(0,1fr))}
}
@container (max-width:640px){
.fl-player .fl-timed{grid-template-columns:minmax(0,1fr);gap:4px}
.fl-player .fl-side{flex-flow:row wrap;gap:0 12px;padding-right:0}
.fl-player .fl-what{flex:0 0 140px}
.fl-player .fl-values,.fl-player[data-runs="1"] .fl-values{grid-template-columns:repeat(auto-fit,72px);justify-items:end;flex:0 0 auto}
.fl-player[data-runs="1"] .fl-values{grid-template-columns:72px}
.fl-player[data-runs="2"] .fl-values{grid-template-columns:repeat(2,72px)}
.fl-player:is([data-runs="3"],[data-runs="4"]) .fl-values{grid-template-columns:repeat(4,66px)}
.fl-player .fl-tick{position:static;margin-left:auto}
.fl-player .fl-curve .fl-least{display:none}
.fl-player .fl-curve .fl-tick:not(:empty)::before{content:"0 to "}
.fl-player .fl-keys{margin-left:0}
}
.fl-why{font:13px/1.4 system-ui,sans-serif;margin:4px 0}
`;
