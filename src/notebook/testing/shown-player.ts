import type { Locator } from "playwright-core";
import { PNG } from "pngjs";

/** A player in a page, read and driven as its user does: by what is seen, by mouse and by keys. */
export class ShownPlayer {
  /** @param area holds the player, and no other */
  constructor(private readonly area: Locator) {}

  /** Waits for the first frame. */
  async ready(): Promise<this> {
    await this.area.locator(".fl-player .heatmaplayer image").first().waitFor({ timeout: 20_000 });
    return this;
  }

  /** The step that the slider shows. */
  async step(): Promise<number> {
    return Number(await this.slider.inputValue());
  }

  get slider(): Locator {
    return this.area.getByRole("slider", { name: "Timeline" });
  }

  button(name: string): Locator {
    return this.area.getByRole("button", { name, exact: true });
  }

  /** Goes to a step by typing its number. */
  async go(step: number): Promise<void> {
    const field = this.area.getByRole("spinbutton", { name: "Step" });
    await field.press("ControlOrMeta+a"); // fill() adds to what stands in a field for numbers in Firefox
    await field.pressSequentially(String(step));
    await field.press("Enter");
    await this.shows(step);
  }

  /** Waits until the player shows a step, and its picture is drawn. */
  async shows(step: number, timeout = 10_000): Promise<void> {
    const started = Date.now();
    while ((await this.step()) !== step) {
      if (Date.now() - started > timeout) {
        throw new Error(`The player shows step ${await this.step()}, not ${step}, after ${timeout} ms.`);
      }
      await this.area.page().waitForTimeout(20);
    }
    await this.area.page().waitForTimeout(150);
  }

  /**
   * The picture's squares as they are seen on the screen: each is read at its middle, 0 for dark and 1 for light, row by row.
   * @param side squares a row
   * @param run which of several runs, from 0 on
   */
  async squares(side: number, run = 0): Promise<string> {
    const image = this.area.locator(".heatmaplayer image").nth(run);
    await image.scrollIntoViewIfNeeded();
    const box = (await image.boundingBox())!;
    const png = PNG.sync.read(await this.area.page().screenshot({ clip: box }));
    const { width, height, data } = png;
    let squares = "";
    for (let row = 0; row < side; row++) {
      for (let column = 0; column < side; column++) {
        const x = Math.floor(((column + 0.5) * width) / side);
        const y = Math.floor(((row + 0.5) * height) / side);
        squares += data[4 * (y * width + x)]! < 128 ? "0" : "1";
      }
    }
    return squares;
  }
}
