import {
  createMockDirectory,
  mockServices,
} from '@backstage/backend-test-utils';
import { execFileSync } from 'node:child_process';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TestRepository } from './__testUtils__/repository';
import { Listener, Trap } from './__testUtils__/trap';
import { runGit } from './git';
import { createGitSource } from './gitSource';
import type { GitRepository } from './options';

/** Keys of git's configuration with their values, `section.key` or `section.name.key`. */
type Settings = Array<[key: string, value: string]>;

const NOWHERE = 'https://127.0.0.1:1/pay.git';

describe('a repository that is up to no good', () => {
  const directory = createMockDirectory();
  let origin: TestRepository;
  let trap: Trap;

  beforeEach(() => {
    directory.clear();
    origin = new TestRepository(directory.resolve('origin.git'));
    trap = new Trap(directory.resolve('trap'));
    origin.commit(
      { message: 'first', files: { 'a/1': 'x' } },
      { message: 'second', files: { 'a/1': 'y' } },
    );
    loseTree();
  });

  /**
   * Takes a tree away that listing the touched files needs. Where the config
   * names a promisor remote, git fetches what it misses from it, unasked.
   */
  function loseTree() {
    const tree = origin.git('rev-parse', 'refs/heads/main~1^{tree}');
    rmSync(join(origin.path, 'objects', tree.slice(0, 2), tree.slice(2)));
  }

  function configure(settings: Settings, file = join(origin.path, 'config')) {
    for (const [key, value] of settings) {
      const args = ['config', `--file=${file}`, '--add', key, value];
      execFileSync('git', args, { cwd: directory.path });
    }
  }

  /** Loads a repository; returns how much was told. */
  async function load(
    location: GitRepository['location'] = { path: origin.path },
  ) {
    let told = 0;
    const source = createGitSource({
      repositories: [
        {
          location,
          repository: 'github.com/acme/pay',
          tags: /^v\d/,
          environment: 'production',
          paths: true,
        },
      ],
      workingDirectory: directory.resolve('mirrors'),
    });
    await source.backfill!({
      cursor: undefined,
      logger: mockServices.logger.mock(),
      signal: new AbortController().signal,
      commit: async claims => {
        told += claims.length;
      },
    });
    return told;
  }

  const promisor = (url: string = `file://${origin.path}`): Settings => [
    ['remote.origin.url', url],
    ['remote.origin.promisor', 'true'],
  ];

  const uploadPack = (): Settings => [
    ...promisor(),
    ['remote.origin.uploadpack', trap.program],
  ];

  /** What a config may say of programs besides, all at once. */
  const everything = (): Settings => [
    ...uploadPack(),
    ['core.alternateRefsCommand', trap.program],
    ['core.editor', trap.program],
    ['core.fsmonitor', trap.program],
    ['core.gitProxy', trap.program],
    ['core.hooksPath', directory.resolve('trap')],
    ['core.pager', trap.program],
    ['core.sshCommand', trap.program],
    ['alias.log', `!${trap.program}`],
    ['diff.external', trap.program],
    ['diff.trap.command', trap.program],
    ['diff.trap.textconv', trap.program],
    ['filter.trap.process', trap.program],
    ['gpg.program', trap.program],
    ['log.showSignature', 'true'],
    ['pager.log', trap.program],
    ['protocol.allow', 'always'],
    ['protocol.ext.allow', 'always'],
    ['remote.other.promisor', 'true'],
    ['remote.other.url', `ext::${trap.program}`],
    ['uploadpack.packObjectsHook', trap.program],
  ];

  it.each<[string, () => Settings]>([
    ["a promisor remote's upload-pack", uploadPack],
    [
      "a partial clone's upload-pack",
      () => [
        ['core.repositoryFormatVersion', '1'],
        ['extensions.partialClone', 'origin'],
        ['remote.origin.url', `file://${origin.path}`],
        ['remote.origin.uploadpack', trap.program],
      ],
    ],
    [
      'an address that stands for another',
      () => [
        ...promisor(NOWHERE),
        [`url.file://${origin.path}.insteadOf`, NOWHERE],
        ['remote.origin.uploadpack', trap.program],
      ],
    ],
    [
      'a credential helper',
      () => [
        ...promisor(NOWHERE),
        ['http.proxy', 'http://somebody@127.0.0.1:1'],
        ['credential.helper', `!${trap.program}`],
      ],
    ],
    [
      'a program that asks for a password',
      () => [
        ...promisor(NOWHERE),
        ['http.proxy', 'http://somebody@127.0.0.1:1'],
        ['core.askPass', trap.program],
      ],
    ],
    ['everything that names a program', everything],
  ])('starts nothing for %s', async (_, settings) => {
    configure(settings());
    await expect(load()).rejects.toThrow(/could not be read/);
    // Nor would it if git were run where that config holds.
    await expect(
      runGit({
        directory: origin.path,
        args: ['log', '--name-only', 'main', '--'],
        signal: new AbortController().signal,
      }),
    ).rejects.toThrow(/git log failed/);
    expect(trap.sprung).toBe(false);
  });

  it.each([
    ['include.path', 'more'],
    ['includeIf.gitdir:**.path', 'more'],
  ])(
    'starts nothing for a file its config pulls in by %s',
    async (key, file) => {
      configure(uploadPack(), join(origin.path, file));
      configure([[key, file]]);
      await expect(load()).rejects.toThrow(/could not be read/);
      expect(trap.sprung).toBe(false);
    },
  );

  it('starts nothing for the config of a worktree', async () => {
    configure(uploadPack(), join(origin.path, 'config.worktree'));
    configure([
      ['core.repositoryFormatVersion', '1'],
      ['extensions.worktreeConfig', 'true'],
    ]);
    await expect(load()).rejects.toThrow(/could not be read/);
    expect(trap.sprung).toBe(false);
  });

  it('starts nothing where the repository is in .git, or is pointed at', async () => {
    configure(uploadPack());
    const held = directory.resolve('held');
    const pointing = directory.resolve('pointing');
    mkdirSync(held);
    mkdirSync(pointing);
    writeFileSync(join(pointing, '.git'), 'gitdir: ../held/.git\n');
    renameSync(origin.path, join(held, '.git'));
    for (const path of [held, pointing]) {
      await expect(load({ path })).rejects.toThrow(/could not be read/);
    }
    expect(trap.sprung).toBe(false);
  });

  it.each<[string, (address: string) => Settings]>([
    ['its remote', address => promisor(`https://${address}/pay.git`)],
    [
      'a proxy',
      address => [...promisor(NOWHERE), ['http.proxy', `http://${address}`]],
    ],
  ])('connects to no address that it names as %s', async (_, settings) => {
    const listener = new Listener();
    configure(settings(await listener.start()));
    await expect(load()).rejects.toThrow(/could not be read/);
    await listener.stop();
    expect(listener.connections).toBe(0);
  });

  it('has no file of its choice read to order what is listed', async () => {
    const whole = new TestRepository(directory.resolve('whole.git'));
    whole.commit({ message: 'root', files: { 'a/1': 'x' } });
    // Git says when there is no such file; one without an end is worse.
    configure(
      [['diff.orderFile', directory.resolve('of-its-choice')]],
      join(whole.path, 'config'),
    );
    await expect(
      runGit({
        directory: whole.path,
        args: ['log', '--name-only', '--format=', 'main', '--'],
        signal: new AbortController().signal,
      }),
    ).resolves.toContain('a/1');
  });

  it('is not served by git to be read by a file address', async () => {
    const whole = new TestRepository(directory.resolve('whole.git'));
    whole.commit({ message: 'root' });
    // Git refuses to serve it; who does not act on its config, does not mind.
    configure(
      [['core.repositoryFormatVersion', '99']],
      join(whole.path, 'config'),
    );
    expect(await load({ url: `file://${whole.path}` })).toBe(1);
  });
});
