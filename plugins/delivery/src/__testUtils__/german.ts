import { deliveryWords } from '@fawkes/backstage-plugin-delivery-common';
import { sayFrom, type Said } from '@fawkes/kit-contract';
import { findUntranslated, readOut } from '@fawkes/kit-ui/testUtils';
import de from '../translations/de';
import { doraMessages } from '../translations/doraMessages';
import { factMessages } from '../translations/factMessages';
import { wordMessages } from '../translations/words';

type Texts = Readonly<Record<string, string>>;

const GERMAN: Texts = de;
const spoken = new Set<string>();

/** Codes that begin so, e.g. `cause.`. */
export function codesOf(...starts: string[]): string[] {
  return deliveryWords.codes.filter(code =>
    starts.some(start => code.startsWith(start)),
  );
}

/** A code said with something in each of its blanks. */
export function sampleOf(code: string): Said {
  const texts: Texts = deliveryWords.texts;
  const template = texts[code] ?? texts[`${code}_other`];
  const names = [...template.matchAll(/\{\{(\w+)\}\}/g)].map(
    ([, name]) => name,
  );
  return sayFrom(
    texts,
    code,
    Object.fromEntries(
      names.map(name => [name, name === 'count' ? 3 : `<${name}>`]),
    ),
  );
}

/** English of ours that the page says. */
const english = findUntranslated(
  { ...doraMessages, ...factMessages, ...wordMessages },
  GERMAN,
);

/** Of these words those the page does not say in German, and English of ours. */
export function notGerman(words: readonly Said[]): string[] {
  const page = readOut();
  const german = words.map(({ code, params }) => {
    spoken.add(code);
    const text = GERMAN[`words.${code}`] ?? GERMAN[`words.${code}_other`];
    return text.replace(/\{\{(\w+)\}\}/g, (_, name) => String(params[name]));
  });
  return [...german.filter(text => !page.includes(text)), ...english()];
}

/** Codes that no page was asked about. */
export function unspoken(): string[] {
  return deliveryWords.codes.filter(code => !spoken.has(code));
}
