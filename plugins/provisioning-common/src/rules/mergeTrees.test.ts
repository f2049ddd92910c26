import fc from 'fast-check';
import { sha256 } from './__testUtils__/made';
import { mergeTrees, type Tree, type TreeFile } from './mergeTrees';

const text = (content: string, mode: TreeFile['mode'] = '644'): TreeFile => ({
  mode,
  sha256: sha256(content),
  text: content,
});
const binary = (content: string): TreeFile => ({
  ...text(content),
  text: null,
});
const tree = (files: Record<string, TreeFile | undefined>): Tree =>
  new Map(
    Object.entries(files).filter(
      (entry): entry is [string, TreeFile] => entry[1] !== undefined,
    ),
  );

/** What is said when nothing is to be done. */
const nothing = { stays: true };

/** A merge of one file. */
const merge = (
  base: TreeFile | undefined,
  ours: TreeFile | undefined,
  theirs: TreeFile | undefined,
) => {
  const { files, conflicts } = mergeTrees(
    tree({ f: base }),
    tree({ f: ours }),
    tree({ f: theirs }),
  );
  return (
    files[0] ??
    (conflicts[0] ? { conflict: conflicts[0].reason.code } : nothing)
  );
};

const a = text('a\n');
const b = text('b\n');
const c = text('c\n');

describe('a file', () => {
  it.each<[string, Parameters<typeof merge>, object]>([
    ['nobody changed', [a, a, a], nothing],
    ['only people changed', [a, a, b], nothing],
    ['only people removed', [a, a, undefined], nothing],
    ['both changed alike', [a, b, b], nothing],
    ['both removed', [a, undefined, undefined], nothing],
    ['both added alike', [undefined, b, b], nothing],
    [
      'the template changed',
      [a, b, a],
      { change: 'changed', take: 'ours', mode: '644' },
    ],
    [
      'the template added',
      [undefined, b, undefined],
      { change: 'added', take: 'ours' },
    ],
    ['the template removed', [a, undefined, a], { change: 'removed' }],
    [
      'both changed apart',
      [text('1\n2\n3\n'), text('X\n2\n3\n'), text('1\n2\nY\n')],
      { change: 'changed', take: 'text', text: 'X\n2\nY\n' },
    ],
    [
      'both changed in one place',
      [a, b, c],
      { conflict: 'merge.both_changed' },
    ],
    ['both added', [undefined, b, c], { conflict: 'merge.both_added' }],
    [
      'the template removed and people changed',
      [a, undefined, b],
      { conflict: 'merge.removed_by_template' },
    ],
    [
      'people removed and the template changed',
      [a, b, undefined],
      { conflict: 'merge.removed_by_people' },
    ],
    [
      'both changed, and it is no text',
      [binary('a'), binary('b'), binary('c')],
      { conflict: 'merge.binary' },
    ],
    [
      'the template made executable and people changed',
      [a, text('a\n', '755'), b],
      { change: 'changed', take: 'theirs', mode: '755' },
    ],
    [
      'people made executable and the template changed',
      [a, b, text('a\n', '755')],
      { change: 'changed', take: 'ours', mode: '755' },
    ],
    [
      'people changed more than the template',
      [text('1\n2\n3\n'), text('X\n2\n3\n'), text('X\n2\nY\n')],
      nothing,
    ],
  ])('%s', (_, [base, ours, theirs], merged) => {
    expect(merge(base, ours, theirs)).toMatchObject(merged);
  });

  it.each([
    ['docs', 'docs/index.md'],
    ['docs/index.md', 'docs'],
  ])('%s of the template meets %s of people', (ours, theirs) => {
    expect(
      mergeTrees(tree({}), tree({ [ours]: a }), tree({ [theirs]: b })),
    ).toMatchObject({
      files: [],
      conflicts: [{ path: ours, reason: { code: 'merge.type' } }],
    });
  });
});

describe('laws', () => {
  const file = fc.constantFrom(a, b, c, text('a\n', '755'), undefined);
  const trees = fc.record({ x: file, y: file, z: file }).map(tree);

  /** Their tree after the update. */
  function updated(base: Tree, ours: Tree, theirs: Tree): Tree {
    const result = new Map(theirs);
    for (const merged of mergeTrees(base, ours, theirs).files) {
      const { path } = merged;
      if (merged.change === 'removed') result.delete(path);
      else if (merged.take === 'text')
        result.set(path, text(merged.text, merged.mode));
      else {
        const from = merged.take === 'ours' ? ours : theirs;
        result.set(path, { ...from.get(path)!, mode: merged.mode });
      }
    }
    return result;
  }

  it('who changed nothing gets the template as it is', () => {
    fc.assert(
      fc.property(trees, trees, (base, ours) => {
        expect(updated(base, ours, base)).toEqual(ours);
        expect(mergeTrees(base, ours, base).conflicts).toEqual([]);
      }),
    );
  });

  it('a template that changed nothing proposes nothing', () => {
    fc.assert(
      fc.property(trees, trees, (base, theirs) => {
        expect(mergeTrees(base, base, theirs)).toEqual({
          files: [],
          conflicts: [],
        });
      }),
    );
  });

  it('what people wrote is never lost: each file stays, merges or is theirs alone', () => {
    fc.assert(
      fc.property(trees, trees, trees, (base, ours, theirs) => {
        const result = updated(base, ours, theirs);
        const lost = [...theirs].filter(
          ([path, { sha256: before }]) =>
            before !== base.get(path)?.sha256 &&
            before !== ours.get(path)?.sha256 &&
            before !== result.get(path)?.sha256,
        );

        expect(lost).toEqual([]);
      }),
    );
  });
});
