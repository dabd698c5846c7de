import { PageConfig } from "@jupyterlab/coreutils";

// `…/lab/index.html?path=NOTEBOOK&run=1` opens a notebook and runs it.

const asked = new URLSearchParams(location.search);

/** The parts of JupyterLab that are used here. */
interface App {
  readonly restored: Promise<void>;
  readonly commands: { execute(command: string): Promise<unknown> };
  readonly shell: { readonly currentWidget: Panel | null };
}

interface Panel {
  readonly context?: { readonly path: string; readonly ready: Promise<void> };
  readonly sessionContext?: { readonly ready: Promise<void> };
}

/** Runs the notebook that the page's address names, if it says so. */
export const runOnRequest = {
  id: "typescript-kernel:run",
  autoStart: true,
  activate(app: App): void {
    const path = asked.get("path");
    if (path !== null && asked.get("run") === "1") void run(app, path);
  },
};

async function run(app: App, path: string): Promise<void> {
  // Only what the site itself has: no link may run what a reader once uploaded.
  const place = path.split("/").map(encodeURIComponent).join("/");
  const site = new URL(PageConfig.getBaseUrl(), location.href);
  if (!(await fetch(new URL(`files/${place}`, site), { method: "HEAD" })).ok) return;
  await app.restored;
  for (let tries = 0; tries < 300; tries++) {
    const panel = app.shell.currentWidget;
    if (panel?.context?.path === path && panel.sessionContext) {
      await Promise.all([panel.context.ready, panel.sessionContext.ready]);
      await app.commands.execute("notebook:run-all-cells");
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
