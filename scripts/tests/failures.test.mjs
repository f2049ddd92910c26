import assert from 'node:assert/strict';
import { tmpdir } from 'node:os';
import { test } from 'node:test';
import { freeBytes, needDiskSpace } from '../lib/disk.mjs';
import { Problem, describeFailure, recogniseFailure } from '../lib/problem.mjs';

const table = [
  ['npm error code ENOSPC', /disk is full/],
  ['could not extend file: No space left on device', /disk is full/],
  ['npm error code ENOTFOUND', /registry could not be reached \(ENOTFOUND\)/],
  ['connect ECONNREFUSED 127.0.0.1:4873', /\(ECONNREFUSED\).*while installing/],
  [
    'YN0001: │ RequestError: connect ETIMEDOUT',
    /registry could not be reached/,
  ],
  [
    'YN0001: │ Error [ERR_SOCKET_CLOSED_BEFORE_CONNECTION]: Socket closed',
    /registry could not be reached/,
  ],
  ['npm error code E403', /did not hand out what was asked for \(E403\)/],
  ['YN0028: The lockfile would have been modified', /yarn\.lock does not fit/],
];

for (const [output, expected] of table) {
  test(`recognises: ${output}`, () => {
    const problem = recogniseFailure(output, 'installing');
    assert.match(problem.message, expected);
    assert.ok(problem.advice.length > 0);
  });
}

test('leaves alone what it does not know', () => {
  assert.equal(
    recogniseFailure('SyntaxError: Unexpected token', 'x'),
    undefined,
  );
});

test('a problem is told without a stack, anything else with one', () => {
  assert.equal(
    describeFailure(new Problem('It broke.', ['Mend it.'])),
    '✖ It broke.\n  Mend it.',
  );
  assert.match(describeFailure(new Error('surprise')), /surprise\n\s+at /);
});

test('refuses to begin with too little disk', async () => {
  const free = await freeBytes(tmpdir());
  await needDiskSpace(tmpdir(), free / 2, 'half of it');
  await assert.rejects(
    needDiskSpace(tmpdir(), free * 10, 'ten times as much'),
    /Not enough disk space: ten times as much needs about [\d.]+ GB/,
  );
});
