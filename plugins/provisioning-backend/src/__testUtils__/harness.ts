import { mockServices } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { v7 as uuid } from 'uuid';
import { Drivers } from '../effects/drivers';
import type { EffectDriver } from '../effects/driver';
import { Leases } from '../leases';
import type { RunnerCore } from '../runner/core';
import { Runner } from '../runner/runner';
import type { World } from './world';

export { acceptPlain, plainSpec } from './acceptPlain';

/** What of a runner a test decides. */
export interface RunnerOptions {
  db: Knex;
  world: World;
  /** Who still may; everybody where left out. */
  stillMay?: RunnerCore['people']['stillMay'];
  drivers?: EffectDriver[];
  holder?: string;
  ttlMs?: number;
  times?: RunnerCore['times'];
  logger?: RunnerCore['logger'];
}

/** What a runner of a test works with. */
export function runnerCore(options: RunnerOptions): RunnerCore {
  const { db, world, holder = `test/${uuid()}`, ttlMs } = options;
  return {
    db,
    config: { practiceMs: 86_400_000 },
    logger: options.logger ?? mockServices.logger.mock(),
    leases: new Leases({ db, holder, ttlMs }),
    drivers: new Drivers(() => options.drivers ?? [world.driver()]),
    people: { stillMay: options.stillMay ?? (async () => true) },
    now: () => Date.now(),
    localHost: () => undefined,
    localLease: () => undefined,
    redact: text => text,
    announce: () => {},
    times: { look: 10, away: 10, stop: 2_000, ...options.times },
  };
}

/** A process that drives runs, without the rest of a portal. */
export function runnerOn(options: RunnerOptions): Runner {
  return new Runner(runnerCore(options));
}

/** Whatever held a lease is dead: as if its minute had passed. */
export async function timePasses(db: Knex): Promise<void> {
  await db('leases').update({ until: 0 });
}
