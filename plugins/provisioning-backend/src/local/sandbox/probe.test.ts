import { createMockDirectory } from '@backstage/backend-test-utils';
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeSandbox } from '../__testUtils__/sandboxes';
import { probeSandbox } from './probe';
import { findNpm, findProgram } from './programs';
import type { Sandbox } from './sandbox';

const isRoot = process.geteuid?.() === 0;

describe('probeSandbox', () => {
  const directory = createMockDirectory();

  beforeEach(() => {
    directory.clear();
    for (const path of [directory.path, directory.resolve('portal')]) {
      mkdirSync(path, { recursive: true });
      chmodSync(path, 0o755);
    }
  });

  /** A PATH on which there are these programs and no more. */
  async function pathOf(...names: string[]): Promise<string> {
    const path = directory.resolve('bin');
    mkdirSync(path, { recursive: true });
    for (const name of names) {
      const program = await findProgram(name, process.env.PATH!);
      symlinkSync(program!, join(path, name));
    }
    return path;
  }

  function probe(path: string, hidden?: string[]) {
    const portal = directory.resolve('portal');
    return probeSandbox({ directory: portal, path, hidden });
  }

  const codes = ({ words }: Pick<Sandbox, 'words'>) =>
    words.map(({ code }) => code);

  describeSandbox('where bubblewrap works', () => {
    it('takes it, and has the kernel count', async () => {
      const found = await probe(await pathOf('bwrap', 'setpriv', 'prlimit'));
      expect(found).toMatchObject({
        supported: true,
        isolation: 'bubblewrap',
        processes: 'limited',
        limits: true,
        root: isRoot,
      });
      expect(codes(found)).toEqual([
        'sandbox.bubblewrap',
        'sandbox.processes.limited',
        'sandbox.limits',
        'sandbox.npm',
      ]);
    });

    it('watches where there is nothing to limit with', async () => {
      const found = await probe(await pathOf('bwrap', 'setpriv'));
      expect(found).toMatchObject({
        isolation: 'bubblewrap',
        processes: 'watched',
        limits: false,
      });
      expect(codes(found)).toEqual([
        'sandbox.bubblewrap',
        'sandbox.processes.watched',
        'sandbox.limits.none',
        'sandbox.npm',
      ]);
    });

    it('does not take it where the portal itself would be seen', async () => {
      const path = await pathOf('bwrap', 'setpriv', 'prlimit');
      const found = await probe(path, ['/usr/lib/portal']);
      expect(found).toMatchObject({
        isolation: isRoot ? 'user' : 'none',
        why: { code: 'sandbox.why.seen' },
      });
    });
  });

  it('tries a program, and believes it no sooner', async () => {
    const path = await pathOf('setpriv', 'prlimit');
    const bwrap = join(path, 'bwrap');
    writeFileSync(bwrap, '#!/bin/sh\nexit 1\n', { mode: 0o755 });
    const found = await probe(path);
    expect(found).toMatchObject({
      isolation: isRoot ? 'user' : 'none',
      why: { code: 'sandbox.why.refused' },
    });
    expect(found.words[0].text).toMatch(/can reach this portal/);
  });

  it('tells why with the first line of what the program said, and no book', async () => {
    const path = await pathOf('setpriv', 'prlimit');
    const said = `bwrap: No permissions${' to create'.repeat(40)}`;
    writeFileSync(
      join(path, 'bwrap'),
      `#!/bin/sh\necho '${said}' >&2\necho more >&2\nexit 1\n`,
      { mode: 0o755 },
    );
    expect(await probe(path)).toMatchObject({
      why: {
        code: 'sandbox.why.refused_said',
        params: { said: said.slice(0, 200) },
      },
    });
  });

  it('tells why nothing was tried', async () => {
    const path = await pathOf('setpriv', 'prlimit');
    expect(await probe(path)).toMatchObject({
      why: { code: 'sandbox.why.missing' },
    });
    const { node } = process.versions;
    const portal = directory.resolve('portal');
    expect(
      await probeSandbox({
        directory: portal,
        path,
        computer: { platform: 'darwin', node },
      }),
    ).toMatchObject({ why: { code: 'sandbox.why.linux' } });
  });

  it('runs nothing as root', async () => {
    const found = await probe(await pathOf());
    expect(found).toMatchObject(
      isRoot
        ? { supported: false, words: [{ code: 'sandbox.root' }] }
        : { supported: true, isolation: 'none' },
    );
  });

  it.each([
    ['win32', '24.0.0', 'sandbox.platform'],
    ['linux', '22.17.1', 'sandbox.node'],
    ['darwin', '20.20.0', 'sandbox.node'],
  ])('runs nothing on %s with Node %s', async (platform, node, code) => {
    const found = await probeSandbox({
      directory: directory.resolve('portal'),
      computer: { platform, node },
    });
    expect(found).toMatchObject({ supported: false, words: [{ code }] });
  });
});

describe('findNpm', () => {
  const directory = createMockDirectory();

  it.each([
    [
      'a link to its JavaScript',
      'bin/npm -> lib/node_modules/npm/bin/npm-cli.js',
    ],
    ['a script beside it', 'bin/npm'],
  ])('finds it by %s', async (_, kind) => {
    directory.setContent({ 'lib/node_modules/npm/bin/npm-cli.js': '#!' });
    const cli = directory.resolve('lib/node_modules/npm/bin/npm-cli.js');
    chmodSync(cli, 0o755);
    mkdirSync(directory.resolve('bin'));
    const npm = directory.resolve('bin/npm');
    if (kind.includes('->')) symlinkSync(cli, npm);
    else writeFileSync(npm, '#!/bin/sh\n', { mode: 0o755 });
    expect(await findNpm(directory.resolve('bin'), '/nowhere/node')).toBe(cli);
  });

  it('finds it beside node, or not at all', async () => {
    directory.setContent({ 'lib/node_modules/npm/bin/npm-cli.js': '#!' });
    expect(await findNpm('', directory.resolve('bin/node'))).toBe(
      directory.resolve('lib/node_modules/npm/bin/npm-cli.js'),
    );
    expect(await findNpm('', '/nowhere/bin/node')).toBeUndefined();
  });
});
