import { TestDatabases } from '@backstage/backend-test-utils';
import type {
  RequestState,
  RunKind,
} from '@fawkes/backstage-plugin-provisioning-common';
import {
  decide,
  type Command,
} from '@fawkes/backstage-plugin-provisioning-common/rules';
import { MIRA } from '../__testUtils__/organisation';
import {
  bodyOf,
  createTestBackend,
  type TestBackend,
} from '../__testUtils__/testBackend';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

const STATES: readonly RequestState[] = [
  'accepted',
  'running',
  'updating',
  'ready',
  'failed',
  'needs_person',
  'cancelled',
  'destroying',
  'destroy_incomplete',
  'destroyed',
  'forgotten',
];

const RUN_KINDS: Partial<Record<RequestState, RunKind>> = {
  updating: 'update',
  destroying: 'destroy',
  destroy_incomplete: 'destroy',
  destroyed: 'destroy',
  forgotten: 'destroy',
};

describe('state × command, over HTTP', () => {
  let backend: TestBackend;
  let count = 0;
  beforeAll(async () => {
    backend = await createTestBackend({
      db: await databases.init('SQLITE_3'),
      settings: { quota: { perOwner: 10_000, running: 10_000 } },
    });
    backend.localHost.green = {
      commit: 'c'.repeat(40),
      digest: 'd'.repeat(64),
    };
    backend.localHost.releases = [
      {
        digest: 'e'.repeat(64),
        commit: 'c'.repeat(40),
        healthy: true,
        current: false,
        kind: 'deploy',
        state: 'healthy',
        reason: null,
        at: new Date(0).toISOString(),
        by: MIRA,
        runId: 'r',
      },
    ];
    backend.localHost.merges = { outcome: 'merged', commit: 'a'.repeat(40) };
  });

  /** A request in a state, as a row: what leads there is tried elsewhere. */
  async function inState(state: RequestState) {
    const name = `table-${++count}`;
    const body = await bodyOf(name);
    const { body: made } = await backend
      .person(MIRA)
      .post('/requests', body)
      .expect(202);
    await backend.settle();
    const busy = ['accepted', 'running', 'updating', 'destroying'].includes(
      state,
    );
    await backend
      .db('runs')
      .where('id', made.runId)
      // A run that goes on in nobody's hands here: its lease is held.
      .update({
        kind: RUN_KINDS[state] ?? 'create',
        state: busy ? 'running' : 'done',
      });
    await backend
      .db('leases')
      .where('name', `run/${made.runId}`)
      .update({ until: busy ? Date.now() + 3_600_000 : 0 });
    await backend
      .db('requests')
      .where('id', made.id)
      .update({
        state,
        revision: 2,
        ...(state === 'destroyed' && { name_key: null }),
      });
    const revision = await backend
      .db('revisions')
      .where('request_id', made.id)
      .first('*');
    await backend.db('revisions').insert({ ...revision, revision: 2 });
    return { ...made, body, name } as {
      id: string;
      runId: string;
      specDigest: string;
      name: string;
      body: Awaited<ReturnType<typeof bodyOf>>;
    };
  }

  const SENDS: Record<
    Command,
    (made: Awaited<ReturnType<typeof inState>>) => {
      path: string;
      body: object;
      platform?: boolean;
    }
  > = {
    same_spec: made => ({ path: '/requests', body: made.body }),
    other_spec: made => ({
      path: '/requests',
      body: {
        ...made.body,
        spec: { ...made.body.spec, description: 'Something else' },
      },
    }),
    update: made => ({
      path: '/requests',
      body: {
        ...made.body,
        spec: { ...made.body.spec, description: 'Something else' },
        mode: 'update',
        ifDigest: made.specDigest,
      },
    }),
    cancel: ({ id }) => ({ path: `/requests/${id}/cancel`, body: {} }),
    retry: ({ id }) => ({ path: `/requests/${id}/retry`, body: {} }),
    deploy: ({ id }) => ({ path: `/requests/${id}/deploy`, body: {} }),
    rollback: ({ id }) => ({ path: `/requests/${id}/rollback`, body: {} }),
    merge: ({ id }) => ({
      path: `/requests/${id}/merge`,
      body: { revision: 2, head: 'b'.repeat(40) },
    }),
    destroy: ({ id, name }) => ({
      path: `/requests/${id}/destroy`,
      body: { confirm: name },
    }),
    forget: ({ id }) => ({
      path: `/requests/${id}/forget`,
      body: { reason: 'It shall stay' },
      platform: true,
    }),
    start: ({ id }) => ({ path: `/requests/${id}/start`, body: {} }),
    stop: ({ id }) => ({ path: `/requests/${id}/stop`, body: {} }),
    transfer: ({ id }) => ({
      path: `/requests/${id}/transfer`,
      body: { to: 'group:default/shop' },
    }),
  };

  const CELLS = STATES.flatMap(state =>
    (Object.keys(SENDS) as Command[]).map(command => ({ state, command })),
  );

  it.each(CELLS)('$state, $command', async ({ state, command }) => {
    const made = await inState(state);
    const { path, body, platform } = SENDS[command](made);
    const post = async () => backend.person(MIRA).post(path, body);
    const answer = platform ? await backend.asPlatform(post) : await post();
    const wanted = wantedOf(command, state, made);
    expect(answer.body).toMatchObject(wanted.body);
    expect(answer.status).toBe(wanted.status);
    expect(answer.body.id === made.id).toBe(wanted.same.request);
    expect(answer.body.runId === made.runId).toBe(wanted.same.run);
    const row = await backend
      .db('requests')
      .where('id', made.id)
      .first('state');
    const run = await backend.db('runs').where('id', made.runId).first('asked');
    expect({ ...row, ...run }).toMatchObject(wanted.rows);
    if (wanted.runs) await backend.settle();
    // What goes on in nobody's hands would keep the others waiting.
    await backend
      .db('runs')
      .where('request_id', made.id)
      .update({ state: 'done' });
  });
});

