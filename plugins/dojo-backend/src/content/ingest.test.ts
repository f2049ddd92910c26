import { symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { NotModifiedError } from '@backstage/errors';
import type { Files } from '@fawkes/backstage-plugin-dojo-common/rules';
import { folderOf, OURS } from '../__testUtils__/testDojo';
import { MIGRATIONS } from '../store/database';
import { digestOf, fileSource, readFolder } from './fileSource';
import { ingest } from './ingest';
import { Library } from './library';
import type { ContentSource } from './source';
import { urlSource } from './urlSource';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
let ours: Files;
beforeAll(async () => {
  ours = await readFolder(OURS);
});

describe.each(databases.eachSupportedId())('a source, %s', id => {
  const setUp = async () => {
    const db = await databases.init(id);
    await db.migrate.latest({ directory: MIGRATIONS });
    const logger = mockServices.logger.mock();
    const publish = jest.fn(async () => {});
    const held = { files: ours as Map<string, string> };
    const source: ContentSource = {
      id: 'ours',
      owner: 'group:default/platform',
      read: async etag => {
        const now = digestOf(held.files);
        return now === etag ? undefined : { etag: now, files: held.files };
      },
    };
    const deps = { db, logger, publish, now: () => 1, checks: new Map() };
    return { db, logger, publish, held, source, deps };
  };

  it('is published whole and once, and looked at again for nothing', async () => {
    const { db, publish, source, deps } = await setUp();
    expect(await ingest(source, deps)).toBe(true);
    const asked: string[] = [];
    db.on('query', ({ sql }: { sql: string }) => asked.push(sql));
    expect(await ingest(source, deps)).toBe(false);
    expect(asked.length).toBeLessThan(5);
    expect(publish).toHaveBeenCalledTimes(1);
    expect(publish).toHaveBeenCalledWith({
      curriculum: expect.any(String),
      version: /^version: (.+)$/m.exec(ours.get('dojo.yaml')!)![1],
      digest: digestOf(ours),
    });
    expect(await db('revisions')).toHaveLength(1);
  });

  it('stays as it was when something is wrong, and says where', async () => {
    const { db, logger, held, source, deps } = await setUp();
    await ingest(source, deps);
    const path = 'modules/dora-metrics/module.yaml';
    held.files = new Map(ours).set(
      path,
      ours.get(path)!.replace('status: active', 'status: ready'),
    );
    expect(await ingest(source, deps)).toBe(false);
    expect(logger.error).toHaveBeenCalledWith(
      expect.stringMatching(
        /^ours: modules\/dora-metrics\/module\.yaml:6 schema: status: /,
      ),
    );
    const [shelf] = await new Library(db).shelves();
    expect(shelf.content.modules).toHaveLength(5);
    const [row] = await db('sources');
    expect(JSON.parse(row.problems)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ rule: 'schema', line: 6 }),
      ]),
    );
  });

  it('keeps revisions as they were, for whoever has begun with one', async () => {
    const { db, held, source, deps } = await setUp();
    await ingest(source, deps);
    const [before] = await new Library(db).shelves();
    const path = 'modules/dora-metrics/module.yaml';
    held.files = new Map(ours).set(
      path,
      ours.get(path)!.replace('title: DORA Metrics', 'title: Five Metrics'),
    );
    expect(await ingest(source, deps)).toBe(true);
    const library = new Library(db);
    const [after] = await library.shelves();
    expect(after.id).not.toBe(before.id);
    expect(after.content.modules.map(({ title }) => title)).toContain(
      'Five Metrics',
    );
    expect((await library.revision(before.id)).content).toEqual(before.content);
  });

  it('is refused the curriculum of another source', async () => {
    const { db, logger, source, deps } = await setUp();
    await ingest(source, deps);
    expect(await ingest({ ...source, id: 'copy' }, deps)).toBe(false);
    expect(logger.error).toHaveBeenCalledWith(
      expect.stringMatching(/^copy: dojo\.yaml:\d+ id-duplicate/),
    );
    expect(await db('curricula')).toMatchObject([{ source: 'ours' }]);
  });

  it('may be away for a while', async () => {
    const { logger, deps, source } = await setUp();
    const away = {
      ...source,
      read: async () => Promise.reject(new Error('no route to host')),
    };
    expect(await ingest(away, deps)).toBe(false);
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringContaining('no route to host'),
    );
  });
});

describe('a folder', () => {
  const config = {
    id: 'x',
    type: 'file' as const,
    owner: 'group:default/platform',
  };

  it('is read by its digest', async () => {
    const { folder, remove } = await folderOf([
      ['a/b.md', 'text'],
      ['.git/config', 'hidden'],
    ]);
    const source = fileSource({ ...config, target: folder });
    const first = await source.read(undefined);
    expect([...first!.files]).toEqual([['a/b.md', 'text']]);
    expect(await source.read(first!.etag)).toBeUndefined();
    await writeFile(join(folder, 'a/b.md'), 'texts');
    expect((await source.read(first!.etag))!.etag).not.toBe(first!.etag);
    await remove();
  });

  it('does not lead outside', async () => {
    const { folder, remove } = await folderOf([['a.md', 'text']]);
    await symlink('/etc', join(folder, 'etc'));
    await expect(
      fileSource({ ...config, target: folder }).read(undefined),
    ).rejects.toThrow('etc is no plain file');
    await remove();
  });

  it('is bounded', async () => {
    const { folder, remove } = await folderOf([['a.md', 'x'.repeat(300_000)]]);
    await expect(
      fileSource({ ...config, target: folder }).read(undefined),
    ).rejects.toThrow('a.md is larger than 262144 bytes');
    await remove();
  });

  it('has no digest in common with other files', () => {
    const of = (...files: Array<[string, string]>) => digestOf(new Map(files));
    expect(of(['a', 'bc'])).not.toBe(of(['ab', 'c']));
    expect(of(['a', ''], ['b', 'c'])).not.toBe(of(['a', 'b'], ['b', 'c']));
    expect(of(['b', '2'], ['a', '1'])).toBe(of(['a', '1'], ['b', '2']));
  });
});

describe('a repository', () => {
  const config = {
    id: 'x',
    type: 'url' as const,
    target: 'https://git.example/c',
    owner: 'group:default/p',
  };
  const tree = (files: Array<[string, string]>) => ({
    etag: 'e1',
    files: async () =>
      files.map(([path, text]) => ({
        path,
        content: async () => Buffer.from(text),
      })),
    archive: jest.fn(),
    dir: jest.fn(),
  });

  it('is read through the portal’s reader, with what was known', async () => {
    const reader = mockServices.urlReader.mock({
      readTree: async () => tree([['a.md', 'text']]),
    });
    const state = await urlSource(config, reader).read('e0');
    expect(state).toEqual({ etag: 'e1', files: new Map([['a.md', 'text']]) });
    expect(reader.readTree).toHaveBeenCalledWith(
      config.target,
      expect.objectContaining({ etag: 'e0' }),
    );
    const [, options] = reader.readTree.mock.calls[0];
    expect(options!.filter!('.github/x', { size: 1 })).toBe(false);
    expect(() => options!.filter!('a.md', { size: 300_000 })).toThrow('larger');
  });

  it('is as it was, or away', async () => {
    const unchanged = mockServices.urlReader.mock({
      readTree: () => Promise.reject(new NotModifiedError()),
    });
    expect(await urlSource(config, unchanged).read('e1')).toBeUndefined();
    const away = mockServices.urlReader.mock({
      readTree: () => Promise.reject(new Error('away')),
    });
    await expect(urlSource(config, away).read('e1')).rejects.toThrow('away');
  });
});
