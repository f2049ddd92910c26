import { TestDatabases } from '@backstage/backend-test-utils';
import {
  changeResponseSchema,
  deploymentResponseSchema,
  qualityResponseSchema,
  type DeploymentResponse,
} from '@fawkes/backstage-plugin-delivery-common';
import { expectContract } from '../__testUtils__/contract';
import { sha } from '../__testUtils__/harness';
import { walkPages } from '../__testUtils__/pages';
import { ago, broken, committed, deployed } from '../__testUtils__/story';
import {
  createTestBackend,
  type TestBackend,
} from '../__testUtils__/testBackend';
import { CART, STRANGER } from '../__testUtils__/testCatalog';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const REPOSITORY = 'acme/cart';
const NAMES = ['10', '9', 'B', 'a', 'ä', '\u{1F680} one'];
const part = (repository: string, n: number) => ({
  repository,
  sha: sha(`${repository}${n}`),
});
const pull = (number: number, mergedAt: string | undefined, n: number) => ({
  type: 'change',
  kind: 'pull_request',
  source: 'github.com/acme',
  id: `pr${number}`,
  occurredAt: ago(2),
  repository: REPOSITORY,
  number,
  openedAt: ago(20),
  ...(mergedAt && { mergedAt }),
  baseBranch: 'main',
  headBranch: `branch-${number}`,
  headSha: sha(`acme/cart${n}`),
  commits: [sha(`acme/cart${n}`)],
  labels: [],
  title: `Request ${number}`,
});

