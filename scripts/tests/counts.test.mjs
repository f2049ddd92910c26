import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addCounts, countJest, countTap, verdict } from '../lib/counts.mjs';

test('a suite that cannot be loaded counts as a failure', () => {
  assert.deepEqual(
    countJest({
      numPassedTests: 7,
      numFailedTests: 1,
      numRuntimeErrorTestSuites: 2,
    }),
    { passed: 7, failed: 3 },
  );
});

test('TAP is counted by its closing lines, and a missing end is a failure', () => {
  const tap =
    '1..3\n# tests 3\n# pass 2\n# fail 1\n# cancelled 0\n# skipped 0\n';
  assert.deepEqual(countTap(tap), { passed: 2, failed: 1 });
  assert.deepEqual(countTap('TAP version 13\nok 1'), { passed: 0, failed: 1 });
});

test('the verdict is one plain line', () => {
  const sum = addCounts([
    { passed: 2, failed: 0 },
    { passed: 40, failed: 1 },
  ]);
  assert.equal(verdict(sum), '42 passed, 1 failed');
});
