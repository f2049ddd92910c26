import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { connect } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { RemoteHarness } from '../__testUtils__/remoteHarness';
import { git, TOKENS, WorkingCopy } from '../__testUtils__/testRemote';
import { tipOf } from './repository';

const MIRA = 'user:default/mira';
const JONAS = 'user:default/jonas';
const READER = 'user:default/reader';

describe('the local git remote', () => {
  const at = new RemoteHarness();

  function url(path: string) {
    return at.served.remote.urlOf('default/pay').replace(/\/default.*/, path);
  }

  it('takes a push, tells it, and gives it to a clone', async () => {
    const commit = await at.copy.commit('first', { 'a/b.txt': 'hello' });
    await at.push(MIRA, 'main');
    expect(at.served.pushes).toEqual([
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
      at.served.urlFor(READER),
      at.directory.resolve('clone'),
    );
    expect(await clone.git('rev-parse', 'HEAD')).toBe(commit);
    expect(await clone.git('symbolic-ref', 'HEAD')).toBe('refs/heads/main');
  });

  it('tells each name of a push, and what it moved from', async () => {
    const first = await at.copy.commit('first', { a: '1' });
    await at.push(MIRA, 'main');
    const second = await at.copy.commit('second', { a: '2' });
    await at.copy.git('tag', 'v1');
    at.served.pushes.length = 0;
    await at.push(JONAS, 'main', 'main:topic', 'v1');
    expect(
      at.served.pushes.map(({ ref, before, after, user }) => [
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
    expect(at.served.pushes).toHaveLength(3);
  });

  it('asks who it is for every step, and says nothing before', async () => {
    await expect(at.push('user:default/nobody', 'main')).rejects.toThrow();
    const answer = await fetch(
      url('/default/pay.git/info/refs?service=git-upload-pack'),
    );
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toMatch(/^Basic /);
    const unknown = await fetch(
      url('/default/no-such.git/info/refs?service=git-upload-pack'),
    );
    expect(unknown.status).toBe(401);
    const commit = await at.copy.commit('first', { a: '1' });
    at.served.questions.length = 0;
    await at.push(MIRA, 'main');
    expect(await tipOf(at.repository)).toBe(commit);
    expect(at.served.questions).toEqual([
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
    await at.copy.commit('first', { a: '1' });
    await expect(at.push(READER, 'main')).rejects.toThrow(/403/);
    await at.served.add('default/hidden', 'r2.git');
    for (const name of ['default/hidden', 'default/absent']) {
      await expect(
        git(at.directory.path, 'ls-remote', at.served.urlFor(MIRA, name)),
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
    const first = await at.copy.commit('first', { a: '1' });
    await at.push(MIRA, 'main');
    await at.copy.git('commit', '--quiet', '--amend', '-m', 'other');
    await expect(at.push(MIRA, '+main')).rejects.toThrow(/non-fast-forward/);
    await expect(at.push(MIRA, ':main')).rejects.toThrow(/deletion prohibited/);
    for (const ref of [
      'refs/heads/fawkes/update-1',
      'refs/heads/fawkes',
      'refs/replace/x',
      'refs/notes/commits',
    ]) {
      await expect(at.push(MIRA, `${first}:${ref}`)).rejects.toThrow(
        /hidden ref/,
      );
    }
    expect(
      await git(at.repository, 'for-each-ref', '--format=%(refname)'),
    ).toBe('refs/heads/main');
    at.served.pushes.length = 0;
    await at.push('portal', `${first}:refs/heads/fawkes/update-1`);
    expect(at.served.pushes).toMatchObject([
      { ref: 'refs/heads/fawkes/update-1', user: 'portal' },
    ]);
    // And everybody who may read, reads it.
    expect(
      await git(at.directory.path, 'ls-remote', at.served.urlFor(READER)),
    ).toContain('refs/heads/fawkes/update-1');
  });

  it('refuses what git takes for malformed', async () => {
    const commit = await at.copy.commit('first', { a: '1' });
    const text = await at.copy.git('cat-file', 'commit', commit);
    const file = at.directory.resolve('broken');
    writeFileSync(file, text.replace(/^author .*/m, 'author no <mail'));
    const args = ['hash-object', '-t', 'commit', '-w', '--literally', file];
    const broken = await at.copy.git(...args);
    await expect(at.push(MIRA, `${broken}:refs/heads/bad`)).rejects.toThrow(
      /missingSpaceBeforeDate|missingEmail|badEmail/,
    );
    expect(at.served.pushes).toEqual([]);
  });

  it('starts no hook of the repository', async () => {
    const trap = at.directory.resolve('sprung');
    mkdirSync(join(at.repository, 'hooks'));
    for (const name of ['pre-receive', 'update', 'post-receive']) {
      const hook = join(at.repository, 'hooks', name);
      writeFileSync(hook, `#!/bin/sh\ntouch '${trap}'\n`, { mode: 0o755 });
    }
    await git(at.repository, 'config', 'core.hooksPath', 'hooks');
    await at.copy.commit('first', { a: '1' });
    await at.push(MIRA, 'main');
    expect(at.served.pushes).toHaveLength(1);
    expect(existsSync(trap)).toBe(false);
  });

  it('streams a large push and a large clone', async () => {
    const commit = await at.copy.commit('big', {
      big: randomBytes(20_000_000),
    });
    await at.push(MIRA, 'main');
    const clone = await WorkingCopy.clone(
      at.served.urlFor(MIRA),
      at.directory.resolve('clone'),
    );
    expect(await clone.git('rev-parse', 'HEAD')).toBe(commit);
  });

  it('lets one of two pushes at once win, and leaves no lock', async () => {
    await at.copy.commit('base', { a: '1' });
    await at.push(MIRA, 'main');
    at.served.pushes.length = 0;
    const copies = await Promise.all(
      ['one', 'two'].map(async name => {
        const each = await WorkingCopy.clone(
          at.served.urlFor(MIRA),
          at.directory.resolve(name),
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
          at.served.urlFor([MIRA, JONAS][index]),
          'main',
        ),
      ),
    );
    const won = results.findIndex(({ status }) => status === 'fulfilled');
    expect(results.map(({ status }) => status).sort()).toEqual([
      'fulfilled',
      'rejected',
    ]);
    expect(at.served.pushes).toMatchObject([
      { after: copies[won].commit, user: [MIRA, JONAS][won] },
    ]);
    expect(await tipOf(at.repository)).toBe(copies[won].commit);
    const other = copies[1 - won].each;
    await other.git(
      'pull',
      '--quiet',
      '--rebase',
      at.served.urlFor(MIRA),
      'main',
    );
    await other.git('push', '--quiet', at.served.urlFor(MIRA), 'main');
    expect(at.served.pushes).toHaveLength(2);
  });

  it('keeps no token in the repository', async () => {
    await at.copy.commit('first', { a: '1' });
    await at.push(MIRA, 'main');
    const { stdout } = await promisify(execFile)('grep', [
      '-r',
      '-c',
      TOKENS[MIRA],
      at.repository,
    ]).catch(error => error);
    expect(stdout).toMatch(/logs\/refs\/heads\/main:0/);
    expect(stdout).not.toMatch(/:[1-9]\d*$/m);
  });
});
