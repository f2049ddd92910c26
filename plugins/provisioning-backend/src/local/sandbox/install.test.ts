import { createMockDirectory } from '@backstage/backend-test-utils';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { BoundedLog } from '../logs/boundedLog';
import { install, npmEnvironment, type InstallRequest } from './install';
import { findNpm } from './programs';

const LOCK = JSON.stringify({
  name: 'pay',
  version: '1.0.0',
  lockfileVersion: 3,
  packages: { '': { name: 'pay', version: '1.0.0' } },
});

describe('install', () => {
  const directory = createMockDirectory();
  let npm: string;

  beforeAll(async () => {
    npm = (await findNpm(process.env.PATH!, process.execPath))!;
  });

  async function run(
    files: Record<string, string>,
    change: Partial<InstallRequest> = {},
  ) {
    directory.setContent({ app: files, work: {} });
    const log = new BoundedLog();
    const result = await install({
      app: directory.resolve('app'),
      workDirectory: directory.resolve('work'),
      programs: { node: process.execPath, npm },
      log,
      timeout: 50_000,
      ...change,
    });
    expect(readdirSync(directory.resolve('work'))).toEqual([]);
    return { result, text: log.text() };
  }

  function project(change: object = {}) {
    return JSON.stringify({ name: 'pay', version: '1.0.0', ...change });
  }

  it('installs what is locked and runs nothing of the repository', async () => {
    const touch = `node -e "require('fs').writeFileSync('${directory.resolve(
      'sprung',
    )}', '')"`;
    const marks: unknown[] = [];
    const { result, text } = await run(
      {
        'package.json': project({
          scripts: {
            preinstall: touch,
            install: touch,
            postinstall: touch,
            prepare: touch,
          },
        }),
        'package-lock.json': LOCK,
        'node_modules/a/index.js': 'not what was locked',
        '.npmrc': 'registry=http://127.0.0.1:1/\nscript-shell=/bin/false\n',
      },
      { onStarted: async mark => void marks.push(mark) },
    );
    expect({ ...result, text }).toMatchObject({ outcome: 'passed' });
    expect(marks).toEqual([
      { pid: expect.any(Number), startTime: expect.stringMatching(/^\d+$/) },
    ]);
    expect(existsSync(directory.resolve('sprung'))).toBe(false);
    expect(existsSync(directory.resolve('app/node_modules/a'))).toBe(false);
    expect(readFileSync(directory.resolve('app/.npmrc'), 'utf8')).toContain(
      'script-shell',
    );
  });

  it.each<[string, Record<string, string>, RegExp]>([
    [
      'no lockfile',
      { 'package.json': project() },
      /package-lock.json is missing/,
    ],
    [
      'no package.json',
      { 'package-lock.json': LOCK },
      /package.json is missing/,
    ],
    [
      'no JSON',
      { 'package.json': '{', 'package-lock.json': LOCK },
      /package.json is no JSON/,
    ],
    [
      'far too much',
      { 'package.json': ' '.repeat(300_000), 'package-lock.json': LOCK },
      /longer than/,
    ],
    [
      'something of git',
      {
        'package.json': project({ dependencies: { a: 'github:a/b' } }),
        'package-lock.json': LOCK,
      },
      /not a version of a package/,
    ],
  ])('refuses a project with %s', async (_, files, words) => {
    const { result, text } = await run(files);
    expect(result.outcome).toBe('refused');
    expect(text).toMatch(words);
  });

  it('fails where the lockfile is of something else', async () => {
    const { result, text } = await run({
      'package.json': project({ dependencies: { 'left-pad': '1.3.0' } }),
      'package-lock.json': LOCK,
    });
    expect(result.outcome).toBe('failed');
    expect(text).toMatch(/in sync/);
  });

  it('ends with its time, or with whoever wants it', async () => {
    const files = { 'package.json': project(), 'package-lock.json': LOCK };
    const controller = new AbortController();
    const cancelled = await run(files, {
      signal: controller.signal,
      onStarted: async () => controller.abort(),
    });
    expect(cancelled.result.outcome).toBe('cancelled');
    const late = await run(files, { timeout: 1 });
    expect(late.result.outcome).toBe('too-long');
  });

  it('says where there is no npm', async () => {
    mkdirSync(directory.resolve('work'), { recursive: true });
    const files = { 'package.json': project(), 'package-lock.json': LOCK };
    await expect(
      run(files, { programs: { node: process.execPath } }),
    ).rejects.toThrow(/npm was not found/);
  });
});

describe('npmEnvironment', () => {
  it('is what npm works with, and nothing of the portal', () => {
    expect(
      npmEnvironment({
        HOME: '/home/x',
        https_proxy: 'http://proxy',
        NO_PROXY: 'x',
        NODE_EXTRA_CA_CERTS: '/ca',
        npm_config_registry: 'https://registry',
        npm_config_local_prefix: '/portal',
        npm_config_prefix: '/portal',
        npm_lifecycle_event: 'start',
        POSTGRES_PASSWORD: 'x',
        NODE_OPTIONS: '--require /portal.js',
        PATH: '/portal/bin',
        AUTH_SECRET: 'x',
      }),
    ).toEqual({
      HOME: '/home/x',
      https_proxy: 'http://proxy',
      NO_PROXY: 'x',
      NODE_EXTRA_CA_CERTS: '/ca',
      npm_config_registry: 'https://registry',
      PATH: '/usr/bin:/bin',
      NO_COLOR: '1',
    });
  });
});
