import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { freePort } from '../lib/ports.mjs';
import { startService } from '../lib/service.mjs';
import { fixture } from './helpers.mjs';

let folder;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fawkes-service-'));
});
after(() => rm(folder, { recursive: true }));

async function startServer(mood) {
  const port = await freePort();
  const service = await startService({
    name: 'sample',
    command: process.execPath,
    args: [fixture('server.mjs'), String(port), mood],
    env: process.env,
    logFile: join(folder, `${mood}.log`),
    isFatal: line => line.startsWith('FATAL'),
  });
  return { service, url: `http://localhost:${port}` };
}

test('is ready when it answers with success, not before', async () => {
  const { service, url } = await startServer('well');
  await service.untilAnswers(url, 10_000);
  assert.equal((await fetch(url)).status, 200);
  await service.stop();
  await service.ended;
  assert.match(await readFile(join(folder, 'well.log'), 'utf8'), /mood well/);
});

test('its death is told with its last words', async () => {
  const { service, url } = await startServer('dies');
  await assert.rejects(service.untilAnswers(url, 10_000), error => {
    assert.match(error.message, /sample ended before it was ready/);
    assert.deepEqual(error.advice, ['starting in mood dies']);
    return true;
  });
});

test('giving up is told even while the process is still there', async () => {
  const { service, url } = await startServer('gives-up');
  await assert.rejects(service.untilAnswers(url, 10_000), /failed to start/);
  await service.stop();
});
