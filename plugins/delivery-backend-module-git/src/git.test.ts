import { createMockDirectory } from '@backstage/backend-test-utils';
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { runGit, streamGit, withoutSecrets } from './git';
import { environment } from './gitEnvironment';

const { signal } = new AbortController();

describe('runGit', () => {
  const directory = createMockDirectory();

  beforeEach(() => directory.clear());
  afterEach(() => jest.restoreAllMocks());

  function run(...args: string[]) {
    return runGit({ args, directory: directory.path, signal });
  }

  it('hands on what git prints', async () => {
    expect(await run('version')).toMatch(/^git version/);
  });

  it('says what git said', async () => {
    await expect(run('rev-parse')).rejects.toThrow(
      /^git rev-parse failed: fatal: not a git repository/,
    );
  });

  it('looks for a repository nowhere but where it runs', async () => {
    execFileSync('git', ['init', '--quiet', directory.path]);
    const inside = directory.resolve('inside');
    mkdirSync(inside);
    await expect(
      runGit({ args: ['rev-parse'], directory: inside, signal }),
    ).rejects.toThrow(/not a git repository/);
  });

  it.each([
    'ext::sh -c "echo x"',
    'file:///nowhere',
    'git://localhost:1/x',
    'http://localhost:1/x',
    'ssh://localhost/x',
  ])('has git refuse %s whether online or not', async url => {
    for (const online of [false, true]) {
      const args = ['ls-remote', '--', url];
      await expect(
        runGit({ args, directory: directory.path, online, signal }),
      ).rejects.toThrow(/transport '\w+' not allowed/);
    }
  });

  it('has git refuse https unless online', async () => {
    const args = ['ls-remote', '--', 'https://localhost:1/x'];
    const attempt = (online: boolean) =>
      runGit({ args, directory: directory.path, online, signal });
    await expect(attempt(false)).rejects.toThrow(
      "transport 'https' not allowed",
    );
    await expect(attempt(true)).rejects.toThrow(/unable to access/);
  });

  it('keeps what is configured on the machine for when it is online', async () => {
    directory.setContent({ gitconfig: '[trap]\nfile = yes\n' });
    jest.replaceProperty(process, 'env', {
      ...process.env,
      GIT_CONFIG_GLOBAL: directory.resolve('gitconfig'),
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: 'trap.variable',
      GIT_CONFIG_VALUE_0: 'yes',
    });
    const list = (online: boolean) =>
      runGit({
        args: ['config', '--list'],
        directory: directory.path,
        online,
        signal,
      });
    expect(await list(true)).toMatch(/trap\.file=yes[^]*trap\.variable=yes/);
    expect(await list(false)).not.toContain('trap');
  });

  it('says that git is missing', async () => {
    jest.replaceProperty(process, 'env', { PATH: directory.path });
    await expect(run('version')).rejects.toThrow(/ENOENT/);
  });

  it('stops when asked to', async () => {
    const controller = new AbortController();
    const attempt = () =>
      runGit({
        args: ['version'],
        directory: directory.path,
        signal: controller.signal,
      });
    const running = attempt();
    controller.abort(new Error('enough'));
    await expect(running).rejects.toThrow('enough');
    await expect(attempt()).rejects.toThrow('enough');
  });

  it('stops git when the consumer leaves', async () => {
    const help = { args: ['help', '-a'], directory: directory.path, signal };
    for await (const chunk of streamGit(help)) {
      expect(chunk.length).toBeGreaterThan(0);
      break;
    }
  });
});

describe('environment', () => {
  afterEach(() => jest.restoreAllMocks());

  function from(env: NodeJS.ProcessEnv, online: boolean) {
    jest.replaceProperty(process, 'env', { PATH: '/bin', ...env });
    return environment('/srv', online);
  }

  it.each([true, false])(
    "hands on nothing of git's that names a program (online: %s)",
    online => {
      const names = [
        'GIT_ASKPASS',
        'GIT_CONFIG_PARAMETERS',
        'GIT_DIR',
        'GIT_EXEC_PATH',
        'GIT_EXTERNAL_DIFF',
        'GIT_OBJECT_DIRECTORY',
        'GIT_PAGER',
        'GIT_PROXY_COMMAND',
        'GIT_SSH',
        'GIT_SSH_COMMAND',
        'GIT_TEMPLATE_DIR',
        'GIT_TRACE',
        'SSH_ASKPASS',
      ];
      const made = from(
        Object.fromEntries(names.map(name => [name, '/bin/trap'])),
        online,
      );
      expect(Object.values(made)).not.toContain('/bin/trap');
    },
  );

  it("hands on the backend's own variables only online", () => {
    const own = { HOME: '/home/x', POSTGRES_PASSWORD: 'hunter2' };
    expect(from(own, true)).toMatchObject(own);
    expect(Object.keys(from(own, false)).sort()).toEqual([
      'GIT_ALLOW_PROTOCOL',
      'GIT_ASKPASS',
      'GIT_ATTR_NOSYSTEM',
      'GIT_CEILING_DIRECTORIES',
      'GIT_CONFIG_GLOBAL',
      'GIT_CONFIG_NOSYSTEM',
      'GIT_CONFIG_SYSTEM',
      'GIT_NO_LAZY_FETCH',
      'GIT_NO_REPLACE_OBJECTS',
      'GIT_TERMINAL_PROMPT',
      'LC_ALL',
      'PATH',
    ]);
  });
});

describe('withoutSecrets', () => {
  it.each([
    ['https://user:token@host/x denied', 'https://***@host/x denied'],
    ['https://token@host/x', 'https://***@host/x'],
    ['Authorization: Basic abc\nnext', 'Authorization: ***\nnext'],
    ['fatal: nothing to hide a@b\n', 'fatal: nothing to hide a@b'],
  ])('makes %j %j', (text, clean) => {
    expect(withoutSecrets(text)).toBe(clean);
  });
});
