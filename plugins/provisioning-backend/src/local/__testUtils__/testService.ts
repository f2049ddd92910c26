/** A small service without packages, as it is pushed. */
export interface TestServiceOptions {
  /** What it greets with; makes one release differ from another. */
  greeting?: string;
  /** Status of /ready. */
  ready?: number;
  /** Code that runs before it listens. */
  before?: string;
  /** What `npm test` runs. */
  test?: string;
  files?: Record<string, string>;
}

const NAME = { name: 'hello', version: '1.0.0' };

/** Its files. */
export function testService(options: TestServiceOptions = {}) {
  const { greeting = 'hello', ready = 200, before = '', test } = options;
  return {
    'package.json': JSON.stringify({
      ...NAME,
      type: 'module',
      scripts: {
        start: 'node src/main.mjs',
        test: test ?? 'node --test test/*.mjs',
      },
    }),
    'package-lock.json': JSON.stringify({
      ...NAME,
      lockfileVersion: 3,
      packages: { '': NAME },
    }),
    'test/main.mjs': `
      import test from 'node:test';
      import assert from 'node:assert';
      test('greets', () => assert.ok(${JSON.stringify(greeting)}));
    `,
    'src/main.mjs': `
      import { createServer } from 'node:http';
      ${before}
      const server = createServer((request, response) => {
        const { url, method, headers } = request;
        if (url === '/health') return response.end('ok');
        if (url === '/ready') return response.writeHead(${ready}).end();
        if (url === '/exit') process.exit(3);
        if (url === '/slow') return setTimeout(() => response.end('slow'), 1000);
        if (url === '/env') return response.end(JSON.stringify(process.env));
        if (url === '/cookies') return response.writeHead(200, ['Set-Cookie', 'a=1', 'Set-Cookie', 'b=2']).end();
        if (url === '/echo') return request.pipe(response);
        if (url === '/big') {
          for (let i = 0; i < 64; i++) response.write(Buffer.alloc(65536, 97));
          return response.end();
        }
        response.end(JSON.stringify({ greeting: ${JSON.stringify(
          greeting,
        )}, url, method, headers }));
      });
      server.listen(Number(process.env.PORT), '127.0.0.1', () => console.log('listening'));
      process.on('SIGTERM', () => {
        console.log('bye');
        server.close(() => process.exit(0));
        server.closeIdleConnections();
      });
    `,
    ...options.files,
  };
}
