/** The style of the editor and of what stands below it, for a `PageView`. The colours of code have 4.5:1 and more on their ground. */
export const EDITOR_STYLE = `
.fl-page{--code-keyword:#8b1a8b;--code-string:#a31515;--code-number:#0b5d40;--code-comment:#5c6370;--code-type:#1b5e9b;--code-function:#5b4500}
.fl-page[data-dark]{--code-keyword:#d59be8;--code-string:#f0a58f;--code-number:#9fd8b4;--code-comment:#9aa4b2;--code-type:#86c5f7;--code-function:#e0cf8f}
.fl-page .fl-policy{display:grid;gap:10px;grid-template-columns:minmax(0,1fr)}
.fl-page .fl-code .cm-editor{border:1px solid var(--line);border-radius:4px;background:var(--bg);color:var(--fg);max-height:420px;min-height:120px}
.fl-page .fl-code .cm-editor.cm-focused{outline:2px solid var(--accent);outline-offset:1px}
.fl-page .fl-code .cm-scroller{font:13px/20px var(--jp-code-font-family,ui-monospace,Menlo,Consolas,monospace);overflow:auto}
.fl-page .fl-code .cm-content{caret-color:var(--fg);padding:6px 0;outline:none;min-height:108px}
.fl-page .fl-code .cm-cursor{border-left:2px solid var(--fg)}
.fl-page .fl-code .cm-gutters{background:var(--face);color:var(--soft);border-right:1px solid var(--line)}
.fl-page .fl-code .cm-line{padding:0 8px}
.fl-page .fl-code .cm-line.fl-fault{background:color-mix(in srgb,var(--denied) 14%,transparent);box-shadow:inset 3px 0 var(--denied)}
.fl-page .fl-code .cm-matchingBracket{background:none;outline:1px solid var(--accent)}
.fl-page .fl-code .cm-nonmatchingBracket{background:none;outline:1px solid var(--denied)}
.fl-page .fl-code .cm-selectionBackground,.fl-page .fl-code .cm-content ::selection{background:color-mix(in srgb,var(--accent) 30%,transparent)}
.fl-page .fl-code-keyword{color:var(--code-keyword)}
.fl-page .fl-code-string{color:var(--code-string)}
.fl-page .fl-code-number{color:var(--code-number)}
.fl-page .fl-code-comment{color:var(--code-comment)}
.fl-page .fl-code-type{color:var(--code-type)}
.fl-page .fl-code-function{color:var(--code-function)}
.fl-page.fl-page .fl-code-hint{padding-top:4px}
.fl-page.fl-page .fl-verdict{margin:0;padding:0;font-size:13px;min-height:20px}
.fl-page.fl-page .fl-verdict[data-fault]{color:var(--denied)}
.fl-page.fl-page .fl-task{max-width:76ch}
.fl-page.fl-page .fl-grade{margin:0;padding:0;font-weight:600;min-height:20px}
.fl-page.fl-page .fl-grade[data-passed]{color:var(--merge)}
.fl-page .fl-untrusted{border:1px solid var(--line);border-left:4px solid var(--accent);border-radius:4px;padding:8px 12px;background:var(--face)}
.fl-page .fl-best{font-weight:600}
.fl-page .fl-race .fl-button{height:24px;padding:0 8px;font-size:12px}
.fl-page.fl-page .fl-race .fl-table :is(th,td){vertical-align:middle}
`;
