import { TestDatabases } from '@backstage/backend-test-utils';
import { inTransaction } from '@fawkes/kit-backend/sql';
import type { Knex } from 'knex';
import { acceptPlain, runnerOn, timePasses } from '../__testUtils__/harness';
import { killAfter } from '../__testUtils__/killAfter';
import { ledgerFaults } from '../__testUtils__/ledgerFaults';
import { World } from '../__testUtils__/world';
import { beginRun, destructionOf } from '../ledger/begin';
import { MIGRATIONS } from '../store/database';
import { requestWithId, revisionOf, specOf } from '../store/requests';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

/**
 * The crash walk: a process is thrown away after its first, second, third, …
 * statement against the database, whatever that was; another one goes on. In the
 * end the ledger and the world say the same, and nothing was made twice or blind.
 */
describe.each(databases.eachSupportedId())('the crash walk, %s', id => {
  let db: Knex;
  beforeAll(async () => {
    db = await databases.init(id);
    await db.migrate.latest({ directory: MIGRATIONS });
  });

  /** Every statement in the soak; enough of them for the middle of each step here. */
  const few = id.startsWith('SQLITE') ? 5 : 11;
  const stride = process.env.FAWKES_RUNS === undefined ? few : 1;

  it('ends the same wherever the process dies', async () => {
    let deaths = 0;
    for (let statements = 1; ; statements += stride) {
      const world = new World();
      const { id: requestId } = await acceptPlain(db, {
        name: `walk-${statements}`,
      });
      const createDied = await dieAfter(db, world, statements);
      await goOn(db, world);
      expect((await requestWithId(db, requestId))!.state).toBe('ready');

      await beginDestroy(db, requestId);
      const destroyDied = await dieAfter(db, world, statements);
      await goOn(db, world);
      expect((await requestWithId(db, requestId))!.state).toBe('destroyed');

      expect(world.faults).toEqual([]);
      expect(await ledgerFaults(db, world, requestId)).toEqual([]);
      const markers = world.made.map(({ marker }) => marker);
      expect(new Set(markers).size).toBe(markers.length);
      if (!createDied && !destroyDied) break;
      deaths += Number(createDied) + Number(destroyDied);
    }
    // It walked through the middle of both runs, and not past them.
    expect(deaths).toBeGreaterThan(100 / stride);
  }, 600_000);
});

/** Drives what goes on until so many statements were made; says whether it died. */
async function dieAfter(
  db: Knex,
  world: World,
  statements: number,
): Promise<boolean> {
  const mortal = killAfter(db, statements);
  const runner = runnerOn({ db, world });
  try {
    // What a dead process says is heard by nobody.
    const end = runner.settle().catch(() => undefined);
    await Promise.race([end, mortal.death]);
    if (!mortal.died()) return false;
    runner.abandon();
    await end;
    return true;
  } finally {
    mortal.bury();
  }
}

async function goOn(db: Knex, world: World): Promise<void> {
  await timePasses(db);
  await runnerOn({ db, world }).settle();
}

function beginDestroy(db: Knex, requestId: string): Promise<string> {
  return inTransaction(db, async tx => {
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
}
