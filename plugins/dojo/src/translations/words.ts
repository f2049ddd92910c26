import { dojoWords } from '@fawkes/backstage-plugin-dojo-common';

type Texts = Readonly<Record<string, string>>;
type Prefixed<T extends Texts> = {
  readonly [K in keyof T & string as `words.${K}`]: T[K];
};

/** Words of the backend under their keys as messages: `words.<code>`. */
export function asMessages<T extends Texts>(texts: T): Prefixed<T> {
  return Object.fromEntries(
    Object.entries(texts).map(([code, text]) => [`words.${code}`, text]),
  ) as Prefixed<T>;
}

/** What the backend says, in English: the very texts it speaks with. */
export const wordMessages = asMessages(dojoWords.texts);
