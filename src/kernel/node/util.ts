import { format, formatWithOptions, inspect, stripVTControlCharacters } from "node-inspect-extracted";

// The file, since Node's own module has the package's name.
import util = require("util/util.js");

/** Node's `util`: what formats is Node's own code; the rest is what browsers have long had in its place. */
export const nodeUtil = {
  ...util,
  format,
  formatWithOptions,
  inspect,
  stripVTControlCharacters,
  TextDecoder,
  TextEncoder,
};
