import { DARK, LIGHT } from "../../player/theme-style";
import { HERE_STYLE } from "../../player/while-in-page";

/**
 * The style of what a reader does in a page. Every selector begins with the page's class, twice where JupyterLab styles the same
 * element, and then names a class: what is embedded, as the player is, keeps its own style. The colours are the player's.
 */
export const BASE_STYLE = `
${HERE_STYLE}
.fl-page{${LIGHT}}
.fl-page[data-dark]{${DARK}color-scheme:dark}
.fl-page{animation:fl-here 1ms;container-type:inline-size;color:var(--fg);background:var(--bg);max-width:1100px;padding:8px;
box-sizing:border-box;font:14px/20px var(--jp-content-font-family,system-ui,sans-serif)}
.fl-page :focus-visible{outline:2px solid var(--accent);outline-offset:2px}
.fl-page.fl-page .fl-heading{margin:0;padding:0;font-size:16px;line-height:24px;font-weight:600}
.fl-page .fl-heading small{font-size:13px;font-weight:400;color:var(--soft)}
.fl-page.fl-page .fl-text{margin:0;padding:0}
.fl-page.fl-page .fl-soft-text{margin:0;padding:0;font-size:13px;color:var(--soft)}
.fl-page .fl-line{display:flex;flex-wrap:wrap;align-items:center;gap:8px 14px}
.fl-page .fl-button{display:inline-flex;align-items:center;justify-content:center;gap:6px;min-width:30px;height:30px;padding:0 11px;
font:inherit;font-size:13px;color:var(--fg);background:var(--face);border:1px solid var(--line);border-radius:4px;cursor:pointer;white-space:nowrap;box-sizing:border-box}
.fl-page .fl-button:hover{border-color:var(--accent)}
.fl-page .fl-button[aria-disabled=true]{cursor:default;border-color:var(--line);color:var(--soft);opacity:.6}
.fl-page .fl-button[aria-pressed=true]{border-color:var(--accent);box-shadow:inset 0 0 0 1px var(--accent)}
.fl-page .fl-button.fl-main{color:#fff;background:#1565c0;border-color:#1565c0;font-weight:600}
.fl-page .fl-button.fl-main:hover{background:#0d4f9e}
.fl-page .fl-field{display:inline-flex;align-items:center;gap:6px;font-size:13px;color:var(--soft);white-space:nowrap}
.fl-page .fl-input{height:30px;padding:0 8px;margin:0;font:inherit;font-size:13px;color:var(--fg);background:var(--bg);border:1px solid var(--line);
border-radius:4px;box-sizing:border-box;min-width:0}
.fl-page .fl-input:hover{border-color:var(--accent)}
.fl-page .fl-input[aria-invalid=true]{border-color:var(--denied)}
.fl-page select.fl-input{padding:0 4px}
.fl-page .fl-input[type=number]{text-align:right;font-variant-numeric:tabular-nums}
.fl-page .fl-input[type=checkbox]{width:16px;height:16px;padding:0;accent-color:var(--accent)}
.fl-page .fl-input[type=range]{padding:0;border:0;height:20px;accent-color:var(--accent);background:none}
.fl-page textarea.fl-input{height:auto;padding:6px 8px;width:100%;resize:vertical;font:13px/19px var(--jp-code-font-family,ui-monospace,Menlo,Consolas,monospace)}
.fl-page.fl-page .fl-error{margin:0;padding:0;font-size:13px;color:var(--denied)}
.fl-page.fl-page .fl-error:empty{display:none}
.fl-page .fl-slider{display:grid;grid-template-columns:112px minmax(60px,1fr) 84px;white-space:normal}
.fl-page .fl-slider-value{text-align:right;color:var(--fg);font-variant-numeric:tabular-nums;white-space:nowrap}
.fl-page .fl-tabs{min-width:0}
.fl-page .fl-tab-list{display:flex;flex-wrap:wrap;gap:2px;border-bottom:1px solid var(--line)}
.fl-page .fl-tab{height:30px;padding:0 12px;font:inherit;font-size:13px;color:var(--soft);background:none;border:0;border-bottom:2px solid transparent;
margin-bottom:-1px;cursor:pointer}
.fl-page .fl-tab:hover{color:var(--fg)}
.fl-page .fl-tab[aria-selected=true]{color:var(--fg);font-weight:600;border-bottom-color:var(--accent)}
.fl-page .fl-tab-panel{padding-top:10px}
.fl-page .fl-table-frame{overflow-x:auto}
.fl-page.fl-page .fl-table{border-collapse:collapse;margin:0;font-size:13px;line-height:18px;color:var(--fg);background:none;border:0;width:auto;table-layout:auto}
.fl-page.fl-page .fl-table :is(th,td){padding:3px 12px 3px 0;text-align:left;vertical-align:top;background:none;border:0;border-bottom:1px solid var(--line);white-space:normal;max-width:none}
.fl-page.fl-page .fl-table tr{background:none}
.fl-page.fl-page .fl-table th{font-weight:600}
.fl-page.fl-page .fl-table thead th{color:var(--soft);font-weight:400}
.fl-page.fl-page .fl-table .fl-number{text-align:right;font-variant-numeric:tabular-nums}
.fl-page .fl-sound{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
`;
