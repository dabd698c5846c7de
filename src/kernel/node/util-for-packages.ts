import { nodeUtil } from "./util";

// What packages made for Node get when they ask for "util".
export = nodeUtil;
