import { createMockDirectory } from '@backstage/backend-test-utils';
import { isAway } from '@fawkes/kit-backend/http';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import {
  gitEnvironment,
  GitError,
  gitText,
  runGit,
  tryGit,
  withoutSecrets,
} from './git';
import { branchRef, objectId } from './names';
import { judgeGit, probeGit } from './probeGit';

describe('running git', () => {
  const directory = createMockDirectory();
  beforeEach(() => directory.clear());
  afterEach(() => jest.restoreAllMocks());

  const run = (...args: string[]) => ({ directory: directory.path, args });

  it('says what git says', async () => {
    expect(await gitText(run('version'))).toMatch(/^git version/);
    await expect(runGit(run('rev-parse'))).rejects.toThrow(
      /^git rev-parse failed: fatal: not a git repository/,
    );
    expect(await tryGit(run('rev-parse'))).toMatchObject({ code: 128 });
  });

  it('looks for a repository nowhere but where it runs', async () => {
    execFileSync('git', ['init', '--quiet', directory.path]);
    const inside = directory.resolve('inside');
    mkdirSync(inside);
    await expect(
      runGit({ directory: inside, args: ['rev-parse'] }),
    ).rejects.toThrow(/not a git repository/);
  });

  it.each([
    'ext::sh -c "echo x"',
    'file:///nowhere',
    'git://127.0.0.1:1/x',
    'https://127.0.0.1:1/x',
    'ssh://127.0.0.1/x',
  ])('refuses %s, also where http is allowed', async url => {
    for (const protocol of [undefined, 'http'] as const) {
      const args = ['ls-remote', '--', url];
      await expect(
        runGit({ directory: directory.path, args, protocol }),
      ).rejects.toThrow(/transport '\w+' not allowed/);
    }
  });

  it('starts nothing that a repository names', async () => {
    const trap = directory.resolve('trap');
    const sprung = directory.resolve('sprung');
    writeFileSync(trap, `#!/bin/sh\ntouch '${sprung}'\n`, { mode: 0o755 });
    const repository = directory.resolve('r.git');
    execFileSync('git', ['init', '--quiet', '--bare', repository]);
    for (const [key, value] of [
      ['core.fsmonitor', trap],
      ['core.pager', trap],
      ['core.sshCommand', trap],
      ['alias.log', `!${trap}`],
      ['credential.helper', `!${trap}`],
      ['gpg.program', trap],
      ['log.showSignature', 'true'],
      ['protocol.ext.allow', 'always'],
      ['remote.origin.url', `ext::${trap}`],
    ]) {
      execFileSync('git', ['-C', repository, 'config', key, value]);
    }
    await tryGit({ directory: repository, args: ['log'] });
    await tryGit({ directory: repository, args: ['fetch', 'origin'] });
    expect(existsSync(sprung)).toBe(false);
  });

  it('is away where its program is, and not where a repository is', async () => {
    jest.replaceProperty(process, 'env', { PATH: directory.path });
    const away = await tryGit(run('version')).catch(error => error);
    expect(isAway(away)).toBe(true);
    expect(away.message).toContain('git cannot be started on this computer');
    jest.restoreAllMocks();
    const gone = { ...run('version'), directory: directory.resolve('gone') };
    const error = await tryGit(gone).catch(thrown => thrown);
    expect([error.code, isAway(error)]).toEqual(['ENOENT', false]);
  });

  it('stops when asked to, and at too much', async () => {
    const controller = new AbortController();
    const running = tryGit({
      ...run('cat-file', '--batch'),
      signal: controller.signal,
    });
    controller.abort(new Error('enough'));
    await expect(running).rejects.toThrow('enough');
    await expect(
      tryGit({ ...run('version'), signal: controller.signal }),
    ).rejects.toThrow('enough');
    await expect(tryGit({ ...run('version'), mostOutput: 5 })).rejects.toThrow(
      GitError,
    );
  });

  it('is given nothing of ours', () => {
    jest.replaceProperty(process, 'env', {
      PATH: '/bin',
      HOME: '/home/x',
      POSTGRES_PASSWORD: 'x',
      GIT_DIR: '/x',
      GIT_SSH_COMMAND: 'x',
      https_proxy: 'x',
    });
    const env = gitEnvironment('/srv/r.git');
    expect(env).toMatchObject({
      PATH: '/bin',
      HOME: '/dev/null',
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_CEILING_DIRECTORIES: '/srv',
      GIT_ALLOW_PROTOCOL: '',
    });
    expect(env).not.toHaveProperty('POSTGRES_PASSWORD');
    expect(env).not.toHaveProperty('GIT_DIR');
    expect(env).not.toHaveProperty('GIT_SSH_COMMAND');
    expect(env).not.toHaveProperty('https_proxy');
  });

  it.each([
    ['http://user:token@host/x denied', 'http://***@host/x denied'],
    ['Authorization: Basic abc\nnext', 'Authorization: ***\nnext'],
    ['fatal: nothing to hide a@b\n', 'fatal: nothing to hide a@b'],
  ])('makes %j %j', (text, clean) => {
    expect(withoutSecrets(text)).toBe(clean);
  });
});

describe('names', () => {
  it.each(['HEAD', '--all', 'main', 'A'.repeat(40), 'a'.repeat(41), ''])(
    'takes no commit %j',
    text => expect(() => objectId(text)).toThrow(/full id/),
  );

  it.each([
    '-x',
    'a..b',
    'a//b',
    'a/',
    'a.lock',
    'a.lock/b',
    'a/.b',
    'a b',
    'a~1',
    'a:b',
    '',
  ])('takes no branch %j', text =>
    expect(() => branchRef(text)).toThrow(/no name of a branch/),
  );

  it('takes those that we make', () => {
    expect(objectId('a'.repeat(40))).toBe('a'.repeat(40));
    expect(branchRef('fawkes/update-12')).toBe('refs/heads/fawkes/update-12');
  });
});

describe('probeGit', () => {
  afterEach(() => jest.restoreAllMocks());

  it('finds the one that is there', async () => {
    expect(await probeGit()).toEqual({
      supported: true,
      version: expect.stringMatching(/^\d+\.\d+/),
    });
  });

  it('says where there is none', async () => {
    jest.replaceProperty(process, 'env', { PATH: '/nonexistent' });
    expect(await probeGit()).toMatchObject({ words: { code: 'git.missing' } });
  });

  it.each([
    ['git version 2.37.9', false],
    ['git version 1.99.0', false],
    ['git version 2.38.0', true],
    ['git version 2.39.5 (Apple Git-154)', true],
    ['git version 3.0.0', true],
    ['', false],
  ])('takes %j: %j', (said, supported) => {
    expect(judgeGit(said)).toMatchObject({ supported });
  });
});
