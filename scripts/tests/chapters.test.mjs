import assert from 'node:assert/strict';
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { findChapters } from '../story/lib/chapters.mjs';

/** A folder of chapters, `{ family: families it builds on }`. */
async function folderOf(t, families) {
  const folder = await mkdtemp(join(tmpdir(), 'fawkes-chapters-'));
  t.after(() => rm(folder, { recursive: true }));
  await mkdir(join(folder, 'lib', 'deeper'), { recursive: true });
  await writeFile(join(folder, 'lib', 'deeper', 'chapter.mjs'), 'throw 1');
  for (const [family, after] of Object.entries(families)) {
    await mkdir(join(folder, family));
    await writeFile(
      join(folder, family, 'chapter.mjs'),
      `export const after = ${JSON.stringify(after)};`,
    );
  }
  return folder;
}

const familiesOf = async folder =>
  (await findChapters(folder)).map(({ family }) => family);

test('a chapter is a folder with a chapter.mjs, told after those it builds on', async t => {
  const folder = await folderOf(t, {
    approval: ['delivery', 'hosts'],
    delivery: [],
    hosts: ['delivery', 'not-installed'],
    zoo: [],
  });
  assert.deepEqual(await familiesOf(folder), [
    'delivery',
    'hosts',
    'approval',
    'zoo',
  ]);
});

test('chapters that wait for each other are refused', async t => {
  const folder = await folderOf(t, { one: ['two'], two: ['one'] });
  await assert.rejects(familiesOf(folder), /wait for each other: one, two/);
});

test('every chapter of this repository can be told, taken back and rehearsed', async () => {
  const chapters = await findChapters();
  assert.ok(chapters.some(({ family }) => family === 'delivery'));
  const missing = chapters.flatMap(chapter =>
    ['reasonToKeepQuiet', 'tell', 'takeBack', 'rehearse']
      .filter(name => typeof chapter[name] !== 'function')
      .map(name => `${chapter.family} has no ${name}`),
  );
  assert.deepEqual(missing, []);
});
