import type { Locator } from "playwright-core";

/** A playground in a page, read and driven as its reader does. */
export class ShownPlayground {
  /** @param area holds the playground, and no other */
  constructor(readonly area: Locator) {}

  /** Waits until the player in it has drawn its first frame. */
  async ready(): Promise<this> {
    await this.area.locator(".fl-player .heatmaplayer image").waitFor({ timeout: 30_000 });
    return this;
  }

  button(name: string): Locator {
    return this.area.getByRole("button", { name, exact: true });
  }

  /** The field of the operations. */
  get operations(): Locator {
    return this.area.getByRole("textbox", { name: "Operations" });
  }

  /** The operations as they stand in their field. */
  async calls(): Promise<string[]> {
    return (await this.operations.inputValue()).split("\n").filter((line) => line !== "");
  }

  block(name: string): Locator {
    return this.area.getByRole("button", { name: new RegExp(`^Block ${name}: `) });
  }

  /** The blocks of the strip, as they are named to a screen reader: `a: 112 bytes at 0`. */
  async blocks(): Promise<string[]> {
    const labels = await this.area
      .locator(".fl-map-block")
      .evaluateAll((nodes) => nodes.map((node) => node.ariaLabel ?? ""));
    return labels.map((label) => /^Block (.*)\. Free it$/.exec(label)?.[1] ?? label);
  }

  /** The step that the player has drawn. */
  async shown(): Promise<number> {
    return Number(await this.area.locator(".fl-player").getAttribute("data-shown"));
  }

  /** What stands under the operations, or under the heap's options, as wrong. */
  async errors(): Promise<string[]> {
    return (await this.area.locator(".fl-error").allTextContents()).filter((text) => text !== "");
  }

  /** Opens what is to be copied, and returns it. */
  async share(button: "Copy link" | "As TypeScript"): Promise<string> {
    await this.button(button).click();
    const text = await this.area
      .getByRole("textbox", { name: button === "Copy link" ? "Link" : button, exact: true })
      .inputValue();
    await this.button(button).click();
    return text;
  }
}
