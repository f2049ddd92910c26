import { createMockDirectory } from '@backstage/backend-test-utils';
import { runGit, streamGit, withoutSecrets } from './git';

const { signal } = new AbortController();

describe('runGit', () => {
  const directory = createMockDirectory();

  afterEach(() => jest.restoreAllMocks());

  it('hands on what git prints', async () => {
    expect(await runGit({ args: ['version'], signal })).toMatch(/^git version/);
  });

  it('says what git said', async () => {
    await expect(
      runGit({ args: ['rev-parse'], directory: directory.path, signal }),
    ).rejects.toThrow(/^git rev-parse failed: fatal: not a git repository/);
  });

  it.each(['ext::sh -c "echo x"', 'ssh://localhost/x', 'http://localhost:1/x'])(
    'has git refuse %s even if it got so far',
    async url => {
      await expect(
        runGit({ args: ['ls-remote', '--', url], signal }),
      ).rejects.toThrow(/transport '\w+' not allowed/);
    },
  );

  it('keeps other git settings of the machine out', async () => {
    jest.replaceProperty(process, 'env', {
      ...process.env,
      GIT_DIR: '/nowhere',
      GIT_TRACE: '2',
    });
    expect(
      await runGit({ args: ['rev-parse', '--local-env-vars'], signal }),
    ).toContain('GIT_DIR');
  });

  it('says that git is missing', async () => {
    jest.replaceProperty(process, 'env', { PATH: directory.path });
    await expect(runGit({ args: ['version'], signal })).rejects.toThrow(
      /ENOENT/,
    );
  });

  it('stops when asked to', async () => {
    const controller = new AbortController();
    const run = runGit({
      args: ['cat-file', '--batch'],
      directory: directory.path,
      signal: controller.signal,
    });
    controller.abort(new Error('enough'));
    await expect(run).rejects.toThrow('enough');
    await expect(
      runGit({ args: ['version'], signal: controller.signal }),
    ).rejects.toThrow('enough');
  });

  it('stops git when the consumer leaves', async () => {
    for await (const chunk of streamGit({ args: ['help', '-a'], signal })) {
      expect(chunk.length).toBeGreaterThan(0);
      break;
    }
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
