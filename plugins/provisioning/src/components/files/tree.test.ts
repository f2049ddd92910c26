import { treeOf } from './tree';

it('has folders before files, each in order', () => {
  const files = ['b.ts', 'src/z.ts', 'a.ts', 'src/a/b.ts'].map(path => ({
    path,
  }));
  const tree = treeOf(files);
  expect(tree.files.map(({ name }) => name)).toEqual(['a.ts', 'b.ts']);
  expect(tree.folders.map(({ name }) => name)).toEqual(['src']);
  const [src] = tree.folders;
  expect(src.files.map(({ file }) => file.path)).toEqual(['src/z.ts']);
  expect(src.folders[0].files[0].file).toBe(files[3]);
});

it('has nothing of nothing', () => {
  expect(treeOf([])).toEqual({ name: '', folders: [], files: [] });
});
