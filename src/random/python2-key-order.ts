/** A dict starts with this many slots (PyDict_MINSIZE). */
const LEAST_SLOTS = 8;
/** Above this many keys a full table grows to about twice as many slots as keys, below to four times as many. */
const LARGE = 50_000;

/**
 * The order in which CPython 2.7 (64-bit) lists the keys of a dict that was empty and got these keys one by one. Twice
 * the same key counts once, at its first place. It follows from the table alone: Objects/dictobject.c of 2.7, where an
 * integer is its own hash (but −1 has the hash −2).
 *
 * It does not hold for a dict that was made with room for its keys at once (a literal or a comprehension of more than
 * five), or from which keys were deleted.
 * @param integers keys from −(2^53 − 1) to 2^53 − 1
 */
export function python2KeyOrder(integers: Iterable<number>): number[] {
  let slots = emptySlots(LEAST_SLOTS);
  let used = 0;
  for (const key of integers) {
    checkKey(key);
    const slot = findSlot(slots, key);
    if (slots[slot] !== null) continue;
    slots[slot] = key === 0 ? 0 : key; // −0 is 0
    used++;
    if (used * 3 >= slots.length * 2) slots = resized(slots, used * (used > LARGE ? 2 : 4));
  }
  return slots.filter((key) => key !== null);
}

type Slots = (number | null)[];

function emptySlots(count: number): Slots {
  return new Array<number | null>(count).fill(null);
}

/** The keys in a new table, of the least power of two of slots above `keys`, inserted in the order of the old slots. */
function resized(slots: Slots, keys: number): Slots {
  let count = LEAST_SLOTS;
  while (count <= keys) count *= 2;
  const table = emptySlots(count);
  for (const key of slots) if (key !== null) table[findSlot(table, key)] = key;
  return table;
}

/** The slot that holds `key`, or else the empty one where it belongs: probes with ever more bits of the hash. */
function findSlot(slots: Slots, key: number): number {
  const hash = BigInt.asUintN(64, BigInt(key === -1 ? -2 : key));
  const mask = slots.length - 1;
  let slot = Number(hash & BigInt(mask));
  for (let perturb = hash; slots[slot] !== null && slots[slot] !== key; perturb >>= 5n) {
    slot = (5 * slot + Number(perturb & BigInt(mask)) + 1) & mask;
  }
  return slot;
}

function checkKey(key: number): void {
  if (typeof key !== "number") {
    throw new TypeError(`A key is a number, not a value of type ${typeof key}: convert it.`);
  }
  if (!Number.isSafeInteger(key)) {
    throw new RangeError(`A key is an integer within ±(2^53 − 1), not ${key}: round it.`);
  }
}
