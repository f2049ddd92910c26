import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { test } from 'node:test';
import { startPostgres } from '../lib/postgres.mjs';
import { removeLeftovers } from '../lib/postgresLeftovers.mjs';
import { startFixture } from './helpers.mjs';

const answers = port =>
  new Promise(resolve => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true));
    socket.once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });

const directoriesOf = async pid =>
  (await readdir(tmpdir())).filter(
    name => name.startsWith('fawkes-postgres-') && name.includes(`-${pid}-`),
  );

test('a database comes and goes without a trace', async () => {
  const postgres = await startPostgres({ settings: { work_mem: '8MB' } });
  assert.match(
    postgres.connectionString,
    new RegExp(
      `^postgresql://postgres:\\w+@127.0.0.1:${postgres.port}/postgres$`,
    ),
  );
  assert.equal(await answers(postgres.port), true);
  await postgres.stop();
  assert.equal(await answers(postgres.port), false);
  assert.deepEqual(await directoriesOf(process.pid), []);
});

test('what a killed run left behind is removed by the next', async () => {
  const script = startFixture('database.mjs');
  const [port] = await script.lines(/^port (\d+)/, 1);
  script.child.kill('SIGKILL');
  await script.ended;
  assert.equal((await directoriesOf(script.child.pid)).length, 1);

  await removeLeftovers();
  assert.equal(await answers(Number(port)), false);
  assert.deepEqual(await directoriesOf(script.child.pid), []);
});
