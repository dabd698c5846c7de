import { MARKS } from "./marks";

const kinds = Object.entries(MARKS);
const dashes = { solid: "none", dashed: "7 3", dotted: "2 2" };

/** The style sheet of marks, of the panel "Why this block?" and of what goes with it. See `STYLE`. */
export const WHY_STYLE = `
.fl-player{${coloursOf("light")}}
.fl-player[data-dark]{${coloursOf("dark")}}
${kinds
  .map(
    ([
      kind,
      { line },
    ]) => `.fl-player path.fl-mark-${kind}{stroke:var(--mark-${kind});stroke-dasharray:${dashes[line]}}
.fl-player rect.fl-mark-${kind}{stroke:var(--mark-${kind});stroke-width:3;stroke-dasharray:${dashes[line]}}
.fl-player .fl-swatch.fl-mark-${kind},.fl-player .fl-mark-${kind}::before{border:3px ${line} var(--mark-${kind})}`,
  )
  .join("\n")}
.fl-player path.fl-mark{stroke-width:3}
.fl-player path.fl-halo.fl-wide{stroke-width:6}
.fl-player path.fl-arrow[class*=fl-mark]{stroke-width:2.5;stroke-dasharray:none}
.fl-player .fl-bar{position:relative}
.fl-player .fl-bar span::before{content:"";position:absolute;inset:-3px}
.fl-player .fl-bar span{border:3px solid var(--halo);position:absolute;top:-4px;bottom:-4px;min-width:6px;box-shadow:0 0 0 1.5px var(--halo),inset 0 0 0 1.5px var(--halo);pointer-events:none}
.fl-player .fl-swatch[class*=fl-mark]{background:none}
.fl-player .fl-number{font:10px var(--jp-content-font-family,system-ui,sans-serif);fill:var(--soft)}
.fl-player rect.fl-used{fill:var(--face)}
.fl-player .fl-unnamed .fl-name,.fl-player .fl-unnamed.fl-unnamed>.fl-name{display:none}
.fl-player .fl-name button{height:22px;min-width:22px;padding:0}
.fl-player details[data-panel=why]>summary{font-size:14px;color:var(--accent)}
.fl-player figure[data-beside] details[data-panel=why]{margin-top:8px}
.fl-player .fl-why-panel{display:grid;gap:6px 20px;grid-template-columns:minmax(0,1fr)}
.fl-player .fl-why-panel>.fl-row{grid-column:1/-1;padding-top:0}
.fl-player .fl-asked{font-weight:600;font-size:13px;overflow-wrap:anywhere}
.fl-player.fl-player figure[data-crowded] .fl-says,.fl-player .fl-heard{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.fl-player .fl-place{font-size:13px;color:var(--soft);font-variant-numeric:tabular-nums;min-width:5.5em}
.fl-player.fl-player .fl-decision{position:relative;margin:0;counter-reset:step}
.fl-player.fl-player .fl-decision li{counter-increment:step;padding:0}
.fl-player .fl-micro{display:flex;justify-content:flex-start;width:100%;height:auto;padding:2px 6px 2px 0;line-height:18px;text-align:left;font-size:13px;
background:none;border:0;border-left:4px solid transparent;border-radius:0}
.fl-player .fl-micro::before{content:counter(step);flex:none;width:26px;padding-right:8px;text-align:right;color:var(--soft);font-variant-numeric:tabular-nums}
.fl-player .fl-micro:hover{background:var(--face)}
.fl-player .fl-micro[aria-current]{background:var(--face);border-left-color:var(--accent);box-shadow:inset 0 0 0 1px var(--line)}
.fl-player .fl-micro[data-kind=choice],.fl-player .fl-micro[data-kind=denied]{color:var(--accent)}
.fl-player .fl-micro[data-kind=denied]{color:var(--denied)}
.fl-player .fl-what{font-weight:600;font-size:13px}
.fl-player.fl-player table{border-collapse:collapse;width:100%;margin:2px 0 0;font-size:13px;font-variant-numeric:tabular-nums;color:var(--fg);border:0;table-layout:auto}
.fl-player.fl-player :is(th,td){padding:1px 10px 1px 0;text-align:left;font-weight:400;border:0;background:none;white-space:normal;max-width:none;vertical-align:middle}
.fl-player.fl-player thead th{color:var(--soft);font-size:12px}
.fl-player.fl-player tbody tr{background:none;height:23px}
.fl-player.fl-player tbody tr:is(:hover,:focus,:focus-within){background:var(--face)}
.fl-player.fl-player tr.fl-own th{font-weight:600}
.fl-player .fl-what-if :is(button,select){height:22px;font-size:12px;white-space:nowrap}
.fl-player .fl-unbroken{white-space:nowrap}
.fl-player .fl-branch select{max-width:104px}
.fl-player .fl-branch{gap:4px 6px;font-size:13px;padding-top:3px}
.fl-player figure[data-crowded] details[data-panel=why]{margin:0;padding:0;border:0}
.fl-player button:disabled{cursor:default;opacity:.5}
.fl-player figure[data-crowded] .fl-decision{max-height:max(132px,calc(var(--room) - 240px))}
.fl-player figure[data-crowded] .fl-why-panel:not(:has(table)) .fl-decision{max-height:calc(var(--room) - 144px)}
@container (max-width:640px){
.fl-player figure[data-crowded] .fl-decision{max-height:176px}
.fl-player.fl-player figure[data-crowded] .fl-what-if tr>:last-child{display:none}
}
@container (min-width:760px){
.fl-player .fl-panels .fl-why-panel{grid-template-columns:minmax(0,3fr) minmax(0,2fr)}
}
`;

function coloursOf(theme: "light" | "dark"): string {
  return kinds.map(([kind, style]) => `--mark-${kind}:rgb(${style[theme].join(",")})`).join(";");
}
