import { createMockDirectory } from '@backstage/backend-test-utils';
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { connect } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import {
  git,
  TestRemote,
  TOKENS,
  WorkingCopy,
} from '../__testUtils__/testRemote';
import { tipOf } from './repository';

const MIRA = 'user:default/mira';
const JONAS = 'user:default/jonas';
const READER = 'user:default/reader';

describe('the local git remote', () => {
  const directory = createMockDirectory();
  let served: TestRemote;
  let repository: string;
  let copy: WorkingCopy;

  beforeEach(async () => {
    directory.clear();
    await begin();
  });
  afterEach(() => served.remote.stop());

  async function begin(options = {}, port?: number) {
    served = new TestRemote(directory.resolve('repositories'), options);
    repository = await served.add('default/pay');
    await served.remote.start(port);
    copy = await WorkingCopy.init(directory.resolve('copy'));
  }

  function push(user: string, ...refs: string[]) {
    return copy.git('push', '--quiet', served.urlFor(user), ...refs);
  }

  function url(path: string) {
    return served.remote.urlOf('default/pay').replace(/\/default.*/, path);
  }

  it('takes a push, tells it, and gives it to a clone', async () => {
    const commit = await copy.commit('first', { 'a/b.txt': 'hello' });
    await push(MIRA, 'main');
    expect(served.pushes).toEqual([
      {
        repository: 'default/pay',
        ref: 'refs/heads/main',
        before: null,
        after: commit,
        user: MIRA,
        at: expect.any(Number),
        id: expect.any(String),
      },
    ]);
    const clone = await WorkingCopy.clone(
      served.urlFor(READER),
      directory.resolve('clone'),
    );
    expect(await clone.git('rev-parse', 'HEAD')).toBe(commit);
    expect(await clone.git('symbolic-ref', 'HEAD')).toBe('refs/heads/main');
  });

  it('tells each name of a push, and what it moved from', async () => {
    const first = await copy.commit('first', { a: '1' });
    await push(MIRA, 'main');
    const second = await copy.commit('second', { a: '2' });
    await copy.git('tag', 'v1');
    served.pushes.length = 0;
    await push(JONAS, 'main', 'main:topic', 'v1');
    expect(
      served.pushes.map(({ ref, before, after, user }) => [
        ref,
        before,
        after,
        user,
      ]),
    ).toEqual(
      expect.arrayContaining([
        ['refs/heads/main', first, second, JONAS],
        ['refs/heads/topic', null, second, JONAS],
        ['refs/tags/v1', null, second, JONAS],
      ]),
    );
    expect(served.pushes).toHaveLength(3);
  });

  it('asks who it is for every step, and says nothing before', async () => {
    await expect(push('user:default/nobody', 'main')).rejects.toThrow();
    const answer = await fetch(
      url('/default/pay.git/info/refs?service=git-upload-pack'),
    );
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toMatch(/^Basic /);
    const unknown = await fetch(
      url('/default/no-such.git/info/refs?service=git-upload-pack'),
    );
    expect(unknown.status).toBe(401);
    const commit = await copy.commit('first', { a: '1' });
    served.questions.length = 0;
    await push(MIRA, 'main');
    expect(await tipOf(repository)).toBe(commit);
    expect(served.questions).toEqual([
      {
        user: MIRA,
        password: TOKENS[MIRA],
        repository: 'default/pay',
        operation: 'push',
      },
      expect.objectContaining({ operation: 'push' }),
    ]);
  });

  it('lets a reader read, and nobody see what is hidden from them', async () => {
    await copy.commit('first', { a: '1' });
    await expect(push(READER, 'main')).rejects.toThrow(/403/);
    await served.add('default/hidden', 'r2.git');
    for (const name of ['default/hidden', 'default/absent']) {
      await expect(
        git(directory.path, 'ls-remote', served.urlFor(MIRA, name)),
      ).rejects.toThrow(/not found/);
    }
  });

  it.each([
    ['GET', '/default/pay.git/HEAD', 404],
    ['GET', '/default/pay.git/../pay.git/info/refs', 404],
    ['GET', '/r1.git/info/refs?service=git-upload-pack', 404],
    ['GET', '/default/pay.git/info/refs', 403],
    ['POST', '/default/pay.git/info/refs?service=git-upload-pack', 405],
  ])('answers %s %s with %i', async (method, path, status) => {
    // Written by hand: a client of today would tidy the path up.
    const socket = connect(Number(new URL(url('/')).port), '127.0.0.1');
    const basic = Buffer.from(`${MIRA}:${TOKENS[MIRA]}`).toString('base64');
    socket.write(
      `${method} ${path} HTTP/1.1\r\nHost: x\r\nAuthorization: Basic ${basic}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`,
    );
    let answer = '';
    socket.setEncoding('latin1').on('data', text => {
      answer += text;
    });
    await once(socket, 'close');
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  });

  it('keeps names from going back, from going away and from being ours', async () => {
    const first = await copy.commit('first', { a: '1' });
    await push(MIRA, 'main');
    await copy.git('commit', '--quiet', '--amend', '-m', 'other');
    await expect(push(MIRA, '+main')).rejects.toThrow(/non-fast-forward/);
    await expect(push(MIRA, ':main')).rejects.toThrow(/deletion prohibited/);
    for (const ref of [
      'refs/heads/fawkes/update-1',
      'refs/heads/fawkes',
      'refs/replace/x',
      'refs/notes/commits',
    ]) {
      await expect(push(MIRA, `${first}:${ref}`)).rejects.toThrow(/hidden ref/);
    }
    expect(await git(repository, 'for-each-ref', '--format=%(refname)')).toBe(
      'refs/heads/main',
    );
    served.pushes.length = 0;
    await push('portal', `${first}:refs/heads/fawkes/update-1`);
    expect(served.pushes).toMatchObject([
      { ref: 'refs/heads/fawkes/update-1', user: 'portal' },
    ]);
    // And everybody who may read, reads it.
    expect(
      await git(directory.path, 'ls-remote', served.urlFor(READER)),
    ).toContain('refs/heads/fawkes/update-1');
  });

  it('refuses what git takes for malformed', async () => {
    const commit = await copy.commit('first', { a: '1' });
    const text = await copy.git('cat-file', 'commit', commit);
    const file = directory.resolve('broken');
    writeFileSync(file, text.replace(/^author .*/m, 'author no <mail'));
    const args = ['hash-object', '-t', 'commit', '-w', '--literally', file];
    const broken = await copy.git(...args);
    await expect(push(MIRA, `${broken}:refs/heads/bad`)).rejects.toThrow(
      /missingSpaceBeforeDate|missingEmail|badEmail/,
    );
    expect(served.pushes).toEqual([]);
  });

  it('starts no hook of the repository', async () => {
    const trap = directory.resolve('sprung');
    mkdirSync(join(repository, 'hooks'));
    for (const name of ['pre-receive', 'update', 'post-receive']) {
      const hook = join(repository, 'hooks', name);
      writeFileSync(hook, `#!/bin/sh\ntouch '${trap}'\n`, { mode: 0o755 });
    }
    await git(repository, 'config', 'core.hooksPath', 'hooks');
    await copy.commit('first', { a: '1' });
    await push(MIRA, 'main');
    expect(served.pushes).toHaveLength(1);
    expect(existsSync(trap)).toBe(false);
  });

  it('streams a large push and a large clone', async () => {
    const commit = await copy.commit('big', { big: randomBytes(20_000_000) });
    await push(MIRA, 'main');
    const clone = await WorkingCopy.clone(
      served.urlFor(MIRA),
      directory.resolve('clone'),
    );
    expect(await clone.git('rev-parse', 'HEAD')).toBe(commit);
  });

  it('lets one of two pushes at once win, and leaves no lock', async () => {
    await copy.commit('base', { a: '1' });
    await push(MIRA, 'main');
    served.pushes.length = 0;
    const copies = await Promise.all(
      ['one', 'two'].map(async name => {
        const each = await WorkingCopy.clone(
          served.urlFor(MIRA),
          directory.resolve(name),
        );
        const commit = await each.commit(name, { [name]: name });
        return { each, commit };
      }),
    );
    const results = await Promise.allSettled(
      copies.map(({ each }, index) =>
        each.git(
          'push',
          '--quiet',
          served.urlFor([MIRA, JONAS][index]),
          'main',
        ),
      ),
    );
    const won = results.findIndex(({ status }) => status === 'fulfilled');
    expect(results.map(({ status }) => status).sort()).toEqual([
      'fulfilled',
      'rejected',
    ]);
    expect(served.pushes).toMatchObject([
      { after: copies[won].commit, user: [MIRA, JONAS][won] },
    ]);
    expect(await tipOf(repository)).toBe(copies[won].commit);
    const other = copies[1 - won].each;
    await other.git('pull', '--quiet', '--rebase', served.urlFor(MIRA), 'main');
    await other.git('push', '--quiet', served.urlFor(MIRA), 'main');
    expect(served.pushes).toHaveLength(2);
  });

  it('keeps no token in the repository', async () => {
    await copy.commit('first', { a: '1' });
    await push(MIRA, 'main');
    const { stdout } = await promisify(execFile)('grep', [
      '-r',
      '-c',
      TOKENS[MIRA],
      repository,
    ]).catch(error => error);
    expect(stdout).toMatch(/logs\/refs\/heads\/main:0/);
    expect(stdout).not.toMatch(/:[1-9]\d*$/m);
  });
});
