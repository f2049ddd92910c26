import { provisioningWordTables } from '@fawkes/backstage-plugin-provisioning-common/rules';
import { sayFrom, type Said } from '@fawkes/kit-contract';
import { findUntranslated, readOut } from '@fawkes/kit-ui/testUtils';
import { askMessages } from '../translations/askMessages';
import de from '../translations/de';
import { requestMessages } from '../translations/requestMessages';
import { stateMessages } from '../translations/stateMessages';
import { wordMessages } from '../translations/words';

type Texts = Readonly<Record<string, string>>;

const GERMAN: Texts = de;

/** A code, and which number its text is for. */
function takeApart(key: string): { code: string; count?: number } {
  const [, code, number] = /^(.*)_(one|other)$/.exec(key) ?? [];
  return code ? { code, count: number === 'one' ? 1 : 2 } : { code: key };
}

/** Every text of the backend, said with something in each of its blanks. */
export function everyWord(): Said[] {
  return provisioningWordTables.flatMap(({ texts }: { texts: Texts }) =>
    Object.entries(texts).map(([key, text]) => {
      const { code, count } = takeApart(key);
      const names = [...text.matchAll(/\{\{(\w+)\}\}/g)].map(
        ([, name]) => name,
      );
      const params = Object.fromEntries(names.map(name => [name, `<${name}>`]));
      return sayFrom(texts, code, {
        ...params,
        ...(count !== undefined && { count }),
      });
    }),
  );
}

/** The German text behind words. */
function germanOf({ code, params: { count } }: Said): string {
  const number = count === 1 ? 'one' : 'other';
  return GERMAN[`words.${code}`] ?? GERMAN[`words.${code}_${number}`];
}

/** English of ours that the page says. */
const english = findUntranslated(
  {
    ...askMessages,
    ...requestMessages,
    ...stateMessages,
    ...wordMessages,
  },
  GERMAN,
);

/** Of these words those the page does not say in German, and English of ours. */
export function notGerman(words: readonly Said[] = []): string[] {
  const page = readOut();
  const german = words.map(said =>
    germanOf(said).replace(/\{\{(\w+)\}\}/g, (_, name) =>
      String(said.params[name]),
    ),
  );
  return [...german.filter(text => !page.includes(text)), ...english()];
}
