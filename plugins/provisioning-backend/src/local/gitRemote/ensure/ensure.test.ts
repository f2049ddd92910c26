import { createMockDirectory } from '@backstage/backend-test-utils';
import { readdirSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { between, close, isPush, listen } from '../../__testUtils__/between';
import {
  git,
  TestRemote,
  TOKENS,
  WorkingCopy,
} from '../../__testUtils__/testRemote';
import { readProcesses } from '../../processes/processTable';
import { createRepository, tipOf, treeOf } from '../repository';
import { ensureTree, lookUp, type EnsureRequest } from './ensure';
import type { NewTree } from './scratch';

const MIRA = 'user:default/mira';

const portal = { name: 'Portal', email: 'portal@example.com', at: 1 };

const FILES: NewTree = new Map([
  ['README.md', { mode: '644', bytes: Buffer.from('# pay\n') }],
  ['bin/run "it"', { mode: '755', bytes: Buffer.from('#!/bin/sh\n') }],
  ['src/ünï\\code.txt', { mode: '644', bytes: Buffer.from([0, 255, 10]) }],
]);

const EVIL_MODULES =
  '[submodule "../x"]\n\tpath = x\n\turl = --upload-pack=x\n';

describe('ensureTree, against the real git http-backend', () => {
  const directory = createMockDirectory();
  let served: TestRemote;
  let repository: string;

  beforeEach(async () => {
    directory.clear();
    served = new TestRemote(directory.resolve('repositories'));
    repository = await served.add('default/pay');
    await served.remote.start();
  });
  afterEach(() => served.remote.stop());

  function request(change: Partial<EnsureRequest> = {}): EnsureRequest {
    return {
      remote: {
        url: served.remote.urlOf('default/pay'),
        credentials: { user: 'portal', password: TOKENS.portal },
      },
      files: FILES,
      words: {
        author: { name: 'Mira', email: 'mira@example.com', at: 1767225600 },
        committer: portal,
        message: 'Create pay',
        trailers: { 'Fawkes-Effect': 'r1/repo:ensure', 'Fawkes-Template': '1' },
      },
      marker: 'Fawkes-Effect',
      origin: 'created',
      updateBranch: 'fawkes/update-2',
      workDirectory: directory.resolve('work'),
      ...change,
    };
  }

  /** The address of the repository behind something in between. */
  function via(server: Server) {
    const { port } = server.address() as AddressInfo;
    const url = new URL(served.remote.urlOf('default/pay'));
    url.port = String(port);
    return { ...request().remote, url: url.href };
  }

  async function people() {
    const copy = await WorkingCopy.init(directory.resolve('copy'));
    return {
      copy,
      push: (...refs: string[]) =>
        copy.git('push', '--quiet', served.urlFor(MIRA), ...refs),
    };
  }

  it('fills an empty repository, and the second time does nothing', async () => {
    const done = await ensureTree(request());
    expect(done).toEqual({
      outcome: 'pushed',
      commit: await tipOf(repository),
      tree: expect.any(String),
      written: await tipOf(repository),
      before: null,
    });
    const { commit, tree } = done as { commit: string; tree: string };
    expect(await git(repository, 'cat-file', 'commit', commit)).toBe(
      `tree ${tree}
author Mira <mira@example.com> 1767225600 +0000
committer Portal <portal@example.com> 1 +0000

Create pay

Fawkes-Effect: r1/repo:ensure
Fawkes-Template: 1`,
    );
    const listed = await git(repository, 'ls-tree', '-r', '-z', commit);
    expect(
      listed.split('\0').map(row => row.replace(/ blob \w+\t/, ' ')),
    ).toEqual([
      '100644 README.md',
      '100755 bin/run "it"',
      '100644 src/ünï\\code.txt',
      '',
    ]);
    served.pushes.length = 0;
    expect(await ensureTree(request())).toEqual({
      outcome: 'unchanged',
      commit,
      tree,
      written: commit,
    });
    expect(served.pushes).toEqual([]);
    expect(readdirSync(directory.resolve('work'))).toEqual([]);
  });

  it('makes the same commit whenever and wherever it runs', async () => {
    const first = await ensureTree(request());
    rmSync(repository, { recursive: true });
    await createRepository(repository);
    const reversed = new Map([...FILES].reverse());
    expect(await ensureTree(request({ files: reversed }))).toEqual(first);
  });

  it('counts what the host put there as nothing, in a repository that we made', async () => {
    const { copy, push } = await people();
    const before = await copy.commit('Initial commit', {
      'README.md': 'pay',
      LICENSE: 'x',
      '.gitignore': 'x',
    });
    await push('main');
    const done = await ensureTree(request());
    expect(done).toMatchObject({ outcome: 'pushed', before });
    expect(await git(repository, 'rev-parse', 'main^')).toBe(before);
    expect(await treeOf(repository, (await tipOf(repository))!)).toBe(
      (done as { tree: string }).tree,
    );
  });

  it.each<[string, Record<string, string>, Partial<EnsureRequest>]>([
    ['a repository that we found', { 'README.md': 'x' }, { origin: 'adopted' }],
    ['people’s files', { 'README.md': 'x', 'main.c': 'x' }, {}],
    ['a folder called README.md', { 'README.md/x': 'x' }, {}],
  ])(
    'proposes on a branch what main of %s has not',
    async (_, files, change) => {
      const { copy, push } = await people();
      const base = await copy.commit('Initial commit', files);
      await push('main');
      const done = await ensureTree(request(change));
      expect(done).toMatchObject({
        outcome: 'proposed',
        branch: 'fawkes/update-2',
        base,
      });
      expect(await tipOf(repository)).toBe(base);
      expect(await git(repository, 'rev-parse', 'fawkes/update-2^')).toBe(base);
      expect(await ensureTree(request(change))).toEqual(done);
    },
  );

  it('proposes anew, forward, when main or the files have changed since', async () => {
    const { copy, push } = await people();
    await copy.commit('one', { 'main.c': '1' });
    await push('main');
    const first = await ensureTree(request());
    const base = await copy.commit('two', { 'main.c': '2' });
    await push('main');
    const second = await ensureTree(request());
    expect(second).toMatchObject({ outcome: 'proposed', base });
    const parents = await git(
      repository,
      'log',
      '-1',
      '--format=%P',
      'fawkes/update-2',
    );
    expect(parents).toBe(`${(first as { commit: string }).commit} ${base}`);
    const third = await ensureTree(
      request({ files: new Map([...FILES].slice(1)) }),
    );
    expect(third).toMatchObject({ outcome: 'proposed', base });
    expect(await git(repository, 'rev-parse', 'fawkes/update-2^')).toBe(
      (second as { commit: string }).commit,
    );
  });

  it('proposes nothing of people’s away: their other files stay', async () => {
    const { copy, push } = await people();
    const theirs = {
      'main.c': '1',
      'src/own.txt': 'mine',
      'README.md': 'theirs',
    };
    await copy.commit('one', theirs);
    await push('main');
    const done = await ensureTree(request());
    expect(done).toMatchObject({ outcome: 'proposed' });
    const { commit } = done as { commit: string };
    const changed = async (from: string, to: string) =>
      (await git(repository, 'diff', '-z', '--name-status', from, to))
        .split('\0')
        .filter(Boolean);
    expect(await changed('main', commit)).toEqual([
      'M',
      'README.md',
      'A',
      'bin/run "it"',
      'A',
      'src/ünï\\code.txt',
    ]);
    // Looked up before it is merged, it is on its branch.
    const looked = await lookUp(request());
    expect(looked).toMatchObject({ branch: 'fawkes/update-2', commit });
    const { written } = looked as { written: string };

    // Somebody merges it, also past another commit: then it is done.
    await copy.commit('two', { 'main.c': '2' });
    await copy.git('fetch', '--quiet', served.urlFor(MIRA), 'fawkes/update-2');
    await copy.git('merge', '--quiet', '--no-edit', 'FETCH_HEAD');
    await push('main');
    const main = await tipOf(repository);
    expect(await ensureTree(request())).toEqual({
      outcome: 'already',
      commit: main,
      written,
      tree: await treeOf(repository, written),
    });
    expect(await lookUp(request())).toEqual({
      branch: 'main',
      commit: main,
      written,
    });
    expect(await git(repository, 'show', 'main:src/own.txt')).toBe('mine');
    expect(await changed(written, 'main')).toEqual([
      'A',
      'main.c',
      'A',
      'src/own.txt',
    ]);
  });

  it('has nothing to propose where main holds each of the files and more', async () => {
    const { copy, push } = await people();
    const files = Object.fromEntries(
      [...FILES].map(([path, { bytes }]) => [path, bytes.toString('latin1')]),
    );
    const plain: NewTree = new Map(
      Object.entries(files).map(([path, text]) => [
        path,
        { mode: '644', bytes: Buffer.from(text) },
      ]),
    );
    const before = await copy.commit('one', { ...files, 'main.c': '1' });
    await push('main');
    const change = { files: plain, origin: 'adopted' } as const;
    const done = await ensureTree(request(change));
    expect(done).toMatchObject({ outcome: 'pushed', before });
    const { commit, written } = done as { commit: string; written: string };
    expect(await tipOf(repository)).toBe(commit);
    expect(await treeOf(repository, commit)).toBe(
      await treeOf(repository, before),
    );
    expect(await ensureTree(request(change))).toMatchObject({
      outcome: 'already',
      commit,
      written,
    });
  });

  it('finds its own commit below what people pushed since', async () => {
    const done = await ensureTree(request());
    const copy = await WorkingCopy.clone(
      served.urlFor(MIRA),
      directory.resolve('clone'),
    );
    await copy.commit('more', { 'main.c': '1' });
    await copy.git('push', '--quiet', served.urlFor(MIRA), 'main');
    expect(await ensureTree(request())).toEqual({
      outcome: 'already',
      commit: (done as { commit: string }).commit,
      written: (done as { commit: string }).commit,
      tree: (done as { tree: string }).tree,
    });
  });

  it('is not taken in by somebody who writes our trailer', async () => {
    const { copy, push } = await people();
    const base = await copy.commit('x\n\nFawkes-Effect: r1/repo:ensure', {
      'main.c': '1',
    });
    await push('main');
    expect(await ensureTree(request())).toMatchObject({
      outcome: 'proposed',
      base,
    });
  });

  it('says that a repository is gone', async () => {
    served.known.clear();
    expect(await ensureTree(request())).toEqual({ outcome: 'gone' });
    expect(await lookUp(request())).toBe('gone');
  });

  it.each([
    ['user:default/reader', TOKENS['user:default/reader']],
    [MIRA, 'a token of yesterday'],
  ])('says that %s may not push', async (user, password) => {
    const remote = {
      url: served.remote.urlOf('default/pay'),
      credentials: { user, password },
    };
    expect(await ensureTree(request({ remote }))).toEqual({
      outcome: 'forbidden',
    });
    expect(await tipOf(repository)).toBeUndefined();
  });

  it('does not follow a repository to another place', async () => {
    const away = createServer(socket => {
      socket.on('error', () => {}).resume();
      socket.end(
        `HTTP/1.1 301 Moved\r\nLocation: ${served.remote.urlOf(
          'default/pay',
        )}\r\nContent-Length: 0\r\n\r\n`,
      );
    });
    await listen(away);
    const done = await ensureTree(request({ remote: via(away) }));
    expect(done).toEqual({ outcome: 'moved' });
    await close(away);
  });

  it('sends a password by http to no other machine', async () => {
    const remote = { ...request().remote, url: 'http://git.example.com/x.git' };
    await expect(ensureTree(request({ remote }))).rejects.toThrow(/https/);
  });

  it('says what the server did not like', async () => {
    const done = await ensureTree(
      request({
        files: new Map([
          ['.gitmodules', { mode: '644', bytes: Buffer.from(EVIL_MODULES) }],
        ]),
      }),
    );
    expect(done).toMatchObject({ outcome: 'refused' });
    expect((done as { said: string }).said).toMatch(/unpacker|fsck|gitmodules/);
    expect(await tipOf(repository)).toBeUndefined();
  });

  it('goes on from what somebody pushed in between', async () => {
    const { copy, push } = await people();
    const base = await copy.commit('mine', { 'main.c': '1' });
    let raced = false;
    const racing = between(served, async head => {
      if (raced || !isPush(head)) return;
      raced = true;
      await push('main');
    });
    await listen(racing);
    const done = await ensureTree(request({ remote: via(racing) }));
    expect(done).toMatchObject({ outcome: 'proposed', base });
    await close(racing);
  });

  it('does not know of a push whose answer never came, looks it up, and finds it', async () => {
    const cutting = between(served, undefined, 'answer');
    await listen(cutting);
    const done = await ensureTree(request({ remote: via(cutting) }));
    await close(cutting);
    expect(done).toMatchObject({ outcome: 'unknown' });
    const { commit } = done as { commit: string };
    expect(await lookUp(request())).toEqual({
      branch: 'main',
      commit,
      written: commit,
    });
    expect(await ensureTree(request())).toMatchObject({
      outcome: 'unchanged',
      commit,
    });
    expect(served.pushes).toHaveLength(1);
  });

  it('does not know of a push that was cut on its way, looks it up, and it is not there', async () => {
    const cutting = between(served, undefined, 'request');
    await listen(cutting);
    const done = await ensureTree(request({ remote: via(cutting) }));
    await close(cutting);
    expect(done).toMatchObject({ outcome: 'unknown' });
    expect(await lookUp(request())).toBe('absent');
    expect(await tipOf(repository)).toBeUndefined();
    expect(await ensureTree(request())).toMatchObject({
      outcome: 'pushed',
      commit: (done as { commit: string }).commit,
    });
  });

  it('kills a push with all its helpers, and nothing arrives afterwards', async () => {
    const controller = new AbortController();
    let posted: () => void;
    const reached = new Promise<void>(resolve => {
      posted = resolve;
    });
    const stalling = between(served, head => {
      if (!isPush(head)) return undefined;
      posted();
      return new Promise<void>(() => {});
    });
    await listen(stalling);
    const running = ensureTree(
      request({ remote: via(stalling), signal: controller.signal }),
    );
    await reached;
    const helpers = (await readProcesses()).filter(
      ({ parent, group, pid }) => parent === process.pid && group === pid,
    );
    expect(helpers).not.toEqual([]);
    controller.abort(new Error('enough'));
    expect(await running).toMatchObject({ outcome: 'unknown' });
    const left = (await readProcesses()).filter(({ group }) =>
      helpers.some(helper => helper.group === group),
    );
    expect(left).toEqual([]);
    expect(await tipOf(repository)).toBeUndefined();
    await close(stalling);
  });

  it('makes one commit of two that ask at once', async () => {
    const results = await Promise.all([
      ensureTree(request()),
      ensureTree(request()),
    ]);
    const commits = results.map(
      result => (result as { commit: string }).commit,
    );
    expect(new Set(commits).size).toBe(1);
    expect(await tipOf(repository)).toBe(commits[0]);
    expect(served.pushes).toHaveLength(1);
  });

  it.each(['../x', '/x', 'a//b', 'a/./b', '', 'a\nb'])(
    'takes no file named %j',
    async path => {
      const files = new Map([
        [path, { mode: '644' as const, bytes: Buffer.from('x') }],
      ]);
      await expect(ensureTree(request({ files }))).rejects.toThrow(/no path/);
    },
  );
});
