import canonicalize from 'canonicalize';

/**
 * RFC 8785 canonical JSON: one value has one text, whatever the order its
 * fields were sent in. Equal texts are equal values.
 *
 * @throws TypeError for what JSON has no text for (undefined, a function)
 * @public
 */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) {
    throw new TypeError('Only JSON values have a canonical form');
  }
  return text;
}

/** Orders two strings by UTF-16 code units, the same in every locale. @public */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
