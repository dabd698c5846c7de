import { describe, expect, it } from "vitest";
import { plotlyPlaces } from "./plotly-places";

const near = "../node_modules/plotly.js-dist/plotly.js";
const file = "node_modules/plotly.js-dist/plotly.js";
const lab = (path: string, baseUrl: string, notebook: string | null = null) => ({
  address: `http://localhost:8888${path}`,
  baseUrl,
  notebook,
});

describe("plotlyPlaces", () => {
  it("begins where the package lay when the output was made", () => {
    const places = plotlyPlaces(lab("/lab/tree/notebooks/01.ipynb", "/"), near);
    expect(places).toEqual([`/files/${file}`, `/files/notebooks/${file}`]);
  });

  it("looks in every folder from the notebook's up to the server's root", () => {
    expect(plotlyPlaces(lab("/lab/tree/a/b/c.ipynb", "/"), null)).toEqual([
      `/files/a/b/${file}`,
      `/files/a/${file}`,
      `/files/${file}`,
    ]);
  });

  it("knows the addresses of JupyterLab, its workspaces, its single document mode and Notebook 7", () => {
    for (const path of [
      "/hub/lab/tree/a/n.ipynb",
      "/hub/lab/workspaces/auto-x/tree/a/n.ipynb",
      "/hub/doc/tree/a/n.ipynb",
      "/hub/notebooks/a/n.ipynb",
    ]) {
      expect(plotlyPlaces(lab(path, "/hub/"), null)[0]).toBe(`/hub/files/a/${file}`);
    }
  });

  it("believes the notebook's tab more than the address, which is that of the tab in front", () => {
    expect(plotlyPlaces(lab("/lab/tree/other.ipynb", "/", "a/n.ipynb"), null)[0]).toBe(`/files/a/${file}`);
  });

  it("leaves out a place above the server's root", () => {
    expect(plotlyPlaces(lab("/lab/tree/n.ipynb", "/"), near)).toEqual([`/files/${file}`]);
  });

  it("escapes what a folder's name may hold", () => {
    expect(plotlyPlaces(lab("/lab/tree/a%20%23b/n.ipynb", "/"), null)[0]).toBe(`/files/a%20%23b/${file}`);
  });

  it("looks a few folders up in a page from disk", () => {
    const page = { address: "file:///home/me/lab/notebooks/01.html", baseUrl: null, notebook: null };
    const places = plotlyPlaces(page, near);
    expect(places[0]).toBe(`file:///home/me/lab/${file}`);
    expect(places.length).toBe(4);
  });

  it("keeps the drive of a page from a Windows disk", () => {
    const page = { address: "file:///C:/lab/notebooks/01.html", baseUrl: null, notebook: null };
    expect(plotlyPlaces(page, near)[0]).toBe(`file:///C:/lab/${file}`);
  });

  it("knows no place beside a page from another server", () => {
    expect(
      plotlyPlaces({ address: "https://example.org/a.html", baseUrl: null, notebook: null }, near),
    ).toEqual([]);
  });
});
