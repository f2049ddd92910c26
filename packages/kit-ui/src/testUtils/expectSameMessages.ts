/** Texts by their key. */
type Messages = Readonly<Record<string, string>>;

const names = (text: string) =>
  [...text.matchAll(/\{\{(\w+)/g)].map(match => match[1]).sort();

const blanks = (messages: Messages) =>
  Object.fromEntries(
    Object.entries(messages).map(([key, text]) => [key, names(text)]),
  );

/**
 * Two languages say the same things: each key is in both, says something, and
 * fills in the same values.
 * @public
 */
export function expectSameMessages(one: Messages, other: Messages): void {
  expect(blanks(other)).toEqual(blanks(one));
  for (const messages of [one, other]) {
    const silent = Object.keys(messages).filter(key => !messages[key].trim());
    expect(silent).toEqual([]);
  }
}
