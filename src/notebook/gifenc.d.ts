/** The part of gifenc that is used here; the package has no declarations of its own. */
declare module "gifenc" {
  interface FrameOptions {
    /** Colours as [red, green, blue]; required for the first frame, whose palette the others share. */
    readonly palette?: readonly (readonly number[])[] | undefined;
    /** Milliseconds that the frame stays. */
    readonly delay?: number;
    /** How often the animation starts over: 0 for ever, -1 never. Counts at the first frame. */
    readonly repeat?: number;
  }
  export function GIFEncoder(): {
    writeFrame(index: Uint8Array, width: number, height: number, options?: FrameOptions): void;
    finish(): void;
    bytes(): Uint8Array;
  };
}
