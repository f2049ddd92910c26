import { diffArrays, structuredPatch } from 'diff';
import { MAX_DIFF_TEXT } from '../contract';

/** More lines than this are not compared. */
const MAX_LINES = 20_000;
/** More edits than this are not looked for: time is lines × edits. */
const MAX_EDITS = 2_000;

/** Lines with their ends, so that a missing last one is a difference. */
export function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/** Lines `from` to `to` of one text became `lines`. */
export interface Edit {
  from: number;
  to: number;
  lines: string[];
}

/** The edits that make one text of another; undefined where it is too much. */
export function editsOf(
  before: readonly string[],
  after: readonly string[],
): Edit[] | undefined {
  if (before.length > MAX_LINES || after.length > MAX_LINES) return undefined;
  const parts = diffArrays([...before], [...after], {
    maxEditLength: MAX_EDITS,
  });
  if (!parts) return undefined;
  const edits: Edit[] = [];
  let at = 0;
  let open: Edit | undefined;
  for (const { added, removed, value } of parts) {
    if (!added && !removed) {
      at += value.length;
      open = undefined;
      continue;
    }
    if (!open) {
      open = { from: at, to: at, lines: [] };
      edits.push(open);
    }
    if (removed) {
      at += value.length;
      open.to = at;
    } else open.lines.push(...value);
  }
  return edits;
}

/**
 * The difference of one file as a unified diff with three lines around. Null
 * where there is too much of it to read.
 *
 * @param before - null where the file is new
 * @param after - null where it is removed
 * @public
 */
export function unifiedDiff(
  path: string,
  before: string | null,
  after: string | null,
): string | null {
  const [old, now] = [before ?? '', after ?? ''];
  if ([old, now].some(text => linesOf(text).length > MAX_LINES)) return null;
  const patch = structuredPatch(path, path, old, now, undefined, undefined, {
    context: 3,
    maxEditLength: MAX_EDITS,
  });
  if (!patch) return null;
  const text = [
    `--- ${before === null ? '/dev/null' : `a/${path}`}`,
    `+++ ${after === null ? '/dev/null' : `b/${path}`}`,
    ...patch.hunks.flatMap(hunk => [
      `@@ -${range(hunk.oldStart, hunk.oldLines)} +${range(
        hunk.newStart,
        hunk.newLines,
      )} @@`,
      ...hunk.lines,
    ]),
    '',
  ].join('\n');
  return text.length > MAX_DIFF_TEXT ? null : text;
}

/** A range of no lines is named by the line before it. */
function range(start: number, lines: number): string {
  return lines === 0 ? `${start - 1},0` : `${start},${lines}`;
}
