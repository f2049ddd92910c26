import { createHmac, randomUUID } from 'node:crypto';
import { mockCredentials, TestDatabases } from '@backstage/backend-test-utils';
import eventsPlugin from '@backstage/plugin-events-backend';
import { eventsServiceFactory } from '@backstage/plugin-events-node';
import deliveryModuleGithub from '@fawkes/backstage-plugin-delivery-backend-module-github';
import definitions from '@octokit/webhooks-examples';
import request from 'supertest';
import { githubWebhooks } from '../__testUtils__/githubWebhooks';
import { sha } from '../__testUtils__/harness';
import { ago } from '../__testUtils__/story';
import {
  createTestBackend,
  type TestBackend,
} from '../__testUtils__/testBackend';

const SECRET = 'the secret GitHub shares with the portal';
const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const EXAMPLES: Array<{ event: string; payload: Record<string, unknown> }> =
  definitions.flatMap(({ name, examples }) =>
    (examples as unknown as Array<Record<string, unknown>>).map(payload => ({
      event: name,
      payload,
    })),
  );

describe.each(databases.eachSupportedId())(
  'GitHub webhooks, %s',
  databaseId => {
    let backend: TestBackend;

    beforeAll(async () => {
      backend = await createTestBackend({
        db: await databases.init(databaseId),
        others: await databases.init('SQLITE_3'),
        features: [
          eventsPlugin,
          githubWebhooks,
          deliveryModuleGithub,
          eventsServiceFactory,
        ],
        ownEvents: true,
        config: {
          events: {
            useEventBus: 'never',
            modules: { github: { webhookSecret: SECRET } },
          },
        },
      });
    });
    afterEach(async () => {
      await backend.settle();
      await backend.db('inbox').delete();
    });

    /** Posts a webhook as GitHub does. */
    const post = (
      event: string,
      body: string,
      headers: Record<string, string> = {},
    ) =>
      request(backend.server)
        .post('/api/events/http/github')
        .set({
          'Content-Type': 'application/json',
          'X-GitHub-Event': event,
          'X-GitHub-Delivery': randomUUID(),
          'X-Hub-Signature-256': sign(body),
          ...headers,
        })
        .send(body);
    const inbox = () => backend.db('inbox').select('*');

    it('keeps every payload GitHub publishes: used, ignored or rejected', async () => {
      expect(EXAMPLES).toHaveLength(329);
      for (let start = 0; start < EXAMPLES.length; start += 20) {
        const answers = await Promise.all(
          EXAMPLES.slice(start, start + 20).map(({ event, payload }) =>
            post(event, JSON.stringify(payload)),
          ),
        );
        expect(new Set(answers.map(({ status }) => status))).toEqual(
          new Set([202]),
        );
      }
      await backend.settle();
      const rows = await inbox();
      expect(rows).toHaveLength(EXAMPLES.length);
      const unexplained = rows.filter(({ state, ignored, path, reason }) => {
        if (state === 'rejected') return !path || !reason;
        return state !== 'processed' || Boolean(ignored) !== Boolean(reason);
      });
      expect(unexplained).toEqual([]);
      const used = rows.filter(
        row => row.state === 'processed' && !row.ignored,
      );
      const count = (event: string) =>
        used.filter(row => JSON.parse(row.headers)['x-github-event'] === event)
          .length;
      expect({
        deployment: count('deployment'),
        deployment_status: count('deployment_status'),
        pull_request: count('pull_request'),
        push: count('push'),
      }).toEqual({
        deployment: 4,
        deployment_status: 4,
        pull_request: 29,
        push: 2,
      });
      for (const row of rows) {
        expect(Object.keys(JSON.parse(row.headers)).sort()).toEqual([
          'x-github-delivery',
          'x-github-event',
        ]);
      }
    });

    it('keeps nothing that is not signed with the secret', async () => {
      const body = JSON.stringify(EXAMPLES[0].payload);
      const bad: Array<Record<string, string>> = [
        { 'X-Hub-Signature-256': sign(body, 'another secret') },
        { 'X-Hub-Signature-256': sign(`${body} `) },
        { 'X-Hub-Signature-256': 'sha256=' },
        { 'X-Hub-Signature-256': '' },
        {
          'X-Hub-Signature-256': '',
          Authorization: mockCredentials.user.header(),
        },
      ];
      for (const headers of bad) {
        const { status, body: answer } = await post('push', body, headers);
        expect(status).toBe(403);
        expect(answer).toEqual({ message: 'invalid signature' });
      }
      expect(await inbox()).toEqual([]);
    });

    it('keeps a delivery once, however often it is sent', async () => {
      const body = JSON.stringify(EXAMPLES[0].payload);
      const headers = { 'X-GitHub-Delivery': randomUUID() };
      await post('push', body, headers).expect(202);
      await Promise.all([1, 2, 3].map(() => post('push', body, headers)));
      expect(await inbox()).toMatchObject([
        { delivery_id: headers['X-GitHub-Delivery'] },
      ]);
    });

    it('keeps deliveries without an id apart by what they say', async () => {
      const headers = { 'X-GitHub-Delivery': '' };
      await post('ping', '{"zen": "one"}', headers).expect(202);
      await post('ping', '{"zen": "two"}', headers).expect(202);
      await post('ping', '{"zen": "two"}', headers).expect(202);
      expect(await inbox()).toHaveLength(2);
    });

    it('keeps what it cannot understand, with the path', async () => {
      await post('deployment_status', '{"action": "created"}').expect(202);
      await post('push', '[1, 2]').expect(202);
      await backend.settle();
      const { body } = await backend.me.get('/rejected').expect(200);
      expect(body.items).toMatchObject([
        {
          source: 'github',
          channel: 'github',
          reason: expect.stringMatching(/./),
        },
        { source: 'github', path: expect.stringMatching(/./) },
      ]);
    });

    it('turns a pull request and its deployment into a lead time', async () => {
      // GitHub publishes no production deployment that finished: some fields of
      // the published examples are edited.
      const edited = (event: string, edits: object) => {
        const found = EXAMPLES.find(example => example.event === event)!;
        return JSON.stringify(merge(found.payload, edits));
      };
      const repository = {
        full_name: 'acme/cart',
        html_url: 'https://github.com/acme/cart',
      };
      const commit = (n: number, at: string) => ({
        ref: 'refs/heads/main',
        before: sha(`gh${n - 1}`),
        after: sha(`gh${n}`),
        created: false,
        deleted: false,
        forced: false,
        repository: {
          ...repository,
          default_branch: 'main',
          master_branch: 'main',
        },
        commits: [
          {
            id: sha(`gh${n}`),
            message: `Commit ${n}`,
            timestamp: at,
            added: [],
            removed: [],
            modified: ['a.ts'],
            distinct: true,
            url: `https://github.com/acme/cart/commit/${sha(`gh${n}`)}`,
            author: { name: 'A', email: 'a@example.com', username: 'a' },
          },
        ],
      });
      const deploy = (id: number, n: number, at: string) => ({
        deployment: {
          id,
          sha: sha(`gh${n}`),
          environment: 'production',
          production_environment: true,
          created_at: at,
          updated_at: at,
        },
        deployment_status: {
          id: id * 10,
          state: 'success',
          environment: 'production',
          created_at: at,
          updated_at: at,
        },
        repository,
      });
      await post('push', edited('push', commit(1, ago(9, 9)))).expect(202);
      await post(
        'deployment_status',
        edited('deployment_status', deploy(1, 1, ago(9, 12))),
      ).expect(202);
      await post('push', edited('push', commit(2, ago(2, 9)))).expect(202);
      await post(
        'deployment_status',
        edited('deployment_status', deploy(2, 2, ago(2, 13))),
      ).expect(202);
      await backend.settle();
      const { body } = await backend.me
        .get('/deployments?scope=component:default/cart')
        .expect(200);
      expect(body.items).toMatchObject([
        { changes: 1, method: 'reachability', leadTime: { value: 4 * 3600 } },
        { seed: true },
      ]);
    });
  },
);

function sign(body: string, secret: string = SECRET): string {
  return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
}

function merge(base: unknown, edits: unknown): unknown {
  if (!isRecord(base) || !isRecord(edits)) return edits;
  const merged = { ...base };
  for (const [name, value] of Object.entries(edits)) {
    merged[name] = merge(merged[name], value);
  }
  return merged;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
