import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { build } from "esbuild";
import type { Browser, Page } from "playwright-core";
import type { PolicyRequests } from "../../../playground/own-policy/policy-requests";
import { projectRoot } from "../../../tools/paths";
import { watchConsole } from "../../../tools/testing/index";
import type { EditorWindow, MountedEditor, RunPolicy } from "./mount";

/** A page with an editor, from a server that notes what it is asked for. */
export interface EditorPage {
  readonly page: Page;
  /** Errors of the page's console so far. */
  readonly errors: readonly string[];
  /** What was asked of the server beside the page. */
  readonly asked: readonly string[];
  /** Where the server is. */
  readonly address: string;
  mount(given: Partial<MountedEditor> & { readonly requests: PolicyRequests }): Promise<void>;
  /** Runs policies one behind the other, without an editor. */
  run(codes: readonly string[], requests: PolicyRequests): Promise<RunPolicy[]>;
  close(): Promise<void>;
}

/** Opens it. */
export async function openEditorPage(
  browser: Browser,
  { width = 1000, dark = false }: { readonly width?: number; readonly dark?: boolean } = {},
): Promise<EditorPage> {
  const asked: string[] = [];
  const html = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>An editor</title><style>:root{color-scheme:light dark}</style><main><h1>An editor</h1></main><script src="/program"></script></html>`;
  const files: Readonly<Record<string, string>> = { "/page": html, "/program": await program() };
  const server = createServer((request, response) => {
    const url = request.url ?? "";
    if (!(url in files) && url !== "/favicon.ico") asked.push(url);
    response.setHeader("content-type", url === "/program" ? "text/javascript" : "text/html");
    response.setHeader("access-control-allow-origin", "*");
    response.end(files[url] ?? "");
  });
  const address = await listening(server);
  const page = await browser.newPage({
    viewport: { width, height: 900 },
    colorScheme: dark ? "dark" : "light",
  });
  page.setDefaultTimeout(15_000);
  const errors = watchConsole(page);
  await page.goto(`${address}/page`);
  return {
    page,
    errors,
    asked,
    address,
    mount: async ({ code = "", trusted = true, requests }) => {
      await page.evaluate((given) => (globalThis as unknown as EditorWindow).mountEditor(given), {
        code,
        trusted,
        requests,
      });
    },
    run: (codes, requests) =>
      page.evaluate(([given, of]) => (globalThis as unknown as EditorWindow).runPolicies(given, of), [
        codes,
        requests,
      ] as const),
    close: async () => {
      await page.close();
      server.close();
    },
  };
}

async function listening(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

let bundled: Promise<string> | undefined;

/** The page's program. */
function program(): Promise<string> {
  const options = {
    bundle: true,
    format: "iife",
    platform: "browser",
    target: "es2022",
    write: false,
  } as const;
  const bundle = async (file: string, define: Record<string, string> = {}) => {
    const { outputFiles } = await build({
      ...options,
      absWorkingDir: projectRoot,
      entryPoints: [`src/page/editor/${file}`],
      define,
      jsx: "automatic",
      jsxImportSource: "preact",
    });
    return outputFiles[0]!.text;
  };
  bundled ??= bundle("policy-worker.ts").then((worker) =>
    bundle("testing/mount.tsx", { POLICY_WORKER: JSON.stringify(worker) }),
  );
  return bundled;
}
