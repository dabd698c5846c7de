/**
 * A copy of a JSON document that is damaged in one place: a field is dropped, doubled or renamed, a value is replaced by one of
 * another kind or by a number nearby, a list loses, repeats or swaps entries. For tests: whoever reads documents from outside
 * must refuse each of these in a clear sentence, or take something that can be used. Now and then nothing has changed.
 * @param random a whole number from 0 to `below − 1`, as `numbers(seed)` has them
 */
export function damaged(document: unknown, random: (below: number) => number): unknown {
  const root = { document: copied(document) };
  const places = placesOf(root);
  const [owner, key] = places[random(places.length)]!;
  damagePlace(owner, key, random);
  return root.document;
}

/** What has fields: an object, or a list, whose fields are its indices. */
type Owner = Record<string, unknown>;

/** A deep copy of plain data; what JSON cannot say (NaN, undefined, a function) stays as it is. */
function copied(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copied);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, copied(field)]));
}

/** Every field of every object and list below `root`, each as its owner and its name. */
function placesOf(root: Owner): [Owner, string][] {
  const places: [Owner, string][] = [];
  const visit = (value: unknown) => {
    if (typeof value !== "object" || value === null) return;
    for (const [key, field] of Object.entries(value)) {
      places.push([value as Owner, key]);
      visit(field);
    }
  };
  visit(root);
  return places;
}

function damagePlace(owner: Owner, key: string, random: (below: number) => number): void {
  const value = owner[key];
  const ways: (() => void)[] = [
    () => (Array.isArray(owner) ? owner.splice(Number(key), 1) : delete owner[key]),
    () => (owner[key] = ODD_VALUES[random(ODD_VALUES.length)]!()),
  ];
  if (typeof value === "number") {
    const others = nearby(value);
    const change = () => (owner[key] = others[random(others.length)]);
    ways.push(change, change, change);
  }
  if (typeof value === "boolean") ways.push(() => (owner[key] = !value));
  if (typeof value === "string") ways.push(() => (owner[key] = damagedText(value, random)));
  if (Array.isArray(value)) ways.push(() => damageList(value, random));
  if (Array.isArray(owner)) ways.push(() => owner.splice(Number(key), 0, copied(value)));
  else {
    ways.push(() => {
      delete owner[key];
      owner[`${key}s`] = value;
    });
  }
  ways[random(ways.length)]!();
}

/** Values of every kind, each made anew. */
const ODD_VALUES: readonly (() => unknown)[] = [
  () => null,
  () => undefined,
  () => true,
  () => false,
  () => 0,
  () => 1,
  () => -1,
  () => 0.5,
  () => "",
  () => "0",
  () => "<b>",
  () => [],
  () => [0],
  () => [[]],
  () => ({}),
  () => ({ length: 1e9 }),
  () => Number.NaN,
  () => Number.POSITIVE_INFINITY,
  () => Number.MAX_SAFE_INTEGER,
];

/** Numbers that a wrong program or a flipped bit would have written for this one. */
function nearby(value: number): number[] {
  return [
    value + 1,
    value - 1,
    value + 0.5,
    -value - 1,
    -value,
    2 * value,
    Math.floor(value / 2),
    value + 2 ** 30,
    value + 2 ** 32,
    -(2 ** 31),
    2 ** 53,
    1e300,
    5e-324,
    Number.NaN,
    Number.POSITIVE_INFINITY,
  ];
}

function damagedText(text: string, random: (below: number) => number): string {
  const at = random(text.length + 1);
  const ways = [
    text.slice(0, at) + text.slice(at + 1),
    `${text.slice(0, at)}${String.fromCharCode(32 + random(95))}${text.slice(at + 1)}`,
    text.slice(0, at),
    text + text,
    `${text.slice(0, at)}\u0000${text.slice(at)}`,
    "__proto__",
  ];
  return ways[random(ways.length)]!;
}

function damageList(list: unknown[], random: (below: number) => number): void {
  const [a, b] = [random(list.length + 1), random(list.length + 1)];
  const ways: (() => unknown)[] = [
    () => list.splice(0),
    () => list.pop(),
    () => list.reverse(),
    () => list.splice(Math.min(a, b)),
    () => list.splice(a, 0, ODD_VALUES[random(ODD_VALUES.length)]!()),
    () => {
      const moved = list[a];
      list[a] = list[b];
      list[b] = moved;
    },
  ];
  ways[random(ways.length)]!();
}
