import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { after, before, test } from 'node:test';
import { portalConfigEnvironment, portalPorts } from '../lib/portalConfig.mjs';
import { freePort, isFree, ownerOf, refuseIfTaken } from '../lib/ports.mjs';

const server = createServer();
let port;

before(async () => {
  await new Promise(resolve => server.listen(0, resolve));
  port = server.address().port;
});
after(() => server.close());

test('a port somebody listens on is not free', async () => {
  assert.equal(await isFree(port), false);
  assert.equal(await isFree(await freePort()), true);
});

test(
  'the holder of a port is found',
  { skip: process.platform !== 'linux' },
  () => {
    assert.equal(ownerOf(port).pid, process.pid);
    assert.match(ownerOf(port).command, /node/);
  },
);

test('a taken port is refused with a way out', async () => {
  await assert.rejects(
    refuseIfTaken(port, 'the backend', 'FAWKES_BACKEND_PORT'),
    error => {
      assert.match(error.message, new RegExp(`Port ${port}.*backend.*taken`));
      assert.match(
        error.advice.join('\n'),
        /FAWKES_BACKEND_PORT=\d+ npm start/,
      );
      return true;
    },
  );
});

test('ports come from the environment and nonsense is refused', () => {
  assert.deepEqual(portalPorts({}), { app: 3000, backend: 7007 });
  assert.equal(portalPorts({ FAWKES_APP_PORT: '3100' }).app, 3100);
  for (const bad of ['eighty', '0', '65536', '80.5']) {
    assert.throws(
      () => portalPorts({ FAWKES_BACKEND_PORT: bad }),
      /not a port/,
    );
  }
});

test('only what differs from app-config.yaml is overridden', () => {
  assert.deepEqual(portalConfigEnvironment({ app: 3000, backend: 7007 }), {});
  assert.deepEqual(
    portalConfigEnvironment({ app: 3100, backend: 7107, dataDir: '/data' }),
    {
      APP_CONFIG_app_baseUrl: '"http://localhost:3100"',
      APP_CONFIG_backend_cors_origin: '"http://localhost:3100"',
      APP_CONFIG_backend_baseUrl: '"http://localhost:7107"',
      APP_CONFIG_backend_listen: '{"port":7107}',
      APP_CONFIG_backend_database_connection_directory: '"/data"',
      APP_CONFIG_provisioning_local_directory: '"/data/provisioning"',
    },
  );
});
