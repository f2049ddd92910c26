import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readConfig } from '../src/config.ts';

test('reads the environment', () => {
  assert.deepEqual(
    readConfig({ PORT: '9000', HOST: '127.0.0.1', OTEL_SERVICE_NAME: 'x' }),
    { service: 'x', host: '127.0.0.1', port: 9000, logLevel: 'info' },
  );
});

test('has defaults', () => {
  assert.deepEqual(readConfig({}), {
    service: '${{ values.name }}',
    host: '0.0.0.0',
    port: 8080,
    logLevel: 'info',
  });
});

test('refuses what is wrong', () => {
  assert.throws(() => readConfig({ PORT: 'eighty' }), /PORT/);
  assert.throws(() => readConfig({ LOG_LEVEL: 'loud' }), /LOG_LEVEL/);
});
