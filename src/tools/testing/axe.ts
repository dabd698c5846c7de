import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults, Result, RunOptions } from "axe-core";
import type { Frame, Locator, Page } from "playwright-core";

/** What is not asked for, and why. */
export interface AccessibilityExceptions {
  /** By the rule's name, such as `"color-contrast"`, the reason why it does not hold here. */
  readonly except?: Readonly<Record<string, string>>;
}

/**
 * Asserts that axe-core finds nothing wrong with a page, a frame or an element as it is now: names, roles, contrast, keyboard, structure.
 * Of an element it is not asked that it lies in a landmark: that is its page's to see to.
 * @param place all that is below it is examined, also in its frames and shadow roots
 * @throws Error that lists each violation: its rule, its impact, the elements' selectors and what mends it
 */
export async function expectAccessible(
  place: Page | Frame | Locator,
  { except = {} }: AccessibilityExceptions = {},
): Promise<void> {
  const isElement = "boundingBox" in place;
  const element = isElement ? place : place.locator(":root");
  const rules = [...Object.keys(except), ...(isElement ? ["region"] : [])];
  // axe asks itself into frames, where each must have it.
  const frames = isElement ? place.page().frames() : "frames" in place ? place.frames() : [place];
  for (const frame of frames) {
    if (!(await frame.evaluate(() => "axe" in globalThis))) await frame.evaluate(axeSource());
  }
  const options: RunOptions = {
    resultTypes: ["violations"],
    rules: Object.fromEntries(rules.map((rule) => [rule, { enabled: false }])),
  };
  const { violations } = await element.evaluate(runAxe, options);
  if (violations.length > 0) throw new Error(report(violations));
}

let source: string | undefined;

function axeSource(): string {
  source ??= `${readFileSync(createRequire(__filename).resolve("axe-core/axe.min.js"), "utf8")}
    ;axe.configure({ allowedOrigins: ["<unsafe_all_origins>"] }); // else a file's frames, which have no origin, are left out`;
  return source;
}

/** Runs in the page. */
async function runAxe(node: Element, options: RunOptions): Promise<AxeResults> {
  const { axe } = globalThis as unknown as {
    axe: { run(context: Node, options: RunOptions): Promise<AxeResults> };
  };
  return await axe.run(node === document.documentElement ? document : node, options);
}

function report(violations: readonly Result[]): string {
  const texts = violations.map(({ id, impact, help, helpUrl, nodes }) => {
    const places = nodes.map(
      ({ target, html, failureSummary }) =>
        `  at ${target.flat(2).join(" › ")}\n     ${html}\n     ${(failureSummary ?? "").replaceAll("\n", "\n     ")}`,
    );
    return [`${id} (${impact ?? "no impact given"}): ${help}. See ${helpUrl}`, ...places].join("\n");
  });
  const count =
    violations.length === 1
      ? "One rule of accessibility is"
      : `${violations.length} rules of accessibility are`;
  return `${count} broken:\n\n${texts.join("\n\n")}`;
}
