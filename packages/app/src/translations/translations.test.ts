import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import de from './de';

/** The keys of the English texts, read from the source so that none can be forgotten here. */
function englishKeys(): string[] {
  const source = readFileSync(
    join(process.cwd(), 'src', 'translation.ts'),
    'utf8',
  );
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
