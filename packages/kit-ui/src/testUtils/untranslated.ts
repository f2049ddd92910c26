const BLANK = /\{\{\w+\}\}/;
const HEARD = ['title', 'aria-label', 'aria-description', 'placeholder'];

/** All a person can read or hear of the page, white space folded. @public */
export function readOut(): string {
  const attributes = [...document.querySelectorAll('*')].flatMap(element =>
    HEARD.map(name => element.getAttribute(name) ?? ''),
  );
  return [document.body.textContent ?? '', ...attributes]
    .join('\n')
    .replace(/\s+/g, ' ');
}

/**
 * Finds what a page says in the wrong language: the stretches between the blanks
 * of these texts that are no word or name, and that stand in no translation.
 *
 * @param texts - in the language that must not be seen
 * @param translated - in the one that is
 * @returns those of them that the page says now
 * @public
 */
export function findUntranslated(
  texts: Readonly<Record<string, string>>,
  translated: Readonly<Record<string, string>>,
): () => string[] {
  const theirs = Object.values(translated);
  const pieces = Object.values(texts)
    .flatMap(text => text.split(BLANK))
    .map(piece => piece.trim())
    .filter(piece => piece.length >= 8 && piece.includes(' '))
    .filter(piece => !theirs.some(text => text.includes(piece)));
  return () => {
    const page = readOut();
    return [...new Set(pieces)].filter(piece => page.includes(piece));
  };
}
