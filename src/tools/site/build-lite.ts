import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { html } from "../../base/markup";
import { Obstacle, StepFailure, step } from "../step";

/** What a JupyterLite is made of. */
export interface LiteOptions {
  /** A Python with jupyterlite-core. */
  readonly python: string;
  /** The folder that becomes the root of its file browser. */
  readonly contents: string;
  /** The folder of an extension that it has. */
  readonly extension: string;
  /** `jupyter-config-data` of jupyter-lite.json. */
  readonly config: Readonly<Record<string, unknown>>;
  /** Settings that differ from JupyterLab's, by their plugins. */
  readonly settings?: Readonly<Record<string, object>>;
  /** The Content-Security-Policy of its page. Default: none. */
  readonly policy?: string;
  /** Where it goes; what is there is replaced. */
  readonly output: string;
}

/** Builds a JupyterLite that runs from a static host, below any path. It asks no network for anything. */
export async function buildLite(options: LiteOptions): Promise<void> {
  const { python, contents, extension, config, settings = {}, policy, output } = options;
  // A folder of its own: JupyterLite takes what it finds beside its configuration, and notes there what it has done.
  const folder = mkdtempSync(join(tmpdir(), "freelist-lab-lite-"));
  rmSync(output, { recursive: true, force: true });
  mkdirSync(output, { recursive: true });
  const lite = { "jupyter-lite-schema-version": 0, "jupyter-config-data": config };
  writeFileSync(join(folder, "jupyter-lite.json"), JSON.stringify(lite));
  writeFileSync(join(folder, "overrides.json"), JSON.stringify(settings));
  const args = [
    ...["-m", "jupyterlite_core", "build", "--lite-dir", folder, "--output-dir", output],
    ...["--contents", contents, "--apps", "lab", "--no-sourcemaps", "--no-unused-shared-packages"],
    ...["--ignore-sys-prefix", `--LiteBuildConfig.federated_extensions=${extension}`],
  ];
  try {
    await step("Building JupyterLite", python, args, { cwd: folder });
  } catch (error) {
    if (!(error instanceof StepFailure)) throw error;
    console.error(error.output);
    throw new Obstacle("JupyterLite could not be built: it says why above.");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  completeHead(join(output, "lab/index.html"), policy);
}

/** Names the page's icon, without which browsers ask for one at the root of the host, and its policy. */
function completeHead(page: string, policy: string | undefined): void {
  const icon = html`<link rel="icon" href="./favicon.ico">`;
  const meta =
    policy === undefined ? "" : html`<meta http-equiv="Content-Security-Policy" content="${policy}">`;
  const text = readFileSync(page, "utf8");
  writeFileSync(
    page,
    text.replace(/<head>/, (head) => `${head}\n    ${meta}${icon}`),
  );
}
