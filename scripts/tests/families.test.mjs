import assert from 'node:assert/strict';
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { familiesIn } from '../lib/families.mjs';
import { listPeople, samplePeople } from '../lib/people.mjs';

test('a family is a file, helpers are folders', async t => {
  const folder = await mkdtemp(join(tmpdir(), 'fawkes-families-'));
  t.after(() => rm(folder, { recursive: true }));
  await mkdir(join(folder, 'lib'));
  for (const name of ['delivery.ts', 'cab.ts', 'README.md', 'cab.test.ts']) {
    await writeFile(join(folder, name), '');
  }
  assert.deepEqual(await familiesIn(folder), ['cab', 'delivery']);
  assert.deepEqual(await familiesIn(join(folder, 'none')), []);
});

test('people are listed in columns, and may be missing', async () => {
  assert.deepEqual(
    await samplePeople(join(tmpdir(), 'fawkes-nobody.json')),
    [],
  );
  assert.deepEqual(
    listPeople([
      { name: 'Ada', title: 'developer', why: 'sees her own work' },
      { name: 'Grace Hopper', title: 'leader' },
    ]),
    ['Ada           developer – sees her own work', 'Grace Hopper  leader'],
  );
});
