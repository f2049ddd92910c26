import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';

// The loader of TypeScript that benchmarks and soaks run with.
const require = createRequire(import.meta.url);
require('@backstage/cli/config/nodeTransform.cjs');
const { readCommandLine, usageOf } = require('../../bench/lib/commandLine');
const { readBenchOptions } = require('../../bench/lib/options');

const line = {
  command: 'yarn soak parcels',
  parts: ['drop', 'shake'],
  smallParts: ['drop'],
  numbers: {
    height: { about: 'metres', default: 100, small: 2, least: 1 },
    seed: { about: 'of the fall', default: 1, least: 0 },
  },
};

test('a command has its defaults, and less when it is small', () => {
  assert.deepEqual(readCommandLine([], line), {
    height: 100,
    seed: 1,
    parts: new Set(['drop', 'shake']),
  });
  assert.deepEqual(readCommandLine(['--small'], line), {
    height: 2,
    seed: 1,
    parts: new Set(['drop']),
  });
});

test('what is asked for beats small', () => {
  assert.deepEqual(
    readCommandLine(['--height', '7', '--small', '--only', 'shake'], line),
    { height: 7, seed: 1, parts: new Set(['shake']) },
  );
});

test('parts come in their own order', () => {
  const { parts } = readCommandLine(['--only=shake,drop'], line);
  assert.deepEqual([...parts], ['drop', 'shake']);
});

test('what makes no sense is refused by its name', () => {
  for (const [args, reason] of [
    [['--height', '0'], /--height is at least 1/],
    [['--height', 'high'], /--height is at least 1/],
    [['--only', 'drop,throw'], /No such part: throw/],
    [['--depth', '3'], /--depth/],
    [['loose'], /loose/],
  ]) {
    assert.throws(() => readCommandLine(args, line), reason);
  }
});

test('help names every option with its default', () => {
  assert.equal(readCommandLine(['--help'], line), undefined);
  const usage = usageOf(line);
  assert.match(usage, /^yarn soak parcels \[options\]$/m);
  assert.match(usage, /--height n +metres \(100; small: 2\)/);
  assert.match(usage, /--only a,b +of drop, shake/);
});

test('a benchmark knows its database and where its report goes', () => {
  const benchmark = {
    family: 'parcels',
    parts: ['send'],
    numbers: {},
    fullScale: 'a million parcels',
  };
  assert.deepEqual(readBenchOptions(['--small', '--keep'], benchmark), {
    scale: 0.002,
    seed: 1,
    dialect: 'pg',
    out: undefined,
    plans: false,
    keep: true,
    parts: new Set(['send']),
  });
  assert.throws(
    () => readBenchOptions(['--dialect', 'oracle'], benchmark),
    /pg or sqlite, not oracle/,
  );
});
