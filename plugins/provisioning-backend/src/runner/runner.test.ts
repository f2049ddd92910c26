import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import {
  acceptPlain,
  runnerOn,
  timePasses,
  type RunnerOptions,
} from '../__testUtils__/harness';
import { World, type Play } from '../__testUtils__/world';
import { beginRun, destructionOf, remainingOf } from '../ledger/begin';
import { MIGRATIONS } from '../store/database';
import {
  requestWithId,
  runWithId,
  revisionOf,
  specOf,
} from '../store/requests';
import { inTransaction } from '@fawkes/kit-backend/sql';
import type { EffectType } from '@fawkes/backstage-plugin-provisioning-common';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

describe.each(databases.eachSupportedId())('runs, %s', id => {
  let db: Knex;
  let world: World;
  let count = 0;
  beforeAll(async () => {
    db = await databases.init(id);
    await db.migrate.latest({ directory: MIGRATIONS });
  });
  beforeEach(() => {
    world = new World();
  });
  const accept = (other: object = {}) =>
    acceptPlain(db, { name: `svc-${++count}`, ...other });
  const settle = (options: Partial<RunnerOptions> = {}) =>
    runnerOn({ db, world, ...options }).settle();
  const stateOf = async (requestId: string) => {
    const request = (await requestWithId(db, requestId))!;
    const run = await runWithId(db, request.run_id);
    return { request: request.state, run: run.state };
  };
  const effects = async (requestId: string) => {
    const rows = await db('effects')
      .where('effects.request_id', requestId)
      .join('runs', 'runs.id', 'effects.run_id')
      .orderBy(['runs.number', 'effects.position'])
      .select('effects.id', 'effects.state', 'effects.attempts');
    return rows.map(row => `${row.id} ${row.state}`);
  };
  const again = (requestId: string) =>
    inTransaction(db, async tx => {
      const request = (await requestWithId(tx, requestId))!;
      const run = await runWithId(tx, request.run_id);
      return beginRun(
        tx,
        request,
        {
          kind: run.kind,
          state: 'running',
          initiator: { ref: run.initiator, rights: run.rights },
          revision: 1,
          ...(await remainingOf(tx, run)),
        },
        Date.now(),
      );
    });
  const destroy = (requestId: string) =>
    inTransaction(db, async tx => {
      const request = (await requestWithId(tx, requestId))!;
      const spec = specOf(request, await revisionOf(tx, request));
      return beginRun(
        tx,
        request,
        {
          kind: 'destroy',
          state: 'destroying',
          initiator: { ref: request.requester, rights: 'owner' },
          revision: 1,
          ...(await destructionOf(tx, request, spec, false)),
        },
        Date.now(),
      );
    });

  it('write an effect down as sent before it is made', async () => {
    const { runId } = await accept();
    world.before = async ({ effect }) => {
      const row = await db('effects')
        .where({ run_id: runId, id: effect.id })
        .first('state', 'attempts');
      if (row.state !== 'sent' || row.attempts !== effect.attempt) {
        world.faults.push(`${effect.id} is ${row.state} as it is made`);
      }
    };
    await settle();
    expect(world.faults).toEqual([]);
    expect(world.made).toHaveLength(6);
  });

  it.each<[Play, string, string]>([
    ['failed', 'failed', 'failed'],
    ['permanent', 'failed', 'failed'],
    ['person', 'needs_person', 'needs_person'],
  ])(
    'that meet %s end as %s, and skip the rest',
    async (play, request, run) => {
      const { id: requestId } = await accept();
      world.play('service:build', play);
      await settle();
      expect(await stateOf(requestId)).toEqual({ request, run });
      expect(await effects(requestId)).toEqual(
        expect.arrayContaining([
          'repo:ensure done',
          'service:build failed',
          'service:deploy skipped',
          'events:tell skipped',
        ]),
      );
    },
  );

  it('look up what got no answer, and never send it blind', async () => {
    const { id: requestId } = await accept();
    world.play('repo:ensure', 'lost');
    world.play('service:build', 'nothing');
    await settle();
    expect(await stateOf(requestId)).toEqual({ request: 'ready', run: 'done' });
    expect(world.faults).toEqual([]);
    expect(world.calls.filter(call => call.endsWith('repo:ensure'))).toEqual([
      'make repo:ensure',
      'look repo:ensure',
    ]);
    expect(world.calls.filter(call => call.endsWith('service:build'))).toEqual([
      'make service:build',
      'look service:build',
      'make service:build',
    ]);
  });

  it('stop asking after five times', async () => {
    const { id: requestId } = await accept();
    world.play('repo:ensure', ...Array<Play>(9).fill('nothing'));
    await settle();
    expect(await stateOf(requestId)).toEqual({
      request: 'failed',
      run: 'failed',
    });
    expect(
      world.calls.filter(call => call === 'make repo:ensure'),
    ).toHaveLength(5);
  });

  it('wait for a person where nothing can be looked up; a retry looks first', async () => {
    const { id: requestId } = await accept();
    world.play('repo:ensure', 'lost');
    world.unreadable.add('repo:ensure');
    await settle();
    expect(await stateOf(requestId)).toEqual({
      request: 'needs_person',
      run: 'needs_person',
    });
    world.unreadable.clear();
    world.calls.length = 0;
    await again(requestId);
    await settle();
    expect(await stateOf(requestId)).toEqual({ request: 'ready', run: 'done' });
    expect(world.calls.find(call => call.endsWith('repo:ensure'))).toBe(
      'look repo:ensure',
    );
    expect(world.faults).toEqual([]);
    expect(
      world.made.filter(({ type }) => type === 'repo:ensure'),
    ).toHaveLength(1);
  });

  it('go on after a retry where they stopped, and make nothing twice', async () => {
    const { id: requestId } = await accept();
    world.play('service:build', 'failed');
    await settle();
    await again(requestId);
    await settle();
    expect(await stateOf(requestId)).toEqual({ request: 'ready', run: 'done' });
    // A run that an earlier test left behind is driven here as well.
    const types = world.made
      .filter(made => made.requestId === requestId)
      .map(({ type }) => type);
    expect(types).toEqual([...new Set(types)]);
    expect(types).toHaveLength(6);
  });

  it('take back what they made, where that was wished', async () => {
    const { id: requestId } = await accept({ onFailure: 'undo' });
    world.play('service:build', 'failed');
    await settle();
    expect(await stateOf(requestId)).toEqual({
      request: 'failed',
      run: 'failed',
    });
    expect(await effects(requestId)).toEqual(
      expect.arrayContaining([
        'repo:ensure undone',
        'repo:remove done',
        'name:reserve done',
      ]),
    );
    // And a retry makes it anew.
    await again(requestId);
    await settle();
    expect(await stateOf(requestId)).toEqual({ request: 'ready', run: 'done' });
    expect(await effects(requestId)).toContain('repo:ensure done');
  });

  it('take everything back in reverse order, and free the name last', async () => {
    const { id: requestId } = await accept();
    await settle();
    world.made.length = 0;
    await destroy(requestId);
    await settle();
    expect(await stateOf(requestId)).toEqual({
      request: 'destroyed',
      run: 'done',
    });
    const order = world.made.map(({ type }) => type);
    expect(order.at(-1)).toBe('name:release');
    expect(order.indexOf('service:remove')).toBeLessThan(
      order.indexOf('repo:remove'),
    );
    expect((await requestWithId(db, requestId))!.name_key).toBeNull();
  });

  it('go on with a destroy that stopped, and do nothing of it twice', async () => {
    const { id: requestId } = await accept();
    await settle();
    world.made.length = 0;
    world.play('repo:remove', 'failed');
    await destroy(requestId);
    await settle();
    expect((await stateOf(requestId)).request).toBe('destroy_incomplete');
    expect((await requestWithId(db, requestId))!.failed_destroys).toBe(1);
    await destroy(requestId);
    await settle();
    expect((await stateOf(requestId)).request).toBe('destroyed');
    const types = world.made.map(({ type }) => type);
    expect(new Set(types).size).toBe(types.length);
  });

  it('tell owner and platform after three destroys that failed', async () => {
    const { id: requestId } = await accept();
    await settle();
    world.play('repo:remove', 'failed', 'failed', 'failed');
    const needed = async () => {
      const letters = await db('outbox')
        .where('kind', 'event')
        .where('payload', 'like', '%provisioning.request.needs_person%')
        .pluck('payload');
      return letters.filter(letter => letter.includes(requestId)).length;
    };
    const told = [];
    for (let tries = 0; tries < 3; tries++) {
      await destroy(requestId);
      await settle();
      told.push(await needed());
    }
    expect(told).toEqual([0, 0, 1]);
  });

  it('begin nothing more once they are cancelled, and wait for what was sent', async () => {
    const { id: requestId, runId } = await accept();
    world.after = async ({ effect }) => {
      if (effect.type !== 'repo:ensure') return;
      await db('runs')
        .where('id', runId)
        .update({ asked: 'cancelled', asked_at: Date.now() });
    };
    await settle();
    expect(await stateOf(requestId)).toEqual({
      request: 'cancelled',
      run: 'cancelled',
    });
    expect(await effects(requestId)).toEqual([
      'name:reserve done',
      'repo:ensure done',
      'catalog:entity:ensure skipped',
      'service:build skipped',
      'service:deploy skipped',
      'events:tell skipped',
    ]);
  });

  it('leave as unknown what does not end in time after a cancel', async () => {
    const { id: requestId, runId } = await accept();
    world.play('repo:ensure', 'hangs');
    const drive = settle({ times: { cancel: 200 } });
    await until(async () => world.calls.includes('make repo:ensure'));
    await db('runs')
      .where('id', runId)
      .update({ asked: 'cancelled', asked_at: Date.now() });
    await drive;
    expect((await stateOf(requestId)).request).toBe('cancelled');
  });

  it('are ended by newer ones, which begin only then', async () => {
    const { id: requestId } = await accept();
    await settle();
    const deployRun = (number: string) =>
      inTransaction(db, async tx => {
        const request = (await requestWithId(tx, requestId))!;
        const running = await tx('runs')
          .where({ request_id: requestId, state: 'running' })
          .update({ asked: 'superseded', asked_at: Date.now() });
        const run = await beginRun(
          tx,
          request,
          {
            kind: 'deploy',
            state: 'running',
            initiator: { ref: request.requester, rights: 'owner' },
            revision: 1,
            commit: number.repeat(40),
            effects: [effectOf('service:deploy')],
          },
          Date.now(),
        );
        return { running, run };
      });
    world.play('service:deploy', 'hangs');
    const older = await deployRun('1');
    const drive = settle();
    await until(
      async () =>
        world.calls.filter(call => call === 'make service:deploy').length === 2,
    );
    const newer = await deployRun('2');
    await drive;
    await settle();
    expect((await runWithId(db, older.run)).state).toBe('superseded');
    expect((await runWithId(db, newer.run)).state).toBe('done');
    expect(await stateOf(requestId)).toEqual({ request: 'ready', run: 'done' });
  });

  it('ask before each effect whether their person still may', async () => {
    const { id: requestId } = await accept();
    let asked = 0;
    await settle({ stillMay: async () => ++asked <= 2 });
    expect(await stateOf(requestId)).toEqual({
      request: 'failed',
      run: 'failed',
    });
    const { reason } = (await requestWithId(db, requestId))!;
    expect(JSON.parse(reason!)).toMatchObject({ code: 'run.rights_gone' });
    expect(world.made).toHaveLength(2);
  });

  it('wait while nobody can say whether somebody may', async () => {
    const { id: requestId } = await accept();
    let asked = 0;
    const said = async () => {
      const all = db('effects').where('request_id', requestId);
      const reasons: string[] = await all
        .whereNotNull('reason')
        .pluck('reason');
      return reasons.map(reason => JSON.parse(reason).code);
    };
    let meanwhile: string[] = [];
    await settle({
      stillMay: async () => {
        asked += 1;
        if (asked === 3) meanwhile = await said();
        if (asked < 3) throw new Error('The catalog is away');
        return true;
      },
    });
    expect((await stateOf(requestId)).request).toBe('ready');
    expect(meanwhile).toContain('run.rights_unknown');
    expect(await said()).toEqual([]);
  });

  it('need somebody where no driver is', async () => {
    const { id: requestId } = await accept();
    await settle({ drivers: [] });
    expect((await stateOf(requestId)).request).toBe('needs_person');
  });

  it('are left to the holder of the local host, with what is local', async () => {
    const { id: requestId } = await accept();
    await settle({ drivers: [world.driver('local-host')] });
    expect(world.made).toEqual([]);
    expect(await stateOf(requestId)).toMatchObject({ run: 'running' });
    await settle();
    expect((await stateOf(requestId)).request).toBe('ready');
  });

  it('write nothing once their lease is somebody else’s', async () => {
    const logger = mockServices.logger.mock();
    const { id: requestId } = await accept();
    let stolen = false;
    world.after = async ({ effect }) => {
      if (effect.type !== 'repo:ensure' || stolen) return;
      stolen = true;
      await db('leases').increment('token').update({ until: 0 });
    };
    const slow = runnerOn({ db, world, logger });
    await slow.settle();
    expect(world.calls).toContain('look repo:ensure');
    expect(logger.info).toHaveBeenCalledWith(
      'A run is in other hands now',
      expect.anything(),
    );
    expect((await stateOf(requestId)).request).toBe('ready');
    expect(world.faults).toEqual([]);
    expect(
      world.made.filter(({ type }) => type === 'repo:ensure'),
    ).toHaveLength(1);
  });

  it('keep the lines of their effects', async () => {
    const { runId } = await accept();
    await settle();
    const lines = await db('effect_logs').where('run_id', runId).pluck('text');
    expect(lines).toContain('made repo:ensure');
    await timePasses(db);
  });
});

function effectOf(type: EffectType) {
  const words = { code: 'x', params: {}, text: 'x' };
  return {
    id: type,
    type,
    title: words,
    undo: words,
    undoClass: 'compensating' as const,
    dependsOn: [],
    origin: null,
  };
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) {
    await new Promise(resolve => setTimeout(resolve, 5));
  }
}
