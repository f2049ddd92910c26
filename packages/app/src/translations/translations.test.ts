import { readSource } from '../__testUtils__/readSource';
import de from './de';

/** The keys of the English texts, read from the source so that none can be forgotten here. */
function englishKeys(): string[] {
  const source = readSource('translation.ts');
  const messages = source.slice(
    source.indexOf('messages: {'),
    source.indexOf('translations: {'),
  );
  let group = '';
  return messages.split('\n').flatMap(line => {
    const opening = /^ {4}(\w+): \{$/.exec(line);
    if (opening) {
      group = opening[1];
      return [];
    }
    const key = /^ {6}(\w+):/.exec(line);
    return key ? [`${group}.${key[1]}`] : [];
  });
}

describe('German', () => {
  it('has every text, and no others', () => {
    expect(Object.keys(de).sort()).toEqual(englishKeys().sort());
  });

  it('leaves no text empty', () => {
    expect(Object.values(de).filter(text => !text.trim())).toEqual([]);
  });
});
