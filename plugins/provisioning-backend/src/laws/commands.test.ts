import { TestDatabases } from '@backstage/backend-test-utils';
import {
  decide,
  planDeploy,
  type Command,
  type ObservedFacts,
} from '@fawkes/backstage-plugin-provisioning-common/rules';
import { inTransaction } from '@fawkes/kit-backend/sql';
import fc from 'fast-check';
import type { Knex } from 'knex';
import { acceptPlain, runnerOn, timePasses } from '../__testUtils__/harness';
import { killAfter } from '../__testUtils__/killAfter';
import { ledgerFaults } from '../__testUtils__/ledgerFaults';
import { effortOn } from '@fawkes/kit-backend-test';
import { World, type Play } from '../__testUtils__/world';
import { beginRun, destructionOf, remainingOf } from '../ledger/begin';
import { MIGRATIONS } from '../store/database';
import { read } from '../store/json';
import {
  requestWithId,
  revisionOf,
  runWithId,
  specOf,
} from '../store/requests';
import {
  EFFECT_TYPES,
  type EffectType,
} from '@fawkes/backstage-plugin-provisioning-common';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const PLAYS: readonly Play[] = [
  'done',
  'done',
  'lost',
  'nothing',
  'failed',
  'permanent',
  'person',
];

/** What happens to a request, one after the other. */
type Happening =
  | { do: 'command'; command: 'retry' | 'deploy' | 'rollback' | 'destroy' }
  /** Somebody cancels in the middle of what goes on. */
  | { do: 'cancel'; after: EffectType }
  /** The process dies after so many statements. */
  | { do: 'die'; statements: number }
  | { do: 'go on' };

const happening: fc.Arbitrary<Happening> = fc.oneof(
  fc.record({
    do: fc.constant('command' as const),
    command: fc.constantFrom('retry', 'deploy', 'rollback', 'destroy'),
  }),
  fc.record({
    do: fc.constant('cancel' as const),
    after: fc.constantFrom<EffectType>(
      'repo:ensure',
      'service:build',
      'repo:remove',
    ),
  }),
  fc.record({
    do: fc.constant('die' as const),
    statements: fc.integer({ min: 1, max: 120 }),
  }),
  fc.constant({ do: 'go on' as const }),
);

const story = fc.record({
  onFailure: fc.constantFrom('continue' as const, 'undo' as const),
  plays: fc.array(
    fc.tuple(fc.constantFrom(...EFFECT_TYPES), fc.constantFrom(...PLAYS)),
    { maxLength: 12 },
  ),
  unreadable: fc.uniqueArray(fc.constantFrom(...EFFECT_TYPES), {
    maxLength: 2,
  }),
  happenings: fc.array(happening, { minLength: 1, maxLength: 7 }),
});

/**
 * Whatever people ask for, whatever the world answers and whenever the process
 * dies: nothing is done twice, nothing is sent blind, the ledger knows of all that
 * is outside, and a request is never lost: it can be brought to an end.
 */
describe.each(databases.eachSupportedId())('any story of a request, %s', id => {
  let db: Knex;
  let count = 0;
  beforeAll(async () => {
    db = await databases.init(id);
    await db.migrate.latest({ directory: MIGRATIONS });
  });
  const { params, timeout } = effortOn(id, { sqlite: 40, postgres: 12 });

  it(
    'ends as the ledger says',
    async () => {
      await fc.assert(
        fc.asyncProperty(
          story,
          async ({ onFailure, plays, unreadable, happenings }) => {
            const world = new World();
            for (const [type, play] of plays) world.play(type, play);
            unreadable.forEach(type => world.unreadable.add(type));
            const { id: requestId } = await acceptPlain(db, {
              name: `story-${++count}`,
              onFailure,
            });
            for (const each of happenings)
              await happen(db, world, requestId, each);
            await goOn(db, world);
            expect(await ledgerFaults(db, world, requestId)).toEqual([]);

            // Whatever it met, it can be taken down once the world is well again.
            world.plays.clear();
            world.unreadable.clear();
            for (let tries = 0; tries < 3; tries++) {
              await command(db, requestId, 'destroy');
              await goOn(db, world);
            }
            const request = (await requestWithId(db, requestId))!;
            expect(request.state).toBe('destroyed');
            expect(await ledgerFaults(db, world, requestId)).toEqual([]);
            expect(world.faults).toEqual([]);
            const markers = world.made.map(({ marker }) => marker);
            expect(new Set(markers).size).toBe(markers.length);
            const left = await db('effects')
              .where('request_id', requestId)
              .whereIn('type', [
                'repo:ensure',
                'service:deploy',
                'catalog:entity:ensure',
              ])
              .whereIn('state', ['done', 'unknown', 'sent']);
            expect(left).toEqual([]);
          },
        ),
        params,
      );
    },
    timeout,
  );
});

async function happen(
  db: Knex,
  world: World,
  requestId: string,
  what: Happening,
): Promise<void> {
  if (what.do === 'command') await command(db, requestId, what.command);
  if (what.do === 'go on') await goOn(db, world);
  if (what.do === 'cancel') {
    world.after = async ({ effect, run }) => {
      if (effect.type !== what.after) return;
      world.after = async () => {};
      const { kind } = run;
      const outcome = decide('cancel', {
        state: kind === 'destroy' ? 'destroying' : 'running',
      });
      if (outcome.do !== 'cancel') return;
      await db('runs')
        .where({ id: run.id, state: 'running' })
        .whereNull('asked')
        .update({ asked: 'cancelled', asked_at: Date.now() });
    };
  }
  if (what.do === 'die') {
    const mortal = killAfter(db, what.statements);
    const runner = runnerOn({ db, world });
    try {
      const end = runner.settle().catch(() => undefined);
      await Promise.race([end, mortal.death]);
      runner.abandon();
      await end;
    } finally {
      mortal.bury();
    }
  }
}

async function goOn(db: Knex, world: World): Promise<void> {
  await timePasses(db);
  await runnerOn({ db, world }).settle();
}

/** A command as its use case carries it out; what the state refuses is refused. */
async function command(
  db: Knex,
  requestId: string,
  asked: Extract<Command, 'retry' | 'deploy' | 'rollback' | 'destroy'>,
): Promise<void> {
  await inTransaction(db, async tx => {
    const request = (await requestWithId(tx, requestId))!;
    const run = await runWithId(tx, request.run_id);
    const outcome = decide(asked, { state: request.state, runKind: run.kind });
    if (outcome.do !== 'begin' && outcome.do !== 'supersede') return;
    if (outcome.do === 'supersede') {
      await tx('runs')
        .where({ request_id: requestId, state: 'running' })
        .update({ asked: 'superseded', asked_at: Date.now() });
    }
    const revision = await revisionOf(tx, request);
    const spec = specOf(request, revision);
    const common = {
      state: outcome.state,
      initiator: { ref: request.requester, rights: 'owner' as const },
      revision: 1,
    };
    if (asked === 'retry') {
      const rest = await remainingOf(tx, run);
      await beginRun(
        tx,
        request,
        { ...common, kind: run.kind, ...rest },
        Date.now(),
      );
    } else if (asked === 'destroy') {
      const rest = await destructionOf(tx, request, spec, false);
      await beginRun(
        tx,
        request,
        { ...common, kind: 'destroy', ...rest },
        Date.now(),
      );
    } else {
      const facts = read<ObservedFacts>(revision.facts);
      const effects = planDeploy(asked, spec, facts);
      await beginRun(
        tx,
        request,
        { ...common, kind: asked, effects },
        Date.now(),
      );
    }
  });
}
