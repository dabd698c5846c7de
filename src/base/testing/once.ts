/**
 * `make()`, made when a test first asks for it. What a `describe` makes in its body is made before any test runs: where that fails, no test
 * has failed, and whoever counts failing tests (as Stryker does) sees none.
 */
export function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
