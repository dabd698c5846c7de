/**
 * The player's style sheet. Colours come from JupyterLab's variables where there are any; `data-dark` on the player says
 * which of the two themes holds. Every selector starts with the player's class, twice where JupyterLab styles the same.
 */
export const STYLE = `
.fl-player{--fg:var(--jp-content-font-color1,#1c1c1c);--soft:var(--jp-content-font-color2,#5b5b5b);--bg:var(--jp-layout-color1,#fff);
--face:var(--jp-layout-color2,#f1f1f1);--line:var(--jp-border-color1,#c4c4c4);--accent:var(--jp-brand-color1,#1565c0);--mark:#d55e00;
--hatch:#0002;--split:#0072b2;--merge:#007a5a;--failure:#c04e00;--differ:#a8437f;
container-type:inline-size;position:relative;color:var(--fg);background:var(--bg);max-width:1100px;padding:8px;box-sizing:border-box;
font:14px/1.45 var(--jp-content-font-family,system-ui,sans-serif);animation:fl-here 1ms}
.fl-player[data-dark]{--fg:var(--jp-content-font-color1,#eee);--soft:var(--jp-content-font-color2,#b5b5b5);--bg:var(--jp-layout-color1,#111);
--face:var(--jp-layout-color2,#2a2a2a);--line:var(--jp-border-color1,#555);--accent:var(--jp-brand-color1,#64b5f6);--hatch:#fff3;
--split:#56b4e9;--merge:#1fc79a;--failure:#ff8a3d;--differ:#e59ac6;color-scheme:dark}
@keyframes fl-here{}
.fl-player *{box-sizing:border-box}
.fl-player.fl-player p,.fl-player.fl-player figure,.fl-player.fl-player dl,.fl-player.fl-player dd,.fl-player.fl-player dt{margin:0;padding:0}
.fl-player .fl-title{font-size:16px;font-weight:600;margin-bottom:8px}
.fl-player .fl-runs{display:grid;gap:16px;grid-template-columns:repeat(auto-fit,minmax(min(100%,210px),1fr))}
.fl-player figure{min-width:0}
.fl-player .fl-name{font-weight:600;margin-bottom:4px;overflow-wrap:anywhere}
.fl-player .fl-stage{display:inline-block;position:relative;outline-offset:3px;line-height:0}
.fl-player .fl-square{position:relative;border:1px solid var(--line);box-sizing:content-box;
background:repeating-linear-gradient(135deg,var(--hatch) 0 1px,transparent 1px 5px)}
.fl-player .fl-plot{position:absolute;inset:0}
.fl-player .fl-overlay{position:absolute;inset:0;width:100%;height:100%;pointer-events:none;overflow:hidden}
.fl-player .fl-outline,.fl-player .fl-halo{fill:none;stroke:var(--mark);stroke-width:1.6;vector-effect:non-scaling-stroke}
.fl-player .fl-halo{stroke:#fff;stroke-width:3}
.fl-player .fl-freed{stroke-dasharray:4 3}
.fl-player .fl-tip{position:absolute;z-index:9;pointer-events:none;padding:5px 8px;font-size:12px;line-height:1.4;white-space:pre-line;
max-width:260px;overflow-wrap:anywhere;color:var(--fg);background:var(--bg);border:1px solid var(--line);border-radius:3px;box-shadow:0 1px 4px #0004}
.fl-player .fl-says{min-height:7.3em;margin-top:6px;overflow-wrap:anywhere}
.fl-player.fl-player .fl-facts dt{float:none;width:auto;font-weight:400}
.fl-player.fl-player .fl-facts{display:grid;grid-template-columns:auto 1fr;gap:1px 12px;font-size:13px;color:var(--soft);max-width:290px}
.fl-player .fl-facts dd{text-align:right;white-space:nowrap;color:var(--fg);font-variant-numeric:tabular-nums}
.fl-player .fl-row{display:flex;flex-wrap:wrap;align-items:center;gap:6px 14px;margin-top:8px}
.fl-player .fl-group{display:inline-flex;align-items:center;gap:3px}
.fl-player button{display:inline-flex;align-items:center;justify-content:center;min-width:30px;height:30px;padding:0 7px;font:inherit;font-size:13px;
color:var(--fg);background:var(--face);border:1px solid var(--line);border-radius:4px;cursor:pointer}
.fl-player button:hover{border-color:var(--accent)}
.fl-player button:disabled{opacity:.4;cursor:default}
.fl-player button svg{width:14px;height:14px;fill:currentColor}
.fl-player .fl-play{min-width:44px;background:var(--accent);border-color:var(--accent);color:var(--bg)}
.fl-player select,.fl-player input[type=number]{height:30px;font:inherit;font-size:13px;color:var(--fg);background:var(--face);border:1px solid var(--line);
border-radius:4px;padding:0 4px}
.fl-player input[type=number]{width:6.5em;text-align:right;font-variant-numeric:tabular-nums}
.fl-player label{display:inline-flex;align-items:center;gap:5px;font-size:13px;color:var(--soft)}
.fl-player :focus-visible{outline:2px solid var(--accent);outline-offset:2px}
.fl-player .fl-track{position:relative;margin-top:10px}
.fl-player input[type=range]{display:block;width:100%;height:20px;margin:0;padding:0;accent-color:var(--accent)}
.fl-player .fl-marks{display:block;width:100%;pointer-events:none}
.fl-player .fl-chip{display:inline-block;width:10px;height:10px;border-radius:2px;margin-right:3px;flex:none}
.fl-player .fl-jump{font-size:13px;color:var(--soft);margin-right:2px}
.fl-player .fl-legend{display:flex;flex-wrap:wrap;gap:3px 14px;font-size:12px;color:var(--soft);margin-top:6px}
.fl-player .fl-swatch{display:inline-block;width:14px;height:14px;border:1px solid var(--line);margin-right:5px;vertical-align:-2px}
.fl-player .fl-scale{width:72px}
.fl-player .fl-hatched{background:repeating-linear-gradient(135deg,var(--hatch) 0 1px,transparent 1px 5px)}
.fl-player details{margin-top:8px;border-top:1px solid var(--line);padding-top:6px}
.fl-player summary{cursor:pointer;font-weight:600;font-size:13px;width:fit-content}
.fl-player .fl-note{font-size:12px;color:var(--soft);margin-top:4px}
.fl-player .fl-note button{height:24px;font-size:12px;margin-left:6px}
.fl-player .fl-ends{display:flex;justify-content:space-between}
.fl-player .fl-panel{position:relative;margin-top:6px}
.fl-player .fl-panel canvas,.fl-player .fl-panel svg{display:block;width:100%}
.fl-player .fl-text{font:11px var(--jp-content-font-family,system-ui,sans-serif);fill:var(--fg)}
.fl-player .fl-text.fl-soft{fill:var(--soft)}
.fl-player .fl-hole{fill:var(--bg);stroke:var(--fg)}
.fl-player .fl-hole.fl-now{stroke:var(--mark);stroke-width:2}
.fl-player .fl-arrow{fill:none;stroke:var(--accent);stroke-width:1.2}
.fl-player .fl-next{fill:none;stroke:var(--soft);stroke-width:1.2}
.fl-player .fl-curve{display:grid;grid-template-columns:150px var(--values) minmax(0,1fr);gap:0 12px;align-items:center;font-size:12px;
border-bottom:1px solid var(--line);padding:2px 0}
.fl-player .fl-values{display:grid;grid-auto-flow:column;grid-auto-columns:1fr;text-align:right;font-variant-numeric:tabular-nums}
.fl-player .fl-time{position:relative;cursor:pointer;min-width:0}
.fl-player .fl-cursor{position:absolute;top:0;bottom:0;width:2px;margin-left:-1px;background:var(--mark);pointer-events:none}
.fl-player .fl-hidden{display:none}
.fl-player .fl-off{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
@container (max-width:640px){
.fl-player .fl-curve{grid-template-columns:1fr var(--values)}
.fl-player .fl-time{grid-column:1/3}
}
@container (min-width:760px){
.fl-player .fl-runs[data-one] figure{display:grid;grid-template-columns:minmax(0,514px) minmax(0,1fr);column-gap:20px;align-items:start;grid-template-rows:auto auto 1fr}
.fl-player .fl-runs[data-one] figure>.fl-stage-box{grid-row:1/4;grid-column:1}
.fl-player .fl-runs[data-one] figure>:not(.fl-stage-box){grid-column:2}
.fl-player .fl-runs[data-one] .fl-says{min-height:9em;margin-top:0;font-size:15px}
}
.fl-why{font:13px/1.4 system-ui,sans-serif;margin:4px 0}
`;
