import {
  cp,
  mkdir,
  mkdtemp,
  readFile,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { templatesFolder } from '../templateFolders';
import { lintCommand } from './lint';
import { renderCommand } from './render';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'commands-'));
});
afterEach(() => rm(root, { recursive: true }));

const said = async (
  command: (args: string[], say: (line: string) => void) => Promise<unknown>,
  args: string[],
) => {
  const lines: string[] = [];
  const answer = await command(args, line => void lines.push(line));
  return { answer, text: lines.join('\n') };
};

describe('template:render', () => {
  const args = () => [
    'node-api',
    '--out',
    join(root, 'out'),
    'name=orders',
    'owner=payments',
    'description=a=b',
  ];

  it('writes a service, and never over another', async () => {
    const { text } = await said(renderCommand, args());
    expect(text).toMatch(/^bundle [0-9a-f]{64}$/m);
    const manifest = join(root, 'out', 'package.json');
    expect(JSON.parse(await readFile(manifest, 'utf8'))).toMatchObject({
      name: 'orders',
      description: 'a=b',
    });
    // eslint-disable-next-line no-bitwise
    expect((await stat(manifest)).mode & 0o777).toBe(0o644);
    await expect(said(renderCommand, args())).rejects.toThrow('EEXIST');
  });

  it('takes a folder for a template of one’s own', async () => {
    const mine = join(root, 'mine');
    await cp(join(templatesFolder(), 'node-api'), mine, { recursive: true });
    await cp(join(templatesFolder(), 'pins.json'), join(mine, 'pins.json'));
    const [, ...others] = args();
    const { text } = await said(renderCommand, [mine, ...others]);
    const again = [
      'node-api',
      '--out',
      join(root, 'again'),
      ...others.slice(2),
    ];
    expect(
      (await said(renderCommand, again)).text.split('\n').slice(1),
    ).toEqual(text.split('\n').slice(1));
  });

  it.each([
    [[], 'Usage: '],
    [['node-api', '--out', 'x', 'name'], 'name is not of the form'],
    [['node-api', '--out', 'x', 'name=orders', 'own=y'], 'owner: '],
    [['nope', '--out', 'x'], 'There is no template nope'],
  ])('refuses %j', async (wrong, message) => {
    await expect(said(renderCommand, wrong)).rejects.toThrow(message);
  });
});

describe('template:lint', () => {
  async function write(path: string, text: string) {
    await mkdir(join(root, 'mine/skeleton'), { recursive: true });
    await writeFile(join(root, 'mine', path), text);
  }
  const entity = (
    version: string,
  ) => `apiVersion: scaffolder.backstage.io/v1beta3
kind: Template
metadata:
  name: mine
  title: Mine
  description: A template
  annotations:
    fawkes.dev/template-version: ${version}
    fawkes.dev/service-type: api
    fawkes.dev/service-language: node
    fawkes.dev/service-ci: github-actions
spec:
  steps:
    - { id: r, action: 'service:render', input: { template: mine } }
`;

  it('finds nothing in ours', async () => {
    expect(await said(lintCommand, [])).toMatchObject({
      answer: 0,
      text: expect.stringMatching(/^\d+ templates, 0 errors, 0 warnings$/m),
    });
  });

  it('tells file and line, in words and as JSON', async () => {
    await write('template.yaml', entity('1.0.0'));
    await write('skeleton/a', '\n${{ values.nope }}');
    const folder = join(root, 'mine');
    const words = await said(lintCommand, [folder]);
    expect(words.answer).toBe(1);
    expect(words.text).toMatch(/^1 template, 1 error, 0 warnings$/m);
    expect(words.text).toContain('mine/skeleton/a:2: error value-not-passed: ');
    const { text } = await said(lintCommand, ['--json', folder]);
    expect(JSON.parse(text)).toEqual([
      {
        rule: 'value-not-passed',
        severity: 'error',
        path: 'mine/skeleton/a',
        line: 2,
        subject: 'nope',
        message: expect.any(String),
      },
    ]);
  });

  it('does not seal another content under the same version', async () => {
    const folder = join(root, 'mine');
    await write('template.yaml', entity('1.0.0'));
    await write('skeleton/a', 'one\n');
    expect((await said(lintCommand, ['--seal', folder])).answer).toBe(0);
    await write('skeleton/a', 'two\n');
    expect((await said(lintCommand, [folder])).text).toContain(
      'mine/template.yaml:8: error template-sealed',
    );
    await expect(said(lintCommand, ['--seal', folder])).rejects.toThrow(
      'give it another version first',
    );
    await write('template.yaml', entity('1.0.1'));
    expect((await said(lintCommand, [folder])).answer).toBe(1);
    expect((await said(lintCommand, ['--seal', folder])).answer).toBe(0);
  });
});
