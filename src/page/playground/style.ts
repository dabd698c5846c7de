/** The style of the playground. Its selectors begin with its own class: a page may hold other programs, and the player is in it. */
export const PLAYGROUND_STYLE = `
.fl-page:has(>.fl-playground){max-width:1200px}
.fl-playground .fl-heap-bar .fl-line{gap:8px 16px}
.fl-playground .fl-more{margin-top:6px;font-size:13px}
.fl-playground .fl-more summary{cursor:pointer;color:var(--soft);width:fit-content}
.fl-playground .fl-more .fl-line{padding-top:6px}
.fl-playground .fl-map{padding:14px 0 12px}
.fl-playground .fl-map-bar{position:relative;height:72px;border:1px solid var(--line);border-radius:4px;overflow:hidden}
.fl-playground :is(.fl-map-block,.fl-map-hole){position:absolute;top:0;bottom:0;display:flex;flex-direction:column;align-items:center;justify-content:center;
overflow:hidden;font:12px/17px var(--jp-content-font-family,system-ui,sans-serif);padding:0;margin:0;min-width:0;box-sizing:border-box}
.fl-playground .fl-map-block{border:0;border-right:1px solid var(--bg);border-radius:0;cursor:pointer}
.fl-playground .fl-map-block b{font-size:14px;font-weight:600}
.fl-playground :is(.fl-map-block,.fl-map-hole) span{font-variant-numeric:tabular-nums}
.fl-playground .fl-player figure[data-crowded] .fl-decision{max-height:max(206px,calc(var(--room) - 240px))}
.fl-playground .fl-map-block:hover b{text-decoration:line-through}
.fl-playground .fl-map-block:focus-visible{outline:3px solid var(--fg);outline-offset:-3px;box-shadow:inset 0 0 0 5px var(--bg)}
.fl-playground .fl-map-hole{color:var(--soft);border-right:1px dotted var(--line)}
.fl-playground .fl-map-grip{position:absolute;top:0;bottom:0;right:0;width:9px;cursor:ew-resize;touch-action:none}
.fl-playground .fl-map-grip::after{content:"";position:absolute;top:27px;bottom:27px;right:3px;width:2px;background:currentColor;opacity:.55}
.fl-playground .fl-map-grip:hover::after{opacity:1;top:14px;bottom:14px}
.fl-playground .fl-map-wanted{position:absolute;top:0;bottom:0;border:3px dashed var(--fg);box-sizing:border-box;pointer-events:none;background:#8884}
.fl-playground .fl-map-foot{display:flex;justify-content:space-between;gap:0 12px;font-size:12px;line-height:18px;color:var(--soft);padding-top:4px;font-variant-numeric:tabular-nums}
.fl-playground .fl-map-foot span:nth-child(2){text-align:center}
.fl-playground .fl-pair{display:inline-flex;align-items:center;gap:4px}
.fl-playground .fl-steps{min-width:92px;text-align:center;font-size:13px;color:var(--soft);font-variant-numeric:tabular-nums}
.fl-playground .fl-shares{margin-left:auto}
.fl-playground .fl-shared{padding-top:8px}
.fl-playground .fl-columns{display:grid;gap:14px 18px;grid-template-columns:minmax(0,1fr);padding-top:14px}
.fl-playground .fl-operations{display:grid;gap:8px}
.fl-playground .fl-sliders{display:grid;gap:6px}
.fl-playground .fl-workloads{display:grid;gap:10px;grid-template-columns:minmax(0,1fr)}
.fl-playground .fl-workloads .fl-input[type=file]{border:0;padding:0;height:auto;max-width:190px}
.fl-playground .fl-own-fit{padding-top:10px}
.fl-playground .fl-notice{border-left:3px solid var(--denied);padding:2px 0 2px 10px;margin:8px 0;font-size:13px}
.fl-page .fl-playground .fl-soft-text code{font:12px var(--jp-code-font-family,ui-monospace,Menlo,Consolas,monospace);color:var(--fg);background:var(--face);padding:0 3px;border-radius:2px}
@container (min-width:1020px){
.fl-playground .fl-own-fit .fl-policy{grid-template-columns:minmax(0,1fr) auto;align-items:start;column-gap:20px}
.fl-playground .fl-own-fit .fl-policy>*{grid-column:1}
.fl-playground .fl-own-fit .fl-policy>.fl-race{grid-column:2;grid-row:1/span 4;align-self:end}
.fl-playground .fl-columns{grid-template-columns:300px minmax(0,1fr)}
}
@container (max-width:1019px){
.fl-playground .fl-operations textarea{height:128px}
}
@container (max-width:640px){
.fl-playground .fl-map-foot{flex-wrap:wrap}
.fl-playground .fl-map-foot span:nth-child(2){order:3;flex-basis:100%;text-align:left}
.fl-playground .fl-shares{margin-left:0}
}
`;
