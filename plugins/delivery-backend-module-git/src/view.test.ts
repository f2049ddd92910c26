import { createMockDirectory } from '@backstage/backend-test-utils';
import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TestRepository } from './__testUtils__/repository';
import { runGit } from './git';
import { viewing } from './view';

const { signal } = new AbortController();

describe('viewing', () => {
  const directory = createMockDirectory();
  let origin: TestRepository;
  let shas: string[];

  beforeEach(() => {
    directory.clear();
    directory.setContent({ own: {} });
    origin = new TestRepository(directory.resolve('origin.git'));
    shas = origin.commit({ message: '1' }, { message: '2' }, { message: '3' });
  });

  const own = () => directory.resolve('own');

  const git = (...args: string[]) =>
    execFileSync('git', args, { cwd: directory.path, encoding: 'utf8' });

  /** The commits of a branch, newest first, as read through a view. */
  async function history(path: string, branch = 'main') {
    const output = await viewing(path, own(), signal, view =>
      runGit({
        args: ['log', '--format=%H', branch, '--'],
        directory: view,
        signal,
      }),
    );
    return output.trim().split('\n');
  }

  const newestFirst = () => [...shas].reverse();

  it('shows the history, and leaves nothing behind', async () => {
    expect(await history(origin.path)).toEqual(newestFirst());
    expect(readdirSync(own())).toEqual([]);
    expect(origin.git('rev-list', '--count', 'main')).toBe('3');
  });

  it('leaves nothing behind when reading fails', async () => {
    const attempt = viewing(origin.path, own(), signal, async () => {
      throw new Error('no database');
    });
    await expect(attempt).rejects.toThrow('no database');
    expect(readdirSync(own())).toEqual([]);
  });

  it('knows no configuration but its own', async () => {
    origin.git('config', 'remote.origin.url', 'https://trap.example');
    const output = await viewing(origin.path, own(), signal, view =>
      runGit({
        args: ['config', '--list', '--show-origin'],
        directory: view,
        signal,
      }),
    );
    const origins = output
      .trim()
      .split('\n')
      .map(line => line.split('\t')[0]);
    expect([...new Set(origins)]).toEqual(['file:config', 'command line:']);
    expect(output).not.toContain('trap');
  });

  it('shows what is in the .git of a directory, and of its worktrees', async () => {
    git('clone', '--quiet', origin.path, 'clone');
    git('-C', 'clone', 'worktree', 'add', '--quiet', '../linked', '-b', 'side');
    for (const path of ['clone', 'clone/.git', 'linked']) {
      expect(await history(directory.resolve(path), 'side')).toEqual(
        newestFirst(),
      );
    }
  });

  it('shows what a repository borrows', async () => {
    git('clone', '--quiet', '--bare', '--shared', origin.path, 'borrowing.git');
    const list = directory.resolve('borrowing.git/objects/info/alternates');
    for (const borrowed of [
      join(origin.path, 'objects'),
      '../../origin.git/objects',
    ]) {
      writeFileSync(list, `${borrowed}\n`);
      expect(await history(directory.resolve('borrowing.git'))).toEqual(
        newestFirst(),
      );
    }
  });

  it('ends where a shallow clone was cut', async () => {
    git(
      'clone',
      '--quiet',
      '--bare',
      '--depth=2',
      `file://${origin.path}`,
      'shallow.git',
    );
    expect(await history(directory.resolve('shallow.git'))).toEqual(
      newestFirst().slice(0, 2),
    );
  });

  it('shows names that are packed, even while it is open', async () => {
    const read = (view: string) =>
      runGit({
        args: ['for-each-ref', '--format=%(refname)'],
        directory: view,
        signal,
      });
    await viewing(origin.path, own(), signal, async view => {
      expect(await read(view)).toBe('refs/heads/main\n');
      origin.git('pack-refs', '--all');
      expect(await read(view)).toBe('refs/heads/main\n');
    });
  });

  it('shows a repository with longer hashes', async () => {
    git('init', '--quiet', '--bare', '--object-format=sha256', 'long.git');
    const tree = git(
      '-C',
      'long.git',
      'hash-object',
      '-t',
      'tree',
      '-w',
      '/dev/null',
    ).trim();
    const commit = git(
      ...[
        '-c',
        'user.name=T',
        '-c',
        'user.email=t@example.com',
        '-C',
        'long.git',
      ],
      ...['commit-tree', '-m', '1', tree],
    ).trim();
    git('-C', 'long.git', 'update-ref', 'refs/heads/main', commit);
    expect(commit).toHaveLength(64);
    expect(await history(directory.resolve('long.git'))).toEqual([commit]);
  });

  it('tells git where a repository keeps its names otherwise', async () => {
    origin.git('config', 'core.repositoryFormatVersion', '1');
    appendFileSync(
      join(origin.path, 'config'),
      '[extensions]\nrefStorage = reftable\n',
    );
    // A git from before 2.45 refuses it, by name.
    const version = /(\d+)\.(\d+)/.exec(
      await runGit({ args: ['version'], directory: own(), signal }),
    )!;
    const knows = Number(version[1]) > 2 || Number(version[2]) >= 45;
    await expect(history(origin.path)).rejects.toThrow(
      knows
        ? /git log failed/
        : /unknown repository extension found:\s+refstorage/,
    );
  });

  it.each<[string, () => string, RegExp]>([
    ['an empty directory', () => '', /is not a git repository/],
    ['no directory', () => 'nowhere', /is not a git repository/],
    [
      'a .git that points nowhere',
      () => {
        mkdirSync(directory.resolve('lost'));
        writeFileSync(directory.resolve('lost/.git'), 'gitdir: ../gone\n');
        return 'lost';
      },
      /is not a git repository/,
    ],
    [
      'a .git that points at nothing',
      () => {
        mkdirSync(directory.resolve('odd'));
        writeFileSync(directory.resolve('odd/.git'), 'x'.repeat(4_096));
        return 'odd';
      },
      /points at no repository/,
    ],
    [
      'a .git that goes on and on',
      () => {
        mkdirSync(directory.resolve('long'));
        writeFileSync(directory.resolve('long/.git'), 'x'.repeat(4_097));
        return 'long';
      },
      /is too long for a path/,
    ],
    [
      'objects of an unknown kind',
      () => {
        origin.git('config', 'extensions.objectFormat', 'md5\n[core]');
        return 'origin.git';
      },
      /has extensions\.objectFormat "md5\\n\[core\]", which is not known here/,
    ],
  ])('refuses %s', async (_, prepare, message) => {
    await expect(history(directory.resolve(prepare()))).rejects.toThrow(
      message,
    );
  });
});
