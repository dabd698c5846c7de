/** A picture in shades of grey. */
export interface GreyPicture {
  /** Pixels a row. */
  readonly width: number;
  /** Rows. */
  readonly height: number;
  /** A byte a pixel, row by row from the top: 0 black to 255 white. */
  readonly pixels: Uint8Array;
}
