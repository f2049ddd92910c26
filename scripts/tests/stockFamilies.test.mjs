import assert from 'node:assert/strict';
import { test } from 'node:test';
import { packageName, stockFamilies } from '../stockApp/families.mjs';

test('what is written into a stock app names what is added to it', async () => {
  const families = await stockFamilies();
  assert.ok(families.length > 0);
  for (const { name, packages, lines, prove } of families) {
    assert.equal(typeof prove, 'function', name);
    const names = await Promise.all(packages.backend.map(packageName));
    assert.deepEqual(
      lines,
      names.map(added => `backend.add(import('${added}'));`),
      name,
    );
    await Promise.all(packages.app.map(packageName));
  }
});

test('a family is asked for by name', async () => {
  const [family, ...others] = await stockFamilies(['delivery']);
  assert.equal(family.name, 'delivery');
  assert.deepEqual(others, []);
  await assert.rejects(
    stockFamilies(['delivery', 'parcels']),
    /parcels in a stock app/,
  );
});
