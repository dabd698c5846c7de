import { afterEach, describe, expect, test } from "vitest";
import type { PolicyRequests } from "../../playground/own-policy/policy-requests";
import { parseCalls } from "../../playground/parse-calls";
import { FIRST_STATE, withCalls } from "../../playground/state";
import { expectAccessible, sharedBrowser } from "../../tools/testing/index";
import { type EditorPage, openEditorPage } from "./testing/editor-page";

const REQUESTS: PolicyRequests = withCalls(
  FIRST_STATE,
  parseCalls(
    "a = malloc(300); b = malloc(200); c = malloc(100); free(b); d = malloc(160); free(a); e = malloc(400); f = malloc(250)",
  ),
);

/** The line that says what is wrong, or how it went. */
const line = (at: EditorPage) => at.page.locator(".fl-verdict");

const browser = sharedBrowser();
let open: EditorPage | undefined;
afterEach(async () => {
  await open?.close();
  open = undefined;
});

async function opened(look = {}): Promise<EditorPage> {
  open = await openEditorPage(browser(), look);
  return open;
}

/** Waits for a verdict. */
async function says(at: EditorPage, text: string | RegExp): Promise<void> {
  const said = expect.poll(() => line(at).textContent(), { timeout: 15_000 });
  if (typeof text === "string") await said.toBe(text);
  else await said.toMatch(text);
}

describe("whatever a policy does is one line, and the page goes on", () => {
  test.each([
    [
      "() => { for (;;) {} }",
      /^Operation 1, a = malloc\(300\), line 1: A run must come to its end within 1 second/,
    ],
    ["const f = () => f();\nf", /^Operation 1, a = malloc\(300\), line 1: RangeError: Maximum call stack/],
    ["() => {\n throw null }", "Operation 1, a = malloc(300), line 2: The policy throws null."],
    [
      "(holes, size) => size < 300 ? 'here' : holes[0]",
      /^Operation 2, b = malloc\(200\), line 1: The fit must return one of the holes it was given or null, not "here"\.$/,
    ],
    [
      "(holes) => { holes.pop(); return holes[0] }",
      /line 1: The fit must not change the list of holes, as pop does/,
    ],
    ["(holes) => {\n\n holes[0].size = 9; return holes[0] }", /line 3: The fit must not change a hole/],
    [
      "() => { postMessage({ version: 1, fault: null }); return null }",
      /line 1: ReferenceError: postMessage is not defined\.$/,
    ],
    ["() => new Array(1e9).fill(0).length", /^Operation 1, a = malloc\(300\), line 1: /],
    [
      "(holes) => {\n const a = [];\n for (;;) a.push(new Array(1e6).fill(1.5));\n}",
      /^Operation 1, a = malloc\(300\), line 3: /,
    ],
    ["async (holes) => holes[0]", /not \[object Promise\]\.$/],
    [
      "(holes) => {\n return 'a'.padEnd(2 ** 28, 'b').replace(/(a|b+)+c/, '').length\n}",
      /^Operation 1, a = malloc\(300\), line 2: .* cannot be broken off\.$/,
    ],
    [
      "(holes) => {\n const a = 1;\n const a = 2;\n}",
      "Line 3: Syntax error: Identifier 'a' has already been declared.",
    ],
    [
      "(holes, size) => {\n  return holes.find(hole => hole.size >= size;\n}",
      'Line 2: Syntax error: ";" cannot stand here.',
    ],
    [
      "(holes, size) => holes.at(-1)",
      "Operation 7, e = malloc(400), line 1: The fit must return a hole of at least 400 bytes; the one at 784 has 240.",
    ],
  ])("%s", async (code, text) => {
    const at = await opened();
    await at.mount({ code, requests: REQUESTS });
    await says(at, text);
    const [good] = await at.run(["(holes, size) => holes.find((hole) => hole.size >= size)"], REQUESTS);
    expect(good).toMatchObject({ fault: null, steps: 8 });
    expect(at.errors).toEqual([]);
  });
});

test("neither the seal nor the frame lets anything out", async () => {
  const at = await opened();
  const ways = [
    "fetch(address)",
    "new XMLHttpRequest().open('GET', address)",
    "importScripts(address)",
    "new WebSocket(address.replace('http', 'ws'))",
    "new FontFace('a', 'url(' + address + ')').load()",
    "new Worker(address)",
    "indexedDB.open('a')",
    "caches.open('a')",
    "navigator.storage",
    "new BroadcastChannel('a')",
    "location.href",
    "setTimeout(() => {})",
    "eval('1')",
    "new Function('return 1')",
    "(() => {}).constructor('return import(\"/import\")')()",
    "(async () => {}).constructor('return import(\"/import\")')()",
    "(function* () {}).constructor('return 1')()",
    "Object.getPrototypeOf(globalThis).fetch(address)",
    "holes[0].constructor.constructor('return 1')()",
    "Error.prepareStackTrace = (_, sites) => sites",
    "Array.prototype.indexOf = () => 0",
    "Object.prototype.then = () => 0",
    "arguments.callee.caller",
  ];
  const codes = ways.map(
    (way) => `const address = "${at.address}/asked";\n(function (holes) {\n  ${way};\n  return holes[0];\n})`,
  );
  const runs = await at.run(codes, REQUESTS);
  expect(runs.map(({ fault }) => fault)).toEqual(
    ways.map(() => expect.objectContaining({ rule: "error", step: 1, line: 3 })),
  );
  expect(at.asked).toEqual([]);
  expect(at.errors).toEqual([]);
});

