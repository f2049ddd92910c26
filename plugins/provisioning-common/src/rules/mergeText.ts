import { editsOf, linesOf, type Edit } from './lines';

/** What became of a three-way merge. @public */
export type MergedText =
  | { text: string }
  | { conflict: 'both_changed' | 'large' };

/**
 * Merges two texts that were both made from a third, line by line. Edits that
 * touch the same lines, or that meet without a line between them, are a conflict
 * unless they say the same. Nothing is ever marked inside the text.
 * @public
 */
export function mergeText(
  base: string,
  ours: string,
  theirs: string,
): MergedText {
  const lines = linesOf(base);
  const our = editsOf(lines, linesOf(ours));
  const their = editsOf(lines, linesOf(theirs));
  if (!our || !their) return { conflict: 'large' };
  const merged: string[] = [];
  let at = 0;
  const take = (edit: Edit) => {
    merged.push(...lines.slice(at, edit.from), ...edit.lines);
    at = edit.to;
  };
  while (our.length > 0 || their.length > 0) {
    const [a, b] = [our[0], their[0]];
    if (a && b && touch(a, b)) {
      if (!sameEdit(a, b)) return { conflict: 'both_changed' };
      take(a);
      our.shift();
      their.shift();
    } else if (!b || (a && a.from < b.from)) {
      take(our.shift()!);
    } else take(their.shift()!);
  }
  merged.push(...lines.slice(at));
  return { text: merged.join('') };
}

function touch(a: Edit, b: Edit): boolean {
  return a.from <= b.to && b.from <= a.to;
}

function sameEdit(a: Edit, b: Edit): boolean {
  return (
    a.from === b.from &&
    a.to === b.to &&
    a.lines.length === b.lines.length &&
    a.lines.every((line, index) => line === b.lines[index])
  );
}