describe.each(databases.eachSupportedId())('lists, %s', id => {
  let backend: TestBackend;
  beforeEach(async () => {
    backend = await createTestBackend({ db: await databases.init(id) });
  });
  const tell = async (...events: object[]) => {
    const { body } = await backend.me.post('/events', events).expect(202);
    expect(body).toMatchObject({ rejected: 0 });
    await backend.settle();
  };
  const idsOf = async (path: string, limit: number = 2) => {
    const items = await walkPages<{ id: string }>(async cursor => {
      const { body } = await backend.me.get(`${path}&limit=${limit}${cursor}`);
      return body;
    }, 9);
    return items.map(item => item.id);
  };
  const keysOf = async (): Promise<Record<string, string>> =>
    Object.fromEntries(
      (await backend.db('deployments')).map(row => [row.ext_id, row.key]),
    );
  const open = async (
    key: string,
    who = backend.me,
  ): Promise<DeploymentResponse> => {
    const { body } = await who.get(`/deployments/${key}`).expect(200);
    return expectContract(deploymentResponseSchema, body);
  };

  it("of one instant go by the sender's id, and so do neighbours", async () => {
    const odd = (n: number) => NAMES[(n * 5) % NAMES.length];
    await tell(
      ...NAMES.map((_, n) =>
        deployed(odd(n), ago(5), { service: 'cart', source: `ci-${n % 2}` }),
      ),
      ...NAMES.map((_, n) => broken(odd(n), CART, ago(4))),
      // It reached nobody, and is nobody's neighbour.
      deployed('a1', ago(5), { service: 'cart', status: 'failure' }),
    );
    const newestFirst = [...NAMES].reverse();
    const listed = await idsOf(`/deployments?scope=${CART}`);
    expect(listed.filter(name => name !== 'a1')).toEqual(newestFirst);
    expect(await idsOf(`/incidents?scope=${CART}`)).toEqual(newestFirst);
    const keys = await keysOf();
    for (const [n, name] of NAMES.entries()) {
      const { previous, next } = await open(keys[name]);
      expect([previous?.id, name, next?.id]).toEqual([
        NAMES[n - 1],
        name,
        NAMES[n + 1],
      ]);
    }
    const { previous, next } = await open(keys.a1);
    expect([previous?.id, next?.id]).toEqual(['a', 'ä']);
  });

  it('go on after the longest name there may be', async () => {
    const names = ['漢', '字'].map(letter => letter.repeat(512));
    const source = '源'.repeat(200);
    await tell(
      ...names.map(name => deployed(name, ago(5), { service: 'cart', source })),
      ...names.map(name => broken(name, CART, ago(4), { source })),
    );
    expect(await idsOf(`/deployments?scope=${CART}`, 1)).toEqual(names);
    expect(await idsOf(`/incidents?scope=${CART}`, 1)).toEqual(names);
  });

  it('give a commit in several requests to the one merged first', async () => {
    await tell(
      ...[1, 2].map(n => committed(REPOSITORY, n, ago(20 - n))),
      pull(3, undefined, 2),
      pull(4, ago(10), 2),
      pull(5, ago(12), 2),
      pull(6, ago(12), 2),
      deployed('d1', ago(15), { service: 'cart', ...part(REPOSITORY, 1) }),
      deployed('d2', ago(8), { service: 'cart', ...part(REPOSITORY, 2) }),
    );
    const { changes } = await open((await keysOf()).d2);
    expect(changes.map(change => change.pullRequest?.number)).toEqual([5]);
  });

  it('know what a request is made of by the pushes to its branch', async () => {
    const pushed = (ref: string, before: number | null, after: number) => ({
      type: 'change',
      kind: 'push',
      source: 'github.com/acme',
      id: `${ref} ${after}`,
      occurredAt: ago(13),
      repository: REPOSITORY,
      ref: `refs/heads/${ref}`,
      ...(before === null
        ? { created: true }
        : { before: sha(`acme/cart${before}`), complete: true }),
      after: sha(`acme/cart${after}`),
      commits: [sha(`acme/cart${after}`)],
    });
    await tell(
      ...[1, 2, 3].map(n => committed(REPOSITORY, n, ago(20 - n))),
      pushed('branch-7', null, 2),
      pushed('branch-7', 2, 3),
      { ...pull(7, ago(12), 3), commits: [] },
      deployed('d1', ago(15), { service: 'cart', ...part(REPOSITORY, 1) }),
      deployed('d2', ago(8), { service: 'cart', ...part(REPOSITORY, 3) }),
    );
    const { changes } = await open((await keysOf()).d2);
    expect(changes.map(change => change.pullRequest?.number)).toEqual([7, 7]);
    const key = Buffer.from(
      JSON.stringify(['pull_request', `github.com/${REPOSITORY}`, '7']),
    ).toString('base64url');
    const { body } = await backend.me.get(`/changes/${key}`).expect(200);
    expect(
      expectContract(changeResponseSchema, body).change.commits.sort(),
    ).toEqual([sha('acme/cart2'), sha('acme/cart3')]);
  });

  it('name the repositories that begin with a deployment, but hidden ones', async () => {
    await tell(
      ...[1, 2].map(n => committed(REPOSITORY, n, ago(20 - n))),
      ...['acme/x', 'acme/secret'].map(name => committed(name, 1, ago(19))),
      deployed('d1', ago(15), { service: 'cart', ...part(REPOSITORY, 1) }),
      deployed('d2', ago(8), {
        service: 'cart',
        parts: [part(REPOSITORY, 2), part('acme/x', 1), part('acme/secret', 1)],
      }),
    );
    const { d1, d2 } = await keysOf();
    expect(await open(d1)).toMatchObject({
      deployment: { seed: true },
      seedRepositories: ['github.com/acme/cart'],
    });
    expect(await open(d2)).toMatchObject({
      deployment: { seed: false },
      seedRepositories: ['github.com/acme/secret', 'github.com/acme/x'],
    });
    expect(await open(d2, backend.person(STRANGER))).toMatchObject({
      seedRepositories: ['github.com/acme/x'],
    });
  });

  it('of data quality say when there is more', async () => {
    const quality = async () => {
      const { body } = await backend.me.get('/quality').expect(200);
      return expectContract(qualityResponseSchema, body);
    };
    const many = (count: number) => Array.from({ length: count }, (_, n) => n);
    await tell(
      ...many(100).map(n =>
        deployed(`u${n}`, ago(9), part(`nobody/has${n}`, 1)),
      ),
      ...many(100).map(n =>
        broken(`i${n}`, CART, ago(9), { causedBy: `cause ${n}` }),
      ),
    );
    expect(await quality()).toMatchObject({ cut: [] });
    await tell(
      deployed('u', ago(9), part('nobody/has', 1)),
      broken('i', CART, ago(9), { causedBy: 'cause' }),
    );
    const { cut, unmapped, unknownCauses } = await quality();
    expect(cut).toEqual(['unmapped', 'unknownCauses']);
    expect([unmapped.length, unknownCauses.length]).toEqual([100, 100]);
  });
});