type MadeRequest = { id: string; runId: string };

/** What a cell of the table means over HTTP. */
interface Wanted {
  status: number;
  body: object;
  /** Whether the answer is about the same request and run. */
  same: { request: boolean; run: boolean };
  rows: object;
  /** Whether something goes on that the test waits for. */
  runs?: boolean;
}

/** Only the description differs. */
const DIFFERENCES = [
  { path: 'description', before: 'Takes payments', after: 'Something else' },
];

function refusedWith(
  code: string,
  state: RequestState | undefined,
  made: MadeRequest,
): Wanted {
  const details: Record<string, object> = {
    RUN_IN_PROGRESS: { runId: made.runId },
    SPEC_DIFFERS: { differences: DIFFERENCES },
  };
  return {
    status: 409,
    body: {
      error: {
        name: 'ConflictError',
        code,
        ...(state && { state }),
        details: details[code] ?? {},
      },
    },
    same: { request: false, run: false },
    rows: {},
  };
}

function wantedOf(
  command: Command,
  state: RequestState,
  made: MadeRequest,
): Wanted {
  if (command === 'update' && state === 'destroyed') {
    // There is none of the name to update.
    return refusedWith('STALE_DIGEST', undefined, made);
  }
  const outcome = decide(command, {
    state,
    runKind: RUN_KINDS[state] ?? 'create',
    service: 'healthy',
  });
  const answered = (over: Partial<Wanted>): Wanted => ({
    status: 200,
    body: {},
    same: { request: true, run: true },
    rows: {},
    ...over,
  });
  switch (outcome.do) {
    case 'refuse':
      return refusedWith(outcome.code, state, made);
    case 'begin':
      return answered({
        status: 202,
        body: { state: outcome.state },
        same: { request: true, run: false },
        runs: true,
      });
    case 'attach':
    case 'existing':
      return answered({ rows: { state } });
    case 'new':
      return answered({
        status: 202,
        same: { request: false, run: false },
        runs: true,
      });
    case 'cancel':
      return answered({ rows: { asked: 'cancelled' } });
    case 'set':
      return answered({
        rows: { state: outcome.state },
        same: { request: true, run: false },
      });
    case 'proceed':
      return answered({
        status: command === 'merge' ? 202 : 200,
        same: { request: true, run: false },
        runs: command === 'merge',
      });
    default:
      throw new Error(`${outcome.do} is in no cell of this table`);
  }
}
