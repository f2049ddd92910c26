const names = (text: string) =>
  [...text.matchAll(/\{\{(\w+)/g)].map(match => match[1]).sort();

const blanks = (messages: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    Object.entries(messages).map(([key, text]) => [key, names(text)]),
  );

/**
 * Two languages say the same things: each key is in both, says something, and
 * fills in the same values.
 *
 * @param one - texts by their key
 * @throws the matcher's error, which names the keys that differ.
 * @public
 */
export function expectSameMessages(
  one: Readonly<Record<string, string>>,
  other: Readonly<Record<string, string>>,
): void {
  expect(blanks(other)).toEqual(blanks(one));
  for (const messages of [one, other]) {
    const silent = Object.keys(messages).filter(key => !messages[key].trim());
    expect(silent).toEqual([]);
  }
}
