import { describe, expect, test } from "vitest";
import type { PlaygroundData } from "../page/playground/playground-data";
import { readLink, writeLink } from "../playground/link";
import { parseCalls } from "../playground/parse-calls";
import { FIRST_STATE, withCalls } from "../playground/state";
import { type PlaygroundOptions, playground, playgroundHtml } from "./playground";
import { evil } from "./testing/pages";

const plotly = { version: "0", near: null, url: "", integrity: "" };
const markup = (options: PlaygroundOptions) => String(playgroundHtml(options, plotly, false, "program()"));
const dataIn = (html: string): PlaygroundData =>
  JSON.parse(/<script type="application\/json">(.*?)<\/script>/s.exec(html)![1]!);

describe("playgroundHtml", () => {
  test("has pictures of what it begins with, which need no script, and what the program needs", () => {
    const html = markup({});
    expect(html.match(/<img src="data:image\/png/g)!.length).toBeGreaterThan(2);
    expect(dataIn(html)).toEqual({ plotly, theme: "auto", link: null, page: null, alone: false, traces: [] });
  });

  test("begins with the state of a link, of which nothing is run or read as markup", () => {
    const heap = { ...FIRST_STATE.heap, options: { fit: "custom" } };
    const state = { ...withCalls({ ...FIRST_STATE, heap }, parseCalls("+10,+20")), code: evil };
    const html = markup({ link: `https://example.org/#${writeLink(state)}` });
    expect(readLink(dataIn(html).link!)).toEqual(state);
    expect(html).not.toContain("hurt");
  });

  test("carries the traces that are asked for", () => {
    const { traces } = dataIn(markup({ traces: ["ls"] }));
    expect(traces.map(({ name }) => name)).toEqual(["ls"]);
    expect(parseCalls(traces[0]!.text).length).toBeGreaterThan(1000);
  });

  test.each([
    [{ link: "play1-AAAA" }, RangeError, /playground's link.*damaged or cut short/],
    [{ link: 5 }, RangeError, /playground's link.*no text/],
    [{ traces: ["none"] }, RangeError, /not "none"/],
    [{ traces: "ls" }, TypeError, /options.traces must be a list of names, not "ls"/],
    [{ page: "javascript:alert(1)" }, RangeError, /options.page must be an address/],
    [{ page: 5 }, RangeError, /options.page must be an address/],
    [{ theme: "red" }, RangeError, /options.theme must be one of/],
    [{ lnik: "" }, RangeError, /There is no option "lnik"/],
  ])("refuses %j", (options, kind, message) => {
    expect(() => markup(options as PlaygroundOptions)).toThrow(kind);
    expect(() => markup(options as PlaygroundOptions)).toThrow(message);
  });
});

test("playground says where it can be shown", () => {
  expect(() => playground()).toThrow(/Only a cell of a tslab notebook can show this/);
});
