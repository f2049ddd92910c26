import { TestDatabases } from '@backstage/backend-test-utils';
import {
  qualityResponseSchema,
  type QualityResponse,
} from '@fawkes/backstage-plugin-delivery-common';
import { expectContract } from '../__testUtils__/contract';
import { sha } from '../__testUtils__/harness';
import { ago, broken, committed, deployed } from '../__testUtils__/story';
import {
  createTestBackend,
  type TestBackend,
} from '../__testUtils__/testBackend';
import { CART, STRANGER } from '../__testUtils__/testCatalog';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const REPOSITORY = 'acme/cart';
const shas = (count: number) => Array.from({ length: count }, (_, n) => sha(n));
const part = (repository: string, n: number) => ({
  repository,
  sha: sha(`${repository}${n}`),
});
const deployedPart = (id: string, day: number, fields: object) =>
  deployed(id, ago(day), { service: 'cart', ...fields });
const pull = (number: number, fields: object) => ({
  type: 'change',
  kind: 'pull_request',
  source: 'github.com/acme',
  id: `pr${number}`,
  occurredAt: ago(9),
  repository: REPOSITORY,
  number,
  openedAt: ago(10),
  baseBranch: 'main',
  headSha: sha(`head${number}`),
  commits: [],
  labels: [],
  ...fields,
});
const push = (before: string, after: string, commits: string[]) => ({
  type: 'change',
  kind: 'push',
  source: 'github.com/acme',
  id: `${before}..${after}`,
  occurredAt: ago(9),
  repository: REPOSITORY,
  ref: 'refs/heads/main',
  before,
  after,
  complete: true,
  commits,
});

describe.each(databases.eachSupportedId())('bounds, %s', id => {
  let backend: TestBackend;
  beforeEach(async () => {
    backend = await createTestBackend({ db: await databases.init(id) });
  });
  const tell = async (...events: object[]) => {
    const { body } = await backend.me.post('/events', events).expect(202);
    expect(body).toMatchObject({ rejected: 0 });
    await backend.settle();
    return body;
  };
  const quality = async (who = backend.me): Promise<QualityResponse> => {
    const { body } = await who.get('/quality').expect(200);
    return expectContract(qualityResponseSchema, body);
  };

  it('clip texts between characters, count and say it, and once', async () => {
    const long = `${'x'.repeat(511)}😀 and more`;
    const events = [
      { ...committed(REPOSITORY, 1, ago(9)), title: long },
      { ...committed(REPOSITORY, 2, ago(8)), title: 'x'.repeat(512) },
      broken('i', CART, ago(7), { title: `${'x'.repeat(510)}😀 and more` }),
    ];
    await tell(...events);
    const titles = await backend.db('commits').orderBy('sha').pluck('title');
    expect(titles).toEqual(['x'.repeat(511), 'x'.repeat(512)]);
    const [incident] = await backend.db('incidents');
    expect(incident.title).toBe(`${'x'.repeat(510)}😀`);
    expect(await quality()).toMatchObject({ clippedTexts: 2, unknownLists: 0 });
    const again = await tell(...events);
    expect(again).toMatchObject({ accepted: 0, duplicate: 3 });
    expect(await quality()).toMatchObject({ clippedTexts: 2 });
    // It is about the inbox, which not everybody may read.
    backend.policy.set('delivery.intake.read', 'deny');
    expect(await quality(backend.person(STRANGER))).toMatchObject({
      clippedTexts: 0,
    });
  });

  it('write half a character as one nobody could read', async () => {
    await tell(
      { ...committed(REPOSITORY, 1, ago(9)), title: `half ${'😀'[0]} of one` },
      { ...committed(REPOSITORY, 2, ago(8)), title: `${'😀'[1]}` },
    );
    expect(await backend.db('commits').orderBy('sha').pluck('title')).toEqual([
      'half \ufffd of one',
      '\ufffd',
    ]);
    expect(await quality()).toMatchObject({ clippedTexts: 0 });
  });

  it('clip what sources tell as well', async () => {
    const context = {
      version: '0.4.1',
      id: 'c-1',
      source: '/cd',
      type: 'dev.cdevents.incident.detected.0.2.0',
      timestamp: ago(5),
    };
    await backend.me
      .post('/cdevents', {
        specversion: '1.0',
        id: 'c-1',
        source: '/cd',
        type: context.type,
        datacontenttype: 'application/json',
        data: {
          context,
          subject: {
            id: 'INC-1',
            source: '/cd',
            type: 'incident',
            content: {
              service: { id: CART },
              environment: { id: 'production' },
              description: 'x'.repeat(600),
            },
          },
        },
      })
      .set('content-type', 'application/cloudevents+json')
      .expect(202);
    await backend.settle();
    const [{ title }] = await backend.db('incidents');
    expect(title).toBe('x'.repeat(512));
    expect(await quality()).toMatchObject({ clippedTexts: 1 });
  });

  it('never cut a list that numbers are made of: it is unknown, and counted', async () => {
    const history = [1, 2, 3, 4].map(n =>
      committed(REPOSITORY, n, ago(20 - n)),
    );
    await tell(
      ...history,
      deployedPart('d1', 15, part(REPOSITORY, 1)),
      // Nothing of it is taken for "these 10,000 and no more".
      deployedPart('d2', 14, {
        ...part(REPOSITORY, 2),
        commits: shas(10_001),
      }),
      deployedPart('d3', 13, {
        parts: [{ ...part(REPOSITORY, 3), commits: shas(10_001) }],
      }),
    );
    await tell(
      deployedPart('d4', 12, {
        ...part(REPOSITORY, 4),
        parts: Array.from({ length: 101 }, (_, n) => part(`acme/x${n}`, 1)),
      }),
      {
        ...committed(REPOSITORY, 5, ago(11)),
        paths: Array.from({ length: 5_001 }, (_, n) => `f${n}`),
      },
      push(sha('acme/cart5'), sha('acme/cart6'), shas(10_001)),
      pull(1, { commits: shas(10_001), mergedAt: ago(9) }),
    );
    const deployments = await backend
      .db('deployments')
      .orderBy('ext_id')
      .select('ext_id', 'method', 'changes');
    expect(deployments).toMatchObject([
      { ext_id: 'd1' },
      { ext_id: 'd2', method: 'reachability', changes: 1 },
      { ext_id: 'd3', method: 'reachability', changes: 1 },
      { ext_id: 'd4', method: 'reachability', changes: 1 },
    ]);
    const [commit] = await backend
      .db('commits')
      .where('sha', sha('acme/cart5'));
    expect(commit.paths).toBeNull();
    const [told] = await backend.db('pushes');
    expect(Boolean(told.complete)).toBe(false);
    expect(await backend.db('push_edges')).toEqual([]);
    const [request] = await backend.db('pull_requests');
    expect([request.commits, request.found_by]).toEqual(['[]', 'gap']);
    expect(await quality()).toMatchObject({ unknownLists: 6 });
  });

  it('keep lists that are as long as they may be', async () => {
    await tell(
      deployedPart('d1', 15, part(REPOSITORY, 1)),
      deployedPart('d2', 14, { ...part(REPOSITORY, 2), commits: shas(10_000) }),
    );
    const [, d2] = await backend.db('deployments').orderBy('ext_id');
    expect(d2).toMatchObject({ method: 'explicit-list', changes: 10_000 });
    expect(await quality()).toMatchObject({ unknownLists: 0 });
    const { body } = await backend.me.get(`/deployments/${d2.key}`).expect(200);
    expect(body.changes).toHaveLength(1_000);
    expect(body.changesCut).toBe(true);
  });
});
