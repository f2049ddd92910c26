import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { countOf } from '@fawkes/kit-contract';
import { Child } from '../../bench/lib/child';
import { Databases, openKnex, type Dialect } from '../../bench/lib/databases';
import { Random } from '../../bench/lib/random';
import { acceptPlain } from '../../plugins/provisioning-backend/src/__testUtils__/acceptPlain';
import { MIGRATIONS } from '../../plugins/provisioning-backend/src/store/database';
import { madeIn } from './fileWorld';
import type { Options } from './options';
import type { RunnerSettings } from './runner';

type Report = { report: 'settled' } | { report: 'failed'; error: string };

/**
 * Many requests are brought to their end by a process that is killed (`kill -9`)
 * again and again. In the end each is ready, and the world has everything once.
 *
 * @returns what went wrong; nothing is the aim
 */
export async function crashOn(
  dialect: Dialect,
  { requests, kills, seed }: Options,
  say: (text: string) => void,
): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'soak-provisioning-'));
  const databases = new Databases({
    dialect,
    migrate: db => db.migrate.latest({ directory: MIGRATIONS }),
  });
  const faults: string[] = [];
  try {
    const { address } = await databases.create('soak_provisioning');
    const settings: RunnerSettings = {
      database: address,
      world: join(folder, 'world'),
      ttlMs: 1_000,
    };
    const db = openKnex(address);
    for (let n = 0; n < requests; n++) {
      await acceptPlain(db, { name: `svc-${n}` });
    }
    const random = new Random(seed, kills);
    let settled = false;
    const hear = (report: Report | { report: 'ready' }) => {
      if (report.report === 'settled') settled = true;
      if (report.report === 'failed') faults.push(report.error);
    };
    for (let death = 0; death <= kills && !settled; death++) {
      const child = await Child.start<object, Report>(
        join(__dirname, 'runner'),
        settings,
        hear,
      );
      child.send({ order: 'settle' });
      if (death === kills) await child.gone;
      else {
        await Promise.race([child.gone, pause(200 + random.next() * 1_500)]);
        await child.kill();
        say(
          `death ${death + 1}: there so far: ${countOf(
            madeIn(settings.world).length,
            'thing',
          )}`,
        );
      }
    }
    if (!settled) faults.push('The last process ended before it had settled');
    faults.push(...(await missing(db, settings.world, requests)));
    await db.destroy();
    say(`${countOf(requests, 'request')} and ${countOf(kills, 'death')}`);
    return faults;
  } finally {
    await databases.removeAll();
    await rm(folder, { recursive: true });
  }
}

/** Where the ledger and the world are not of one mind. */
async function missing(
  db: ReturnType<typeof openKnex>,
  world: string,
  requests: number,
): Promise<string[]> {
  const made = madeIn(world);
  const once = new Set(made);
  const faults: string[] = [];
  if (made.length !== once.size) {
    faults.push(`${made.length - once.size} things were made twice`);
  }
  const ready = await db('requests').where('state', 'ready').pluck('id');
  if (ready.length !== requests) {
    faults.push(`${ready.length} of ${requests} requests are ready`);
  }
  const rows: Array<{ id: string; root_id: string; state: string }> = await db(
    'effects',
  )
    .join('runs', 'runs.id', 'effects.run_id')
    .select('effects.id', 'runs.root_id', 'effects.state');
  const told = new Set(rows.map(({ id, root_id: root }) => `${root}/${id}`));
  for (const { id, root_id: root, state } of rows) {
    if (state !== 'done') faults.push(`${root}/${id} stays ${state}`);
    else if (!once.has(`${root}/${id}`)) faults.push(`${id} was never made`);
  }
  for (const marker of once) {
    if (!told.has(marker)) faults.push(`${marker} is there, and in no ledger`);
  }
  return faults;
}
