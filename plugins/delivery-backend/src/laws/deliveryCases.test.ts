import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { mockCredentials, TestDatabases } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import eventsPlugin from '@backstage/plugin-events-backend';
import { eventsServiceFactory } from '@backstage/plugin-events-node';
import deliveryModuleGithub from '@fawkes/backstage-plugin-delivery-backend-module-github';
import { parseAllDocuments } from 'yaml';
import { githubWebhooks } from '../__testUtils__/githubWebhooks';
import { createTestBackend } from '../__testUtils__/testBackend';

/**
 * Inputs that were answered wrongly once, kept beside the checkout: what the
 * project says itself about each kind is in its own tests, which do without.
 */
const CHECKOUT = resolve(__dirname, '../../../..');
const CASES =
  process.env.DELIVERY_CASES ??
  ['../shared', '../../shared']
    .map(shared => join(CHECKOUT, shared, 'data/delivery-cases'))
    .find(existsSync);
const SECRET = 'the secret GitHub shares with the portal';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const known = CASES ? describe : describe.skip;

/** The catalog over HTTP, as far as whoever tells the cases looks at it. */
const catalogPlugin = (entities: Entity[]) =>
  createBackendPlugin({
    pluginId: 'catalog',
    register(env) {
      env.registerInit({
        deps: { http: coreServices.httpRouter },
        async init({ http }) {
          http.use((_, response) => {
            response.end(JSON.stringify(entities));
          });
        },
      });
    },
  });

/** Tells the cases over HTTP and compares; resolves with what was said. */
async function run(portal: string, names: readonly string[]): Promise<string> {
  const child = spawn(
    process.execPath,
    [
      join(CASES!, 'run.mjs'),
      '--check',
      ...names.map(name => join(CASES!, name)),
    ],
    {
      env: {
        ...process.env,
        NODE_OPTIONS: '',
        PORTAL: portal,
        TOKEN: mockCredentials.user.token(),
        SECRET,
        DOCS: CHECKOUT,
      },
    },
  );
  let said = '';
  child.stdout.on('data', text => (said += text));
  child.stderr.on('data', text => (said += text));
  await new Promise(done => child.on('close', done));
  return said.trim();
}

known.each(databases.eachSupportedId())(
  `cases of ${CASES ?? 'shared/data (not beside this checkout)'}, %s`,
  id => {
    it('are answered as EXPECTED says', async () => {
      const entities = parseAllDocuments(
        readFileSync(join(CASES!, 'catalog.yaml'), 'utf8'),
      ).map(document => document.toJS() as Entity);
      const backend = await createTestBackend({
        db: await databases.init(id),
        others: await databases.init('SQLITE_3'),
        entities,
        features: [
          eventsPlugin,
          githubWebhooks,
          deliveryModuleGithub,
          eventsServiceFactory,
          catalogPlugin(entities),
        ],
        ownEvents: true,
        config: {
          events: {
            useEventBus: 'never',
            modules: { github: { webhookSecret: SECRET } },
          },
        },
      });
      const { port } = backend.server.address() as AddressInfo;
      const only = process.env.DELIVERY_CASE?.split(',') ?? [];
      const said = await run(`http://localhost:${port}`, only);
      const [, right, tried] = /(\d+) of (\d+) right$/.exec(said) ?? [];
      expect({ said, all: right !== undefined && right === tried }).toEqual({
        said,
        all: true,
      });
    }, 300_000);
  },
);
