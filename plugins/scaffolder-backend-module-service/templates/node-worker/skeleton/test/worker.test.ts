import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createApp } from '../src/app.ts';
import { MemoryQueue, work, type Job } from '../src/worker.ts';

const job = (id: string): Job => ({ id, correlationId: `for-${id}` });

test('works through jobs, goes on after a failure, and measures both', async context => {
  const lines: Record<string, unknown>[] = [];
  const { server, metrics } = createApp(
    { service: 'under-test', logLevel: 'info' },
    { write: line => void lines.push(JSON.parse(line)) },
  );
  context.after(() => server.close());
  const queue = new MemoryQueue();
  const seen: string[] = [];
  const working = work(
    queue,
    async ({ id }) => {
      seen.push(id);
      if (id === 'bad') throw new Error('no');
    },
    { log: server.log, metrics },
  );
  for (const id of ['one', 'bad', 'two']) queue.add(job(id));
  queue.close();
  await working;

  assert.deepEqual(seen, ['one', 'bad', 'two']);
  const { body } = await server.inject('/metrics');
  assert.match(body, /job_duration_seconds_count\{outcome="success"\} 2/);
  assert.match(body, /job_duration_seconds_count\{outcome="failure"\} 1/);
  const failed = lines.find(({ msg }) => msg === 'job failed');
  assert.equal(failed?.correlationId, 'for-bad');
  assert.equal(failed?.level, 'error');
});

test('finishes what is there before it ends, and takes nothing more', async () => {
  const queue = new MemoryQueue();
  queue.add(job('last'));
  queue.close();
  assert.throws(() => queue.add(job('late')), /closed/);
  assert.equal((await queue.next())?.id, 'last');
  assert.equal(await queue.next(), undefined);
});
