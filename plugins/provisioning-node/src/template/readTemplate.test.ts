import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readTemplate } from './readTemplate';

const ENTITY = `apiVersion: scaffolder.backstage.io/v1beta3
kind: Template
metadata:
  name: mine
  title: Mine
  description: A template
  annotations:
    fawkes.dev/template-version: 1.2.3
    fawkes.dev/service-type: api
    fawkes.dev/service-language: node
    fawkes.dev/service-ci: github-actions
spec: { type: service, steps: [] }
`;
const PIN = {
  name: 'node',
  tag: '24',
  pin: `sha256:${'a'.repeat(64)}`,
  source: 'seen',
  checkedAt: '2026-11-30',
};

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'templates-'));
});
afterEach(() => rm(root, { recursive: true }));

async function write(files: Record<string, string | Uint8Array>) {
  for (const [path, content] of Object.entries(files)) {
    const file = join(root, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content);
  }
}
const sound = { 'mine/template.yaml': ENTITY, 'mine/skeleton/a/b.txt': 'b\n' };
const read = () => readTemplate(join(root, 'mine'));

describe('readTemplate', () => {
  it('reads what a template is', async () => {
    await write({ ...sound, 'pins.json': JSON.stringify([PIN]) });
    expect(await read()).toMatchObject({
      ref: {
        name: 'mine',
        version: '1.2.3',
        treeHash: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
      title: 'Mine',
      type: 'api',
      language: 'node',
      ci: 'github-actions',
      pins: [PIN],
      files: new Map([['a/b.txt', new TextEncoder().encode('b\n')]]),
    });
  });

  it('hashes skeleton, entity and pins, but not how lines end', async () => {
    await write(sound);
    const { ref } = await read();
    await write({ 'mine/skeleton/a/b.txt': 'b\r\n' });
    expect((await read()).ref).toEqual(ref);
    await write({ 'pins.json': '[]' });
    const { ref: withPins } = await read();
    expect(withPins).not.toEqual(ref);
    await write({ 'mine/skeleton/a/b.txt': 'c\n' });
    expect((await read()).ref).not.toEqual(withPins);
  });

  it.each<[string, Record<string, string | Uint8Array>, string]>([
    ['no entity', { 'mine/skeleton/a': '' }, 'There is no template.yaml'],
    [
      'no skeleton',
      { 'mine/template.yaml': ENTITY },
      'mine has no files below',
    ],
    [
      'an entity that is no YAML',
      { ...sound, 'mine/template.yaml': 'a: [' },
      'template.yaml cannot be read',
    ],
    [
      'an entity without a version',
      { ...sound, 'mine/template.yaml': ENTITY.replace('1.2.3', 'new') },
      'template.yaml: metadata.annotations.fawkes.dev/template-version',
    ],
    [
      'pins that hold nothing',
      { ...sound, 'pins.json': JSON.stringify([{ ...PIN, pin: 'main' }]) },
      'pins.json: 0.pin',
    ],
    [
      'a name that is pinned twice',
      { ...sound, 'pins.json': JSON.stringify([PIN, PIN]) },
      'pins.json: : must name each thing once',
    ],
    [
      'a file without end',
      { ...sound, 'mine/skeleton/big': new Uint8Array(1024 * 1024 + 1) },
      'skeleton/big has more than',
    ],
  ])('refuses %s', async (_, files, message) => {
    await write(files);
    await expect(read()).rejects.toThrow(message);
  });

  it('refuses a folder that is not there', async () => {
    await expect(read()).rejects.toThrow('There is no template folder');
  });

  it('refuses a link, wherever it leads', async () => {
    await write(sound);
    await symlink('/etc/hostname', join(root, 'mine/skeleton/link'));
    await expect(read()).rejects.toThrow('skeleton/link is neither');
  });

  it('refuses too many files', async () => {
    await write(sound);
    await Promise.all(
      Array.from({ length: 2_000 }, (_, index) =>
        writeFile(join(root, `mine/skeleton/${index}`), ''),
      ),
    );
    await expect(read()).rejects.toThrow('at most 2000 files');
  });
});
