import { join } from "node:path";
import type { Command } from "../command";
import { labFolder, projectRoot } from "../paths";
import { buildSite } from "../site/build-site";
import { buildKernelExtension, EXTENSION_NAME } from "../site/kernel-extension";
import { CONTENT_POLICY } from "../site/pages/page-frame";
import { serveFolder } from "../site/serve-folder";
import { Obstacle } from "../step";

/** `npm run site`. */
export const site: Command = {
  purpose:
    "Builds the course as a static site into site/, for any web server: the notebooks in a JupyterLab that runs in the browser. With --serve it is then served here until Ctrl-C.",
  flags: { serve: { value: "PORT", purpose: "the port on 127.0.0.1, for example 8000" } },
  async run({ flags: { serve } }) {
    const port = serve === undefined ? undefined : portOf(serve);
    const output = join(projectRoot, "site");
    await buildSite(output);
    console.log("The site is in site/.");
    if (port === undefined) return 0;
    const { url } = await serveFolder(output, { port, policy: CONTENT_POLICY });
    console.log(
      `It is served at ${url} until Ctrl-C, with the Content-Security-Policy that hosts are advised to send.`,
    );
    return await new Promise(() => {});
  },
};

/** `npm run kernel:lite`. */
export const kernelLite: Command = {
  purpose: `Builds the TypeScript kernel for any JupyterLite into .lab/${EXTENSION_NAME}/: a folder that "jupyter lite build" takes as it is.`,
  async run() {
    const folder = join(labFolder, EXTENSION_NAME);
    await buildKernelExtension(folder);
    console.log(
      `The kernel is in ${folder}: put it into share/jupyter/labextensions of the environment that builds your JupyterLite.`,
    );
    return 0;
  },
};

function portOf(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new Obstacle(`A port is a number from 0 to 65535, and this is "${text}": for example --serve 8000.`);
}
