/** The colours of whatever runs in a page, as CSS variables: JupyterLab's where there are any. In a light theme, */
export const LIGHT = `--fg:var(--jp-content-font-color1,#1c1c1c);--soft:var(--jp-content-font-color2,#5b5b5b);--bg:var(--jp-layout-color1,#fff);
--face:var(--jp-layout-color2,#f1f1f1);--line:var(--jp-border-color1,#c4c4c4);--accent:var(--jp-brand-color1,#1565c0);
--split:#0072b2;--merge:#007a5a;--denied:#c04e00;--refused:#8a6d00;--difference:#a8437f;`;

/** and in a dark one. */
export const DARK = `--fg:var(--jp-content-font-color1,#eee);--soft:var(--jp-content-font-color2,#b5b5b5);--bg:var(--jp-layout-color1,#111);
--face:var(--jp-layout-color2,#2a2a2a);--line:var(--jp-border-color1,#555);--accent:var(--jp-brand-color1,#64b5f6);
--split:#56b4e9;--merge:#1fc79a;--denied:#ff8a3d;--refused:#d8b84a;--difference:#e59ac6;`;
