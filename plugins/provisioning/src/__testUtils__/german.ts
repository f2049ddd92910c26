import { provisioningWords } from '@fawkes/backstage-plugin-provisioning-common/rules';
import { sayFrom, type Said } from '@fawkes/kit-contract';
import { askMessages } from '../translations/askMessages';
import de from '../translations/de';
import { requestMessages } from '../translations/requestMessages';
import { stateMessages } from '../translations/stateMessages';
import { wordMessages } from '../translations/words';

type Texts = Readonly<Record<string, string>>;

const GERMAN: Texts = de;
const BLANK = /\{\{\w+\}\}/;

/** Every code of the backend, said with something in each of its blanks. */
export function everyWord(): Said[] {
  const texts: Texts = provisioningWords.texts;
  return provisioningWords.codes.map(code => {
    const names = [...texts[code].matchAll(/\{\{(\w+)\}\}/g)].map(
      ([, name]) => name,
    );
    return sayFrom(
      texts,
      code,
      Object.fromEntries(names.map(name => [name, `<${name}>`])),
    );
  });
}

/** All a person can read or hear of the page. */
function readOut(): string {
  const heard = ['title', 'aria-label', 'aria-description', 'placeholder'];
  const attributes = [...document.querySelectorAll('*')].flatMap(element =>
    heard.map(name => element.getAttribute(name) ?? ''),
  );
  return [document.body.textContent ?? '', ...attributes]
    .join('\n')
    .replace(/\s+/g, ' ');
}

/** What stands between the blanks of English texts, and in no German one. */
const ENGLISH_PIECES = [
  ...new Set(
    Object.values<string>({
      ...askMessages,
      ...requestMessages,
      ...stateMessages,
      ...wordMessages,
    })
      .flatMap(text => text.split(BLANK))
      .map(piece => piece.trim())
      .filter(piece => piece.length >= 8 && piece.includes(' '))
      .filter(piece => !Object.values(GERMAN).some(t => t.includes(piece))),
  ),
];

/** Of these words those the page does not say in German, and English of ours. */
export function notGerman(words: readonly Said[] = []): string[] {
  const page = readOut();
  const german = words.map(({ code, params }) =>
    GERMAN[`words.${code}`].replace(/\{\{(\w+)\}\}/g, (_, name) =>
      String(params[name]),
    ),
  );
  return [
    ...german.filter(text => !page.includes(text)),
    ...ENGLISH_PIECES.filter(piece => page.includes(piece)),
  ];
}
