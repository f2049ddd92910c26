import {
  createContext,
  useCallback,
  useContext,
  type PropsWithChildren,
} from 'react';

/** Code and params of words that a backend made, where it gave them. @public */
export interface Coded {
  /** What the words are known by in tables of texts. */
  code?: string;
  /** What stands in the text as `name` in two braces. */
  params?: Readonly<Record<string, string | number>>;
}

/** A number, or why there is none. @public */
export type Figure =
  | { value: number; reason?: undefined }
  | ({ value: null; reason: string } & Coded);

/**
 * Says words in the language of the person.
 *
 * @param text - what the backend wrote, for words without a code that is known
 * @public
 */
export type Speak = (words: Coded, text: string) => string;

const Speaking = createContext<Speak>((_, text) => text);

/**
 * Gives everything below it the words of a family, errors and the reasons of
 * figures included.
 * @public
 */
export function SaidProvider({
  speak,
  children,
}: PropsWithChildren<{ speak: Speak }>) {
  return <Speaking.Provider value={speak}>{children}</Speaking.Provider>;
}

/** Why a figure is not known, in the language of the person. @public */
export function useReason(): (figure: Figure) => string {
  const speak = useSaid();
  return useCallback(
    figure => (figure.value === null ? speak(figure, figure.reason) : ''),
    [speak],
  );
}

/** How words of a backend are said here. @public */
export function useSaid(): Speak {
  return useContext(Speaking);
}
