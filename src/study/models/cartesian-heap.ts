/** A hole, and those around it. */
interface Hole {
  address: number;
  size: number;
  /** The largest hole below this one's address, down to the next larger hole; and likewise above it. */
  left: Hole | null;
  right: Hole | null;
}

/**
 * First fit by a Cartesian tree of the holes (Stephenson: Fast fits. SOSP 1983; Vuillemin 1980): from left to right by address, from top to
 * bottom by size. No hole below a node is larger than it, so the way to the leftmost hole that is large enough goes to the left as long as the
 * next one there is large enough. A fixed memory; holes merge at once. `visits` counts the nodes that searches look at.
 */
export class CartesianHeap {
  readonly capacity: number;
  /** Nodes that searches have looked at so far. */
  visits = 0;
  /** Searches so far. */
  searches = 0;
  #root: Hole | null;
  readonly #blocks = new Map<number, number>();

  /** @param capacity words of memory; at least 1 */
  constructor(capacity: number) {
    this.capacity = capacity;
    this.#root = { address: 0, size: capacity, left: null, right: null };
  }

  malloc(size: number): number | null {
    this.searches++;
    let hole = this.#root;
    this.visits += hole ? 1 : 0;
    if (hole === null || hole.size < size) return null;
    while (hole.left !== null) {
      this.visits++;
      if (hole.left.size < size) break;
      hole = hole.left;
    }
    const { address, size: whole } = hole;
    this.#root = without(this.#root, address);
    if (whole > size) this.#insert(address + size, whole - size);
    this.#blocks.set(address, size);
    return address;
  }

  free(address: number): void {
    let start = address;
    let end = address + this.#blocks.get(address)!;
    this.#blocks.delete(address);
    const [below, above] = neighbours(this.#root, address);
    if (below !== null && below.address + below.size === start) {
      start = below.address;
      this.#root = without(this.#root, start);
    }
    if (above !== null && above.address === end) {
      end += above.size;
      this.#root = without(this.#root, above.address);
    }
    this.#insert(start, end - start);
  }

  #insert(address: number, size: number): void {
    this.#root = withHole(this.#root, { address, size, left: null, right: null });
  }
}

/** The tree with `hole`, which goes above all that are smaller. */
function withHole(tree: Hole | null, hole: Hole): Hole {
  if (tree === null || hole.size > tree.size) {
    [hole.left, hole.right] = split(tree, hole.address);
    return hole;
  }
  if (hole.address < tree.address) tree.left = withHole(tree.left, hole);
  else tree.right = withHole(tree.right, hole);
  return tree;
}

/** The tree without the hole at `address`. */
function without(tree: Hole | null, address: number): Hole | null {
  if (tree === null) return null;
  if (tree.address === address) return joined(tree.left, tree.right);
  if (address < tree.address) tree.left = without(tree.left, address);
  else tree.right = without(tree.right, address);
  return tree;
}

/** The holes below and above `address`, as two trees. */
function split(tree: Hole | null, address: number): [Hole | null, Hole | null] {
  if (tree === null) return [null, null];
  if (tree.address < address) {
    const [below, above] = split(tree.right, address);
    tree.right = below;
    return [tree, above];
  }
  const [below, above] = split(tree.left, address);
  tree.left = above;
  return [below, tree];
}

/** One tree of two, all of whose holes in `below` lie below those of `above`. */
function joined(below: Hole | null, above: Hole | null): Hole | null {
  if (below === null || above === null) return below ?? above;
  if (below.size >= above.size) {
    below.right = joined(below.right, above);
    return below;
  }
  above.left = joined(below, above.left);
  return above;
}

/** The last hole below `address`, and the first one above it. */
function neighbours(tree: Hole | null, address: number): [Hole | null, Hole | null] {
  let [below, above]: [Hole | null, Hole | null] = [null, null];
  for (let at = tree; at !== null; ) {
    if (at.address < address) {
      below = at;
      at = at.right;
    } else {
      above = at;
      at = at.left;
    }
  }
  return [below, above];
}
