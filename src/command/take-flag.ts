/**
 * Takes a flag of our own, `--html FILE` or `--html=FILE`, out of the words of a command line that is another program's.
 * @throws RangeError where its value is missing, or it stands twice
 */
export function takeFlag(
  words: readonly string[],
  flag: string,
): { readonly value: string | undefined; readonly rest: readonly string[] } {
  const rest: string[] = [];
  let value: string | undefined;
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!;
    if (word !== flag && !word.startsWith(`${flag}=`)) {
      rest.push(word);
      continue;
    }
    if (value !== undefined) throw new RangeError(`${flag} stands twice.`);
    value = word === flag ? words[++i] : word.slice(flag.length + 1);
    if (!value) throw new RangeError(`${flag} needs a file, such as run.html.`);
  }
  return { value, rest };
}
