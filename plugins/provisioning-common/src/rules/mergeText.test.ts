import { leastCpuTimeOf } from '@internal/hostile-text';
import { applyPatch } from 'diff';
import fc from 'fast-check';
import { unifiedDiff } from './lines';
import { mergeText } from './mergeText';

const lines = (...text: string[]) => text.map(line => `${line}\n`).join('');

describe('a merge of text', () => {
  const base = lines('a', 'b', 'c', 'd', 'e');

  it.each<[string, string, string, string | null]>([
    [
      'edits apart',
      lines('A', 'b', 'c', 'd', 'e'),
      lines('a', 'b', 'c', 'd', 'E'),
      lines('A', 'b', 'c', 'd', 'E'),
    ],
    [
      'an edit and a removal',
      lines('b', 'c', 'd', 'e'),
      lines('a', 'b', 'c', 'D', 'e'),
      lines('b', 'c', 'D', 'e'),
    ],
    [
      'the same edit',
      lines('a', 'X', 'c', 'd', 'e'),
      lines('a', 'X', 'c', 'd', 'e'),
      lines('a', 'X', 'c', 'd', 'e'),
    ],
    [
      'the same edit and another',
      lines('a', 'X', 'c', 'd', 'e'),
      lines('a', 'X', 'c', 'd', 'E'),
      lines('a', 'X', 'c', 'd', 'E'),
    ],
    [
      'additions at both ends',
      lines('0', 'a', 'b', 'c', 'd', 'e'),
      lines('a', 'b', 'c', 'd', 'e', 'f'),
      lines('0', 'a', 'b', 'c', 'd', 'e', 'f'),
    ],
    [
      'edits of one line',
      lines('a', 'X', 'c', 'd', 'e'),
      lines('a', 'Y', 'c', 'd', 'e'),
      null,
    ],
    [
      'edits that meet',
      lines('a', 'X', 'c', 'd', 'e'),
      lines('a', 'b', 'Y', 'd', 'e'),
      null,
    ],
    [
      'additions in one place',
      lines('a', 'X', 'b', 'c', 'd', 'e'),
      lines('a', 'Y', 'b', 'c', 'd', 'e'),
      null,
    ],
    [
      'an edit inside a removal',
      lines('a', 'e'),
      lines('a', 'b', 'C', 'd', 'e'),
      null,
    ],
    [
      'an end of the file that went',
      lines('a', 'b', 'c', 'd', 'e').trimEnd(),
      lines('A', 'b', 'c', 'd', 'e'),
      lines('A', 'b', 'c', 'd', 'e').trimEnd(),
    ],
  ])('of %s', (_, ours, theirs, merged) => {
    expect(mergeText(base, ours, theirs)).toEqual(
      merged === null ? { conflict: 'both_changed' } : { text: merged },
    );
    expect(mergeText(base, theirs, ours)).toEqual(
      mergeText(base, ours, theirs),
    );
  });

  const texts = fc
    .array(fc.constantFrom('a', 'b', 'c', '', '}'), { maxLength: 12 })
    .map(found => found.join('\n'));

  it('of one change is that change', () => {
    fc.assert(
      fc.property(texts, texts, (a, b) => {
        expect(mergeText(a, b, a)).toEqual({ text: b });
        expect(mergeText(a, a, b)).toEqual({ text: b });
        expect(mergeText(a, b, b)).toEqual({ text: b });
      }),
    );
  });

  it('is the same from both sides, and never holds a marker', () => {
    fc.assert(
      fc.property(texts, texts, texts, (base_, ours, theirs) => {
        const merged = mergeText(base_, ours, theirs);

        expect(mergeText(base_, theirs, ours)).toEqual(merged);
        expect(JSON.stringify(merged)).not.toMatch(/<<<<|====|>>>>/);
      }),
    );
  });

  it('gives up in time on text made to be slow', () => {
    const n = 20_000;
    const a = 'x\n'.repeat(n);
    const b = 'x\ny\n'.repeat(n / 2);
    const c = Array.from({ length: n }, (_, i) => `${i}\n`).join('');
    const merge = () => {
      expect(mergeText(a, b, c)).toEqual({ conflict: 'large' });
      expect(mergeText('x\n'.repeat(n + 1), '', 'x\n')).toEqual({
        conflict: 'large',
      });
      mergeText('', 'x'.repeat(1_000_000), '');
    };
    expect(leastCpuTimeOf(merge, 10_000)).toBeLessThan(10_000);
  });
});

describe('a unified diff', () => {
  const texts = fc
    .array(fc.constantFrom('a', 'b', 'c', '', '-- x', '++ y'), {
      maxLength: 30,
    })
    .chain(found => fc.constantFrom(found.join('\n'), `${found.join('\n')}\n`));

  it('makes one text of the other', () => {
    fc.assert(
      fc.property(texts, texts, (before, after) => {
        expect(applyPatch(before, unifiedDiff('f.txt', before, after)!)).toBe(
          after,
        );
      }),
    );
  });

  it('reads as git writes it', () => {
    expect(unifiedDiff('src/a.ts', 'one\ntwo\n', 'one\n2\n')).toBe(
      '--- a/src/a.ts\n+++ b/src/a.ts\n@@ -1,2 +1,2 @@\n one\n-two\n+2\n',
    );
    expect(unifiedDiff('a', null, 'new')).toBe(
      '--- /dev/null\n+++ b/a\n@@ -0,0 +1,1 @@\n+new\n\\ No newline at end of file\n',
    );
    expect(unifiedDiff('a', 'old\n', null)).toBe(
      '--- a/a\n+++ /dev/null\n@@ -1,1 +0,0 @@\n-old\n',
    );
  });

  it('is left out where there is too much of it', () => {
    expect(unifiedDiff('a', '', 'x\n'.repeat(30_000))).toBeNull();
    expect(unifiedDiff('a', 'x', 'y'.repeat(70_000))).toBeNull();
    expect(
      unifiedDiff('a', 'x\n'.repeat(9_000), 'y\n'.repeat(9_000)),
    ).toBeNull();
  });
});
