import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import type { ProvisioningConfig } from '../config';
import type { Drivers } from '../effects/drivers';
import type { LocalHost } from '../effects/localHost';
import type { HeldLease, Leases } from '../leases';
import type { People } from '../people/people';

/** What running effects needs. */
export interface RunnerCore {
  db: Knex;
  config: Pick<ProvisioningConfig, 'practiceMs'>;
  logger: LoggerService;
  leases: Leases;
  drivers: Drivers;
  people: Pick<People, 'stillMay'>;
  now(): number;
  /** What runs on this computer; undefined in a portal without it. */
  localHost(): LocalHost | undefined;
  /** The lease `local-host`, while this replica holds it. */
  localLease(): HeldLease | undefined;
  /** Takes secrets out of a text. */
  redact(text: string): string;
  /** Tells screens that something of a request is new. */
  announce(requestIds: readonly string[]): void;
  /** Times, ms; the usual ones where left out. */
  times?: Partial<RunnerTimes>;
}

/** Times of a runner, ms. */
export interface RunnerTimes {
  /** How often a run that waits looks whether somebody asked it to stop. */
  look: number;
  /** How long it waits when something it needs is away. */
  away: number;
  /** How long what was sent may take after a cancel. */
  cancel: number;
  /** How long a stopping portal waits for what was sent. */
  stop: number;
}

/** The usual times. */
export const RUNNER_TIMES: RunnerTimes = {
  look: 500,
  away: 2_000,
  cancel: 60_000,
  stop: 10_000,
};

/** How often an effect is begun in one run, when it is never there afterwards. */
export const MOST_ATTEMPTS = 5;
