import { z } from 'zod';

/** What stands in words as a name in double braces. @public */
export const wordParamsSchema = z.record(
  z.string(),
  z.union([z.string(), z.number()]),
);
/** See {@link wordParamsSchema}. @public */
export type WordParams = z.infer<typeof wordParamsSchema>;

/**
 * Words a backend makes for people: screens translate the code with its params,
 * readers of the API get the English text. A code never changes its meaning.
 * @public
 */
export const saidSchema = z.object({
  code: z.string(),
  params: wordParamsSchema,
  text: z.string(),
});
/** See {@link saidSchema}. @public */
export type Said = z.infer<typeof saidSchema>;

/**
 * Code and params beside a text that has a name of its own, as `reason` of a
 * figure. Both are absent where nobody gave the words a code.
 * @public
 */
export const codedShape = {
  code: z.string().optional(),
  params: wordParamsSchema.optional(),
};

/** English texts by code; `<code>_one` and `<code>_other` follow `count`. @public */
export type WordTexts = Readonly<Record<string, string>>;

/** The codes of a table of words. @public */
export type WordCodeOf<T extends WordTexts> = keyof T extends infer K
  ? K extends `${infer Code}_${'one' | 'other'}`
    ? Code
    : K & string
  : never;

/** The names that stand in a text as a name in double braces. @public */
export type BlanksOf<Text> =
  Text extends `${string}{{${infer Name}}}${infer Rest}`
    ? Name | BlanksOf<Rest>
    : never;

/** The texts of a code: one, or one for each number. @public */
export type TextOf<T extends WordTexts, Code extends string> = T[
  | (Code & keyof T)
  | (`${Code}_one` & keyof T)
  | (`${Code}_other` & keyof T)];

/** The params of a code, given when it has any. @public */
export type WordArgs<T extends WordTexts, Code extends string> = [
  BlanksOf<TextOf<T, Code>>,
] extends [never]
  ? []
  : [params: Record<BlanksOf<TextOf<T, Code>>, string | number>];

/** A table of words, ready to speak. @public */
export interface Words<T extends WordTexts> {
  /** English by code, for translations to begin with. */
  readonly texts: T;
  /** Every code. */
  readonly codes: ReadonlyArray<WordCodeOf<T>>;
  /** Words with their English text. */
  say<Code extends WordCodeOf<T>>(
    code: Code,
    ...params: WordArgs<T, Code>
  ): Said;
  /** Whether a code is of this table, and its params fill its text. */
  knows(words: { code?: string; params?: WordParams }): boolean;
  /**
   * The words a text was made of, for texts that were kept without their code.
   *
   * @param among - codes to think of; a text with nothing but a blank fits all
   */
  recognise(text: string, among: readonly WordCodeOf<T>[]): Said | undefined;
}

const BLANK = /\{\{(\w+)\}\}/g;

/** Longer texts are not looked at; no sentence of a table comes near it. */
const LONGEST = 2_000;

/**
 * Words with the text of a table, where the code is not known before.
 *
 * @throws TypeError for a code or param that is missing
 * @public
 */
export function sayFrom(
  texts: WordTexts,
  code: string,
  params: WordParams = {},
): Said {
  const template = templateOf(texts, code, params);
  if (template === undefined) throw new TypeError(`There is no text ${code}`);
  const text = template.replace(BLANK, (_, name: string) => {
    const value = Object.hasOwn(params, name) ? params[name] : undefined;
    if (value === undefined) {
      throw new TypeError(`The words ${code} need '${name}'`);
    }
    return String(value);
  });
  return { code, params, text };
}

/** Makes a table speak. @public */
export function wordsOf<const T extends WordTexts>(texts: T): Words<T> {
  const codes = [
    ...new Set(Object.keys(texts).map(key => key.replace(/_(one|other)$/, ''))),
  ] as Array<WordCodeOf<T>>;
  const known = new Set<string>(codes);
  return {
    texts,
    codes,
    say: (code, ...[params]) => sayFrom(texts, code, params),
    knows: ({ code, params = {} }) =>
      code !== undefined &&
      known.has(code) &&
      blanksOf(templateOf(texts, code, params) ?? '').every(name =>
        Object.hasOwn(params, name),
      ),
    recognise(text, among) {
      if (text.length > LONGEST) return undefined;
      for (const code of among) {
        const params = [code, `${code}_one`, `${code}_other`]
          .map(key => Object.hasOwn(texts, key) && readBack(texts[key], text))
          .find(found => found);
        if (params) return { code, params, text };
      }
      return undefined;
    },
  };
}

/** The names of the blanks of a text, in order. */
function blanksOf(template: string): string[] {
  return [...template.matchAll(BLANK)].map(([, name]) => name);
}

function templateOf(
  texts: WordTexts,
  code: string,
  { count }: WordParams,
): string | undefined {
  const key = [`${code}_${count === 1 ? 'one' : 'other'}`, code].find(each =>
    Object.hasOwn(texts, each),
  );
  return key === undefined ? undefined : texts[key];
}

/**
 * What stands in the blanks of a text. Each piece between blanks is looked for
 * once, from where the one before ended, so that time grows with the length of
 * the text and nothing else; the last piece is at the end.
 */
function readBack(template: string, text: string): WordParams | undefined {
  const pieces = template.split(/\{\{\w+\}\}/);
  const [first, ...rest] = pieces;
  if (rest.length === 0) return text === first ? {} : undefined;
  if (!text.startsWith(first)) return undefined;
  const params: WordParams = {};
  const names = blanksOf(template);
  let at = first.length;
  for (const [index, piece] of rest.entries()) {
    const isLast = index === rest.length - 1;
    const end = isLast ? text.length - piece.length : text.indexOf(piece, at);
    if (end <= at || !text.startsWith(piece, end)) return undefined;
    params[names[index]] = text.slice(at, end);
    at = end + piece.length;
  }
  return params;
}

/** Registered, so that a second copy of this package reads it too. */
const SAID = Symbol.for('@fawkes/kit-contract/said');

/**
 * An error whose message is words: the answer to the caller carries their code
 * and params beside it, see {@link wordsOfError}.
 * @public
 */
export function saidError<E extends Error>(
  Kind: new (message: string) => E,
  { code, params, text }: Said,
): E {
  return Object.defineProperty(new Kind(text), SAID, {
    value: { code, params },
  });
}

/** Code and params of an error made by {@link saidError}. @public */
export function wordsOfError(
  error: Error,
): Pick<Said, 'code' | 'params'> | undefined {
  return (error as { [SAID]?: Pick<Said, 'code' | 'params'> })[SAID];
}

/** Texts under the keys they have as messages of a screen. @public */
export type WordMessages<T extends Readonly<Record<string, string>>> = {
  readonly [K in keyof T & string as `words.${K}`]: T[K];
};

/**
 * Words of a backend as messages of a screen, under `words.<code>`: in English
 * the very texts it speaks with.
 * @public
 */
export function asMessages<T extends Readonly<Record<string, string>>>(
  texts: T,
): WordMessages<T> {
  return Object.fromEntries(
    Object.entries(texts).map(([code, text]) => [`words.${code}`, text]),
  ) as WordMessages<T>;
}