test("the frame alone lets nothing out: a worker in it that is not sealed reaches no network and has no origin", async () => {
  const at = await opened();
  await at.run(["() => null"], REQUESTS);
  await at.mount({ code: "(holes) => holes[0]", requests: REQUESTS });
  await at.page.locator("iframe").waitFor({ state: "attached" });
  const frame = at.page.frames().find((one) => one !== at.page.mainFrame())!;
  const tried = await frame.evaluate(async (address) => {
    const program = `(async () => {
      const said = [origin];
      for (const way of [() => fetch("${address}/a"), () => import("${address}/b"), () => importScripts("${address}/c"), () => new FontFace("a", "url(${address}/d)").load()])
        said.push(await Promise.resolve().then(way).then(() => "reached", () => "refused"));
      postMessage(said);
    })()`;
    const worker = new Worker(URL.createObjectURL(new Blob([program])));
    return await new Promise((resolve) => {
      worker.onmessage = ({ data }) => resolve(data);
    });
  }, at.address);
  expect(tried).toEqual(["null", "refused", "refused", "refused", "refused"]);
  expect(at.asked).toEqual([]);
});

test("the newest edit wins, and what came before never shows", async () => {
  const at = await opened();
  await at.mount({ code: "() => { for (;;) {} }", requests: REQUESTS });
  const field = at.page.locator(".cm-content");
  await field.click();
  for (const code of [
    "() => null",
    "() => { while (true); }",
    "(holes, size) => holes.find((hole) => hole.size >= size)",
  ]) {
    await at.page.keyboard.press("Control+a");
    await at.page.keyboard.insertText(code);
    await at.page.waitForTimeout(300);
  }
  await says(at, /^Serves 6 of 6 requests|^Serves all of 6 requests|^Serves \d of 6/);
  await at.page.waitForTimeout(1500);
  await says(at, /^Serves/);
  expect(at.errors).toEqual([]);
});

test("code that came with a link is shown, and runs after a click only", async () => {
  const at = await opened();
  await at.mount({
    code: "(holes, size) => holes.find((hole) => hole.size >= size)",
    requests: REQUESTS,
    trusted: false,
  });
  await at.page.getByText("This policy came with a link.").waitFor();
  expect(await at.page.locator(".cm-content").innerText()).toContain("holes.find");
  await at.page.waitForTimeout(600);
  expect(await at.page.locator("iframe").count()).toBe(0);
  await at.page.getByRole("cell", { name: "has not run" }).waitFor();
  await at.page.getByRole("button", { name: "Run this code" }).click();
  await says(at, /^Serves/);
  expect(await at.page.getByText("This policy came with a link.").count()).toBe(0);
});

test("by keyboard alone: typing, Tab indents, Escape and Tab leave", async () => {
  const at = await opened();
  await at.mount({ code: "", requests: REQUESTS });
  await says(at, "The last statement must be the policy: a function (holes, size) => hole.");
  const focused = () => at.page.evaluate(() => document.activeElement?.className ?? "");
  for (let i = 0; i < 5 && !(await focused()).includes("cm-content"); i++)
    await at.page.keyboard.press("Tab");
  const { keyboard } = at.page;
  await keyboard.type("(holes: Hole[], size: number) => {");
  await keyboard.press("Enter");
  await keyboard.press("Tab");
  await keyboard.type("return holes.find((hole) => hole.size >= size);");
  await keyboard.press("Enter");
  await keyboard.type("}");
  await says(at, /^Serves/);
  expect(await focused()).toContain("cm-content");
  await keyboard.press("Escape");
  await keyboard.press("Tab");
  expect(await focused()).not.toContain("cm-content");
  await keyboard.press("Shift+Tab");
  expect(await focused()).toContain("cm-content");
  await keyboard.press("Tab");
  expect(await focused()).toContain("cm-content");
  expect(at.errors).toEqual([]);
});

describe.each([
  ["light", 1280],
  ["dark", 1280],
  ["light", 400],
  ["dark", 600],
] as const)("%s, %i pixels wide", (theme, width) => {
  test("axe finds nothing, with a verdict, with a fault and before it may run", async () => {
    const at = await opened({ width, dark: theme === "dark" });
    for (const [name, given] of Object.entries({
      verdict: { code: FULL },
      fault: { code: `${FULL};\n(holes) =>\n  holes.sort((a, b) => a.size - b.size)[0]` },
      untrusted: { code: FULL, trusted: false },
    })) {
      await at.page.reload();
      await at.mount({ requests: REQUESTS, ...given });
      if (name !== "untrusted") await says(at, name === "verdict" ? /^Serves/ : /^Operation 1/);
      if (process.env.SHOTS)
        await at.page.screenshot({
          path: `${process.env.SHOTS}/${name}-${theme}-${width}.png`,
          fullPage: true,
        });
      await expectAccessible(at.page);
      expect(await at.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    }
    expect(at.errors).toEqual([]);
  });
});

/** Something of everything that has a colour. */
const FULL = `// Small blocks from one end, /large/ from the other.
const SMALL: number = 64, names = { "a": /b+/, c: \`d\${1}\` };
class Chooser<T extends Hole> { choose(holes: T[]): T | null { return holes[0] ?? null } }
(holes: readonly Hole[], size: number): Hole | undefined => {
  const fits = holes.filter((hole) => hole.size >= size);
  return size <= SMALL && true ? fits[0] : fits.at(-1);
}`;
