import assert from 'node:assert/strict';
import { test } from 'node:test';
import { retry } from '../src/index.ts';

function failing(times: number) {
  let calls = 0;
  return async () => {
    calls++;
    if (calls <= times) throw new Error(`failure ${calls}`);
    return calls;
  };
}

test('answers what works in the end', async () => {
  const waits: number[] = [];
  const wait = async (next: number) => void waits.push(next);
  assert.equal(await retry(failing(2), { attempts: 3, wait }), 3);
  assert.deepEqual(waits, [2, 3]);
});

test('throws the last failure', async () => {
  const wait = async () => {};
  await assert.rejects(retry(failing(9), { attempts: 2, wait }), /failure 2/);
});
