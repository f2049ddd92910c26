import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { createApp } from '../src/app.ts';

function start(context: TestContext) {
  const lines: Record<string, unknown>[] = [];
  const app = createApp(
    { service: 'under-test', logLevel: 'info' },
    { write: line => void lines.push(JSON.parse(line)) },
  );
  context.after(() => app.server.close());
  return { ...app, lines };
}

test('serves a page that loads nothing from elsewhere', async context => {
  const { server } = start(context);
  const answer = await server.inject('/');
  assert.equal(answer.statusCode, 200);
  assert.match(String(answer.headers['content-type']), /^text\/html/);
  assert.match(String(answer.headers['content-security-policy']), /default-src 'self'/);
  assert.match(answer.body, /<h1>.+<\/h1>/);
  const [, style] = /href="([^"]+)"/.exec(answer.body) ?? [];
  assert.equal((await server.inject(String(style))).statusCode, 200);
});

test('is healthy, and not ready while it goes down', async context => {
  const { server, drain } = start(context);
  assert.equal((await server.inject('/health')).statusCode, 200);
  assert.equal((await server.inject('/ready')).statusCode, 200);
  drain();
  assert.equal((await server.inject('/ready')).statusCode, 503);
  assert.equal((await server.inject('/health')).statusCode, 200);
});

test('measures requests by route', async context => {
  const { server } = start(context);
  await server.inject('/');
  await server.inject('/nowhere/7');
  const { body } = await server.inject('/metrics');
  assert.match(body, /http_request_duration_seconds_count\{[^}]*route="\/"[^}]*\} 1/);
  assert.match(body, /route="unmatched"/);
  assert.doesNotMatch(body, /nowhere/);
});

test('logs JSON with the correlation id, and answers with it', async context => {
  const { server, lines } = start(context);
  const answer = await server.inject({
    url: '/health',
    headers: {
      'x-correlation-id': 'from-caller',
      traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
    },
  });
  assert.equal(answer.headers['x-correlation-id'], 'from-caller');
  const line = lines.find(({ msg }) => msg === 'request completed');
  assert.equal(line?.correlationId, 'from-caller');
  assert.equal(line?.traceId, '4bf92f3577b34da6a3ce929d0e0e4736');
  assert.equal(line?.service, 'under-test');
  assert.equal(line?.level, 'info');
});

test('takes no correlation id that a log cannot hold', async context => {
  const { server } = start(context);
  const answer = await server.inject({
    url: '/health',
    headers: { 'x-correlation-id': 'a b{}' },
  });
  assert.match(String(answer.headers['x-correlation-id']), /^[0-9a-f-]{36}$/);
});
