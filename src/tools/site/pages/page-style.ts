/** How the site's pages look: a column of text, with room beside it for the players; light or dark as the reader's system is. */
export const pageStyle = `
:root{color-scheme:light dark;--text:#1d1d1f;--quiet:#5c5f66;--paper:#fff;--soft:#f5f6f8;--line:#d9dce1;--link:#0b57b0;--button:#0b57b0;
--keyword:#8a1a8a;--string:#9a3412;--number:#0a6b3d;--comment:#5f6773;--type:#11617a}
@media (prefers-color-scheme:dark){:root{--text:#e6e7ea;--quiet:#a2a7b0;--paper:#15171a;--soft:#1f2227;--line:#363a42;--link:#84b9ff;--button:#84b9ff;
--keyword:#e29ae2;--string:#f0a987;--number:#86d6a8;--comment:#98a0ac;--type:#86cbe0}}
*{box-sizing:border-box}
body{margin:0;color:var(--text);background:var(--paper);font:17px/1.6 system-ui,-apple-system,"Segoe UI",sans-serif}
header{border-bottom:1px solid var(--line)}
nav{max-width:1000px;margin:auto;padding:10px 20px;display:flex;flex-wrap:wrap;gap:8px 18px;align-items:center}
nav .home{font-weight:700;margin-right:auto;color:inherit;text-decoration:none}
main{max-width:1000px;margin:auto;padding:8px 20px 60px}
a{color:var(--link)}
.prose h1{font-size:2em;line-height:1.2;margin:.8em 0 .4em}
.prose h2{font-size:1.4em;line-height:1.3;margin:1.8em 0 .4em}
.prose h3{font-size:1.15em;margin:1.5em 0 .3em}
.prose>:is(p,ul,ol,details,h1,h2,h3,blockquote){max-width:720px}
code{font:.88em/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
.prose :is(p,li,td,summary) code{background:var(--soft);padding:.1em .3em;border-radius:3px}
:is(.prose,.cell,.cell>details)>pre,.prose pre{overflow-x:auto;margin:0;line-height:1.45}
:is(.prose,.cell) pre code{font-size:14px;line-height:inherit}
.cell{margin:18px 0}
.cell>details>summary{cursor:pointer;color:var(--quiet);font-size:15px;margin:8px 0}
.code{background:var(--soft);border:1px solid var(--line);border-radius:6px;padding:10px 14px}
.text{padding:8px 15px;font:14px/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
.stderr{border-left:3px solid #c0392b}
.shown{margin:12px 0;overflow-x:auto;font-size:14px;line-height:1.5}
.prose details{border:1px solid var(--line);border-radius:6px;padding:6px 14px;margin:12px 0}
.prose summary{cursor:pointer}
.prose table{border-collapse:collapse;margin:14px 0}
.wide{overflow-x:auto}
.prose :is(th,td){border-bottom:1px solid var(--line);padding:5px 10px;text-align:left;vertical-align:top}
main img{max-width:100%;height:auto}
.button{display:inline-block;border:1px solid var(--button);border-radius:6px;padding:3px 12px;color:var(--button);text-decoration:none}
.button:hover,.button:focus-visible{background:var(--soft)}
.prose .cards{list-style:none;padding:0;display:grid;grid-template-columns:repeat(auto-fill,minmax(280px,1fr));gap:16px;max-width:none}
.cards li{border:1px solid var(--line);border-radius:8px;padding:14px 18px;display:flex;flex-direction:column}
.prose .cards h2{margin:0 0 .3em;font-size:1.15em}
.prose .cards p{margin:.2em 0 .8em}
.prose .cards .quiet{color:var(--quiet);font-size:.9em;margin-top:auto}
.quiet{color:var(--quiet)}
.tok-keyword,.tok-operatorKeyword{color:var(--keyword)}
.tok-string,.tok-string2{color:var(--string)}
.tok-number,.tok-bool,.tok-atom{color:var(--number)}
.tok-comment{color:var(--comment);font-style:italic}
.tok-typeName,.tok-className{color:var(--type)}
@media (max-width:600px){body{font-size:16px}nav .home{flex-basis:100%}main,nav{padding-left:14px;padding-right:14px}.prose h1{font-size:1.6em}}
`;
