/** The style of exercises, beside the base style. */
export const EXERCISE_STYLE = `
.fl-page .fl-exercise{display:flex;flex-direction:column;gap:10px;margin:0;padding:12px 0 16px}
.fl-page .fl-exercise+.fl-exercise{border-top:1px solid var(--line)}
.fl-page.fl-page .fl-rules{margin:0;padding:0;font-size:13px;line-height:19px;color:var(--soft);max-width:76ch}
.fl-page.fl-page .fl-prompt{margin:2px 0 0;padding:0;font-size:15px;line-height:22px;font-weight:600;max-width:68ch}
.fl-page .fl-heap{display:flex;flex-direction:column;gap:8px}
.fl-page .fl-strip{min-height:50px;min-width:0}
.fl-page .fl-strip-row{position:relative;height:52px}
.fl-page .fl-strip-part{position:absolute;top:0}
.fl-page .fl-strip-block{height:30px;box-sizing:border-box;border:1px solid var(--fg);margin-right:-1px;display:flex;align-items:center;justify-content:center;
gap:4px;font-size:13px;font-variant-numeric:tabular-nums;color:#fff;background:#37474f;overflow:hidden;white-space:nowrap}
.fl-page[data-dark] .fl-strip-block{border-color:#90a4ae;background:#455a64}
.fl-page .fl-strip-block.fl-free,.fl-page[data-dark] .fl-strip-block.fl-free{color:var(--fg);background:var(--bg)}
.fl-page .fl-strip-block em{font-style:normal;font-weight:700}
.fl-page .fl-strip-address{font-size:12px;line-height:18px;color:var(--soft);font-variant-numeric:tabular-nums}
.fl-page .fl-strip-end .fl-strip-address{margin:30px 0 0 2px}
.fl-page .fl-holes{display:flex;gap:8px;align-items:baseline;font-size:13px}
.fl-page .fl-holes-title{color:var(--soft);white-space:nowrap}
.fl-page.fl-page .fl-holes-listed{display:flex;flex-wrap:wrap;align-items:baseline;gap:6px 4px;margin:0;padding:0;list-style:none;color:var(--soft)}
.fl-page.fl-page .fl-holes-listed li{margin:0;white-space:nowrap;font-variant-numeric:tabular-nums}
.fl-page .fl-hole-listed{color:var(--fg);padding:1px 7px;border:1px solid var(--fg);border-radius:3px}
.fl-page .fl-hole-listed small{font-size:12px;color:var(--soft)}
.fl-page .fl-hole-listed b{color:var(--accent)}
.fl-page.fl-page .fl-calls{display:flex;flex-wrap:wrap;gap:4px 6px;margin:0;padding:0;list-style:none;counter-reset:call;font-size:13px}
.fl-page.fl-page .fl-calls li{margin:0;counter-increment:call;padding:1px 8px 1px 0;white-space:nowrap}
.fl-page .fl-calls li::before{content:counter(call) ". ";color:var(--soft)}
.fl-page.fl-page :is(.fl-calls,.fl-rules,.fl-frames,.fl-prompt,.fl-table) code{font:13px/19px var(--jp-code-font-family,ui-monospace,Menlo,Consolas,monospace);color:var(--fg);background:none;padding:0;border:0}
.fl-page.fl-page .fl-hint{margin:0;padding:0;font-size:12px;line-height:18px;color:var(--soft)}
.fl-page .fl-choices,.fl-page .fl-records{display:flex;flex-direction:column;gap:6px;margin:0;padding:0;border:0;min-width:0}
.fl-page .fl-choice{display:flex;align-items:baseline;gap:8px;font-size:14px;cursor:pointer}
.fl-page .fl-choice input{margin:0;flex:none;position:relative;top:2px;width:16px;height:16px;accent-color:var(--accent)}
.fl-page .fl-record{display:flex;flex-wrap:wrap;align-items:center;gap:6px 8px}
.fl-page .fl-record-number{width:20px;text-align:right;font-size:13px;color:var(--soft)}
.fl-page.fl-page .fl-verdict{margin:0;padding:0 0 0 10px;border-left:4px solid transparent}
.fl-page .fl-verdict[data-right=true]{border-left-color:#2e7d32}
.fl-page .fl-verdict[data-right=false]{border-left-color:var(--denied)}
.fl-page.fl-page .fl-why-steps{margin:4px 0 12px;padding:0 0 0 24px;font-size:13px;line-height:20px}
.fl-page .fl-placing{position:relative;height:54px;margin-right:36px;cursor:pointer;touch-action:manipulation}
.fl-page .fl-placing .fl-strip-block{height:36px;font-size:12px}
.fl-page .fl-ghost{position:absolute;top:-3px;height:42px;box-sizing:border-box;border:2px solid var(--accent);border-radius:3px;display:flex;align-items:center;
justify-content:center;font-size:12px;font-weight:700;color:#fff;background:#1565c0;pointer-events:none;white-space:nowrap;overflow:hidden}
.fl-page .fl-placing .fl-strip-end .fl-strip-address{margin-top:36px}
.fl-page.fl-page .fl-small-heading{margin:0 0 4px;padding:0;font-size:13px;line-height:18px;font-weight:600}
.fl-page .fl-lanes{position:relative;height:78px;margin-right:30px}
.fl-page .fl-lane{position:relative;height:28px;margin-bottom:2px;background:repeating-linear-gradient(45deg,transparent 0 6px,var(--line) 6px 7px)}
.fl-page .fl-lane .fl-strip-block{position:absolute;height:28px;margin:0;font-size:12px}
.fl-page .fl-lane .fl-strip-block.fl-free{opacity:.92}
.fl-page .fl-tick{position:absolute;top:60px}
.fl-page .fl-guess,.fl-page .fl-answers,.fl-page .fl-solution{display:flex;flex-direction:column;gap:8px;margin:0}
.fl-page .fl-score{display:block;height:12px;margin:3px 0;background:var(--accent)}
.fl-page.fl-page .fl-frames{display:flex;flex-direction:column;gap:12px;margin:12px 0 0;padding:0 0 0 24px}
.fl-page .fl-pair{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1fr);gap:4px 20px}
@container (max-width:560px){.fl-page .fl-pair{grid-template-columns:minmax(0,1fr)}}
.fl-page.fl-page .fl-why-steps li{margin:0;padding:0}
`;
