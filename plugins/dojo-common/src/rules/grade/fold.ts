const IGNORABLE = /\p{Default_Ignorable_Code_Point}/gu;
const SPACES = /\p{White_Space}+/gu;

/**
 * Unicode's NFKC_Casefold, and white space trimmed and collapsed: ß is ss, ς is
 * σ, and no locale of a machine has a say. Accents and punctuation stay.
 *
 * @param caseSensitive - leaves the case as it is, for commands
 * @public
 */
export function foldText(text: string, caseSensitive = false): string {
  let folded = text;
  // Each step may make work for the one before; it ends after two rounds or three.
  for (;;) {
    const next = once(folded, caseSensitive);
    if (next === folded) break;
    folded = next;
  }
  return folded.replace(SPACES, ' ').trim();
}

function once(text: string, caseSensitive: boolean): string {
  const plain = text.normalize('NFKC').replace(IGNORABLE, '');
  const lower = caseSensitive ? plain : [...plain].map(foldOne).join('');
  return lower.normalize('NFKC');
}

function foldOne(char: string): string {
  const point = char.codePointAt(0)!;
  if (char === 'ı') return char;
  // Cherokee folds to its capitals.
  if (point >= 0x13a0 && point <= 0x13f5) return char;
  if (point >= 0x13f8 && point <= 0x13fd)
    return String.fromCodePoint(point - 8);
  if (point >= 0xab70 && point <= 0xabbf) {
    return String.fromCodePoint(point - 0x97d0);
  }
  return [...char.toUpperCase()].map(upper => upper.toLowerCase()).join('');
}
