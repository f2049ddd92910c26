import { createMockDirectory } from '@backstage/backend-test-utils';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { git, WorkingCopy } from '../__testUtils__/testRemote';
import { bundleInto } from './attic';
import { checkOut, digestOf } from './checkout';
import { gitText } from './git';
import { commitsBetween, findByTrailer } from './history';
import { mergeUpdate, type MergeRequest } from './merge';
import { movesSince } from './moves';
import { listTree, readFileAt, TooMuchError } from './read';
import { filesAt } from './trees';
import {
  createRepository,
  deleteBranch,
  sizeOf,
  tidyRepositories,
  tipOf,
} from './repository';

/** Ten folders that are all the same tree. */
const foldersOf = (tree: string) =>
  Array.from({ length: 10 }, (_, n) => `040000 tree ${tree}\td${n}`);

describe('a repository on disk', () => {
  const directory = createMockDirectory();
  let repository: string;
  let copy: WorkingCopy;

  beforeEach(async () => {
    directory.clear();
    repository = directory.resolve('r.git');
    await createRepository(repository);
    copy = await WorkingCopy.init(directory.resolve('copy'));
    await copy.git('remote', 'add', 'origin', repository);
  });

  async function commit(message: string, files: Record<string, string>) {
    const sha = await copy.commit(message, files);
    await copy.git('push', '--quiet', 'origin', 'HEAD');
    return sha;
  }

  describe('readFileAt', () => {
    it('reads a file as it was at a commit', async () => {
      const first = await commit('1', { 'docs/[a]*.md': 'one' });
      const second = await commit('2', {
        'docs/[a]*.md': 'two',
        'docs/a': 'x',
      });
      const read = (sha: string) =>
        readFileAt(repository, sha, 'docs/[a]*.md', 100);
      expect(await read(first)).toEqual({
        bytes: Buffer.from('one'),
        executable: false,
      });
      expect(await read(second)).toMatchObject({ bytes: Buffer.from('two') });
    });

    it('reads nothing but regular files of bounded size', async () => {
      symlinkSync('/etc/passwd', join(copy.path, 'link'));
      const sha = await commit('1', { 'a/b': 'xyz' });
      const read = (path: string) => readFileAt(repository, sha, path, 2);
      expect(await read('link')).toBe('not-a-file');
      expect(await read('a')).toBe('not-a-file');
      expect(await read('a/b')).toBe('too-large');
      for (const path of ['b', '../r.git/HEAD', '/etc/passwd', '-r', 'a/']) {
        expect(await read(path)).toBe('absent');
      }
      await expect(readFileAt(repository, '--all', 'a/b', 10)).rejects.toThrow(
        /full id/,
      );
    });
  });

  describe('commitsBetween', () => {
    it('lists what a move brought, newest first, and says when there is more', async () => {
      const first = await commit('one', { a: '1' });
      const second = await commit('two\n\nmore words', { a: '2' });
      const third = await commit('three', { a: '3' });
      expect(await commitsBetween(repository, first, third, 10)).toEqual({
        commits: [
          {
            sha: third,
            parents: [second],
            author: { name: 'Mira', email: 'mira@example.com' },
            authoredAt: '2026-01-01T00:00:00.000Z',
            committedAt: '2026-01-01T00:00:00.000Z',
            title: 'three',
          },
          expect.objectContaining({ sha: second, title: 'two' }),
        ],
        more: false,
      });
      const all = await commitsBetween(repository, null, third, 2);
      expect(all.commits.map(({ sha }) => sha)).toEqual([third, second]);
      expect(all.more).toBe(true);
    });

    it('is not confused by what a commit says of itself', async () => {
      const first = await commit('one', { a: '1' });
      writeFileSync(
        directory.resolve('raw'),
        `tree ${await copy.git('rev-parse', 'HEAD^{tree}')}
author A\x1fB <a@\x1fb> 99999999999999999 +9999
committer \x1f\x1f <> 12 +0000

\x1f${'x'.repeat(2_000)}
`,
      );
      const sha = await git(
        repository,
        'hash-object',
        '-t',
        'commit',
        '-w',
        '--literally',
        directory.resolve('raw'),
      );
      const { commits } = await commitsBetween(repository, first, sha, 10);
      expect(commits).toHaveLength(1);
      expect(commits[0].sha).toBe(sha);
      expect(commits[0].title.length).toBeLessThanOrEqual(512);
    });

    it('has git cut what a commit is full of, before any of it is read', async () => {
      const first = await commit('one', { a: '1' });
      const long = 'x'.repeat(1_000_000);
      const ends: string[] = [];
      for (const parent of [0, 1]) {
        const raw = directory.resolve('raw');
        writeFileSync(
          raw,
          `tree ${await copy.git('rev-parse', 'HEAD^{tree}')}
${`parent ${ends[parent - 1] ?? first}\n`.repeat(
  2_000,
)}author ${long} <${long}> 12 +0000
committer a <a> 12 +0000

${long}

Fawkes-Effect: ${long}
`,
        );
        ends.push(
          await git(
            repository,
            ...['hash-object', '-t', 'commit', '-w', '--literally', raw],
          ),
        );
      }
      const [, tip] = ends;
      const { commits } = await commitsBetween(repository, first, tip, 500);
      expect(commits).toHaveLength(2);
      const [{ parents, author, title }] = commits;
      expect(parents).toEqual(Array(64).fill(ends[0]));
      expect(author.name).toHaveLength(200);
      expect(title).toHaveLength(512);
      const trailer = { key: 'Fawkes-Effect', value: 'other' };
      expect(await findByTrailer(repository, tip, trailer)).toBeUndefined();
    });
  });

  describe('checkOut', () => {
    it('writes files as they are, whatever the repository says of them', async () => {
      const sha = await commit('1', {
        '.gitattributes': '* text=auto eol=crlf export-ignore ident\n',
        'src/a.txt': '$Id$\nline\n',
      });
      writeFileSync(join(copy.path, 'run.sh'), '#!/bin/sh\n', { mode: 0o755 });
      const executable = await commit('2', {});
      const first = directory.resolve('out/1');
      mkdirSync(directory.resolve('out'));
      const done = await checkOut(repository, executable, first);
      expect(readFileSync(join(first, 'src/a.txt'), 'utf8')).toBe(
        '$Id$\nline\n',
      );
      expect(lstatSync(join(first, 'run.sh')).mode & 0o777).toBe(0o755);
      expect(done.files.map(({ path, mode }) => [path, mode])).toEqual([
        ['.gitattributes', '644'],
        ['run.sh', '755'],
        ['src/a.txt', '644'],
      ]);
      expect(done.skipped).toEqual([]);
      const other = await checkOut(repository, sha, directory.resolve('out/2'));
      expect(other.digest).not.toBe(done.digest);
      expect(done.digest).toBe(digestOf([...done.files].reverse()));
    });

    it('leaves symbolic links and submodules out', async () => {
      symlinkSync('/etc/passwd', join(copy.path, 'link'));
      await copy.git(
        'update-index',
        '--add',
        '--cacheinfo',
        `160000,${'1'.repeat(40)},sub`,
      );
      writeFileSync(join(copy.path, 'a'), 'x');
      await copy.git('add', 'link', 'a');
      await copy.git('commit', '--quiet', '-m', 'x');
      await copy.git('push', '--quiet', 'origin', 'main');
      const target = directory.resolve('out');
      const tip = (await tipOf(repository))!;
      const { files, skipped } = await checkOut(repository, tip, target);
      expect(files.map(({ path }) => path)).toEqual(['a']);
      expect(skipped).toEqual([
        { path: 'link', why: 'symlink' },
        { path: 'sub', why: 'submodule' },
      ]);
      expect(existsSync(join(target, 'link'))).toBe(false);
    });

    it('leaves out names that lead elsewhere on some file system', async () => {
      const sha = await commit('1', {
        'ok.txt': '1',
        'a:b': '1',
        'c\\d': '1',
        'e\x07': '1',
      });
      const { files, skipped } = await checkOut(
        repository,
        sha,
        directory.resolve('out'),
      );
      expect(files.map(({ path }) => path)).toEqual(['ok.txt']);
      expect(skipped).toHaveLength(3);
    });

    it('refuses what is too much before it writes any of it', async () => {
      const sha = await commit('1', { a: 'xxxx', b: 'xxxx' });
      const out = directory.resolve('out');
      for (const limits of [
        { files: 1, bytes: 100 },
        { files: 2, bytes: 7 },
      ]) {
        await expect(checkOut(repository, sha, out, limits)).rejects.toThrow(
          /more than/,
        );
      }
      expect(existsSync(out)).toBe(false);
    });

    it('refuses folders in one another that list more than any memory holds', async () => {
      const leaf = await commit('1', { a: 'x' });
      let tree = await git(repository, 'rev-parse', `${leaf}^{tree}`);
      for (let depth = 0; depth < 8; depth++) {
        const rows = foldersOf(tree);
        tree = await gitText({
          directory: repository,
          args: ['mktree'],
          input: `${rows.join('\n')}\n`,
        });
      }
      const sha = await gitText({
        directory: repository,
        args: ['commit-tree', tree],
        input: 'bomb',
        env: {
          GIT_AUTHOR_NAME: 'a',
          GIT_AUTHOR_EMAIL: 'a',
          GIT_COMMITTER_NAME: 'a',
          GIT_COMMITTER_EMAIL: 'a',
        },
      });
      await expect(listTree(repository, sha)).rejects.toThrow(TooMuchError);
      await expect(filesAt(repository, sha)).rejects.toThrow(TooMuchError);
      const target = directory.resolve('target');
      await expect(checkOut(repository, sha, target)).rejects.toThrow(
        'lists more files',
      );
      expect(existsSync(target)).toBe(false);
    });

    it('reads many and large files in turn', async () => {
      const files = Object.fromEntries(
        Array.from({ length: 300 }, (_, n) => [`f/${n}`, `${n}`]),
      );
      const large = 'y'.repeat(5 * 1024 * 1024);
      const sha = await commit('1', { ...files, l1: large, l2: `${large}z` });
      const out = directory.resolve('out');
      const done = await checkOut(repository, sha, out);
      expect(done.files).toHaveLength(302);
      expect(readFileSync(join(out, 'f/299'), 'utf8')).toBe('299');
      expect(lstatSync(join(out, 'l2')).size).toBe(large.length + 1);
    });
  });

  describe('mergeUpdate', () => {
    const UPDATE = 'fawkes/update-2';
    const mira = { name: 'Mira <x>\nM', email: 'mira@example.com' };

    /** Main with a file, and an update of it on our branch. */
    async function prepare(update: Record<string, string>) {
      const head = await commit('base', { a: '1\n2\n3\n', b: 'x' });
      await copy.git('switch', '--quiet', '-c', UPDATE);
      const tip = await commit('update', update);
      await copy.git('switch', '--quiet', 'main');
      return { head, tip };
    }

    function merge(request: Partial<MergeRequest>) {
      return mergeUpdate({
        directory: repository,
        branch: UPDATE,
        tip: '',
        head: '',
        author: mira,
        user: 'user:default/mira',
        committer: { name: 'Portal', email: 'portal@example.com' },
        at: 1767225700,
        message: 'Update to 2',
        ...request,
      });
    }

    it('merges what was reviewed, in the name of who did', async () => {
      const { head, tip } = await prepare({ b: 'new' });
      const done = await merge({ head, tip });
      const commitId = (await tipOf(repository))!;
      expect(done).toEqual({ outcome: 'merged', commit: commitId });
      expect(
        await git(
          repository,
          'log',
          '-1',
          '--format=%P|%an|%ae|%at|%cn|%s',
          commitId,
        ),
      ).toBe(
        `${head} ${tip}|Mira  x  M|mira@example.com|1767225700|Portal|Update to 2`,
      );
      expect(await git(repository, 'show', 'main:b')).toBe('new');
      expect(await movesSince(repository, head)).toMatchObject([
        { before: head, after: commitId, user: 'user:default/mira' },
      ]);
      expect(await merge({ head, tip })).toEqual({
        outcome: 'already',
        head: commitId,
      });
      await deleteBranch(repository, UPDATE, tip);
      expect(await tipOf(repository, UPDATE)).toBeUndefined();
    });

    it('merges with what people did elsewhere, once they have been seen', async () => {
      const { head, tip } = await prepare({ b: 'new' });
      const moved = await commit('mine', { a: '1\n2\nthree\n' });
      expect(await merge({ head, tip })).toEqual({
        outcome: 'moved',
        head: moved,
        tip,
      });
      expect(await tipOf(repository)).toBe(moved);
      expect(await merge({ head: moved, tip })).toMatchObject({
        outcome: 'merged',
      });
      expect(await git(repository, 'show', 'main:a')).toBe('1\n2\nthree');
      expect(await git(repository, 'show', 'main:b')).toBe('new');
    });

    it('says where it does not go together', async () => {
      const { tip } = await prepare({ a: '1\ntwo\n3\n' });
      const head = await commit('mine', { a: '1\nzwei\n3\n' });
      expect(await merge({ head, tip })).toEqual({
        outcome: 'conflict',
        paths: ['a'],
      });
      expect(await tipOf(repository)).toBe(head);
    });

    it('lets one of two that merge at once win, and the other see it', async () => {
      const { head, tip } = await prepare({ b: 'new' });
      const results = await Promise.all([
        merge({ head, tip, user: 'user:default/mira' }),
        merge({ head, tip, user: 'user:default/jonas', at: 1767225701 }),
      ]);
      const outcomes = results.map(({ outcome }) => outcome).sort();
      expect([
        ['merged', 'moved'],
        ['already', 'merged'],
      ]).toContainEqual(outcomes);
      expect(await movesSince(repository, head)).toHaveLength(1);
    });

    it('is gone when the branch is', async () => {
      const { head, tip } = await prepare({ b: 'new' });
      await deleteBranch(repository, UPDATE, tip);
      expect(await merge({ head, tip })).toEqual({
        outcome: 'moved',
        head,
        tip: null,
      });
      await expect(deleteBranch(repository, 'main', head)).rejects.toThrow();
    });
  });

  it('puts everything into the attic, in a form that git clones', async () => {
    const file = directory.resolve('attic/r.bundle');
    expect(await bundleInto(repository, file)).toBe(false);
    expect(existsSync(file)).toBe(false);
    await commit('1', { a: '1' });
    await copy.git('tag', 'v1');
    await copy.git('push', '--quiet', 'origin', 'v1', 'HEAD:refs/heads/topic');
    expect(await bundleInto(repository, file)).toBe(true);
    const clone = directory.resolve('clone');
    await git(directory.path, 'clone', '--quiet', file, clone);
    expect(await git(clone, 'tag')).toBe('v1');
    expect(await git(clone, 'branch', '-r')).toMatch(/origin\/topic/);
  });

  it('takes away at start what a crash left, and nothing else', async () => {
    const id = '0b2f8a52-8a3c-4f57-9d0a-0a8a4f9a51aa';
    mkdirSync(directory.resolve(`x.git.${id}.new/objects`), {
      recursive: true,
    });
    mkdirSync(directory.resolve(`y.git.${id}.gone/objects`), {
      recursive: true,
    });
    await commit('1', { a: '1' });
    mkdirSync(join(repository, 'objects/tmp_objdir-incoming-abc'));
    writeFileSync(join(repository, 'packed-refs.lock'), '');
    writeFileSync(join(repository, 'refs/heads/main.lock'), '');
    await tidyRepositories(directory.path);
    expect(existsSync(directory.resolve(`x.git.${id}.new`))).toBe(false);
    expect(existsSync(directory.resolve(`y.git.${id}.gone`))).toBe(false);
    expect(existsSync(copy.path)).toBe(true);
    await commit('2', { a: '2' });
    expect(await sizeOf(repository)).toBeGreaterThan(0);
    await tidyRepositories(directory.resolve('nowhere'));
  });
});
