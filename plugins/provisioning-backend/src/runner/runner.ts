import { select } from '@fawkes/kit-backend/sql';
import { setTimeout as pause } from 'node:timers/promises';
import { databaseNow, HeldLease, LeaseLostError, monotonic } from '../leases';
import {
  effectRequestOf,
  effectsOfRun,
  requestWithId,
} from '../store/requests';
import { tables, type RunRow } from '../store/tables';
import { RUNNER_TIMES, type RunnerCore } from './core';
import { RunDrive } from './driveRun';
import { leaseName } from './finishRun';

/** Most runs that one process drives at once. */
const MOST_RUNS = 20;
/** How many runs are looked at for one that may be taken. */
const LOOK_AT = 100;

/**
 * Takes runs that nobody drives, and drives them. Any number of replicas share
 * the work; one run is in one pair of hands, by its lease.
 */
export class Runner {
  readonly #drives = new Map<string, Promise<void>>();
  readonly #held = new Map<string, HeldLease>();
  /** Runs that met an error here, and until when they are left alone. */
  readonly #resting = new Map<string, number>();
  readonly #stopping = new AbortController();

  constructor(private readonly core: RunnerCore) {}

  /** Takes what may be taken; a step of a worker. */
  readonly claim = async (): Promise<number> => {
    this.#wake();
    const { signal } = this.#stopping;
    if (signal.aborted || this.#drives.size >= MOST_RUNS) return 0;
    let taken = 0;
    for (const run of await this.#free()) {
      if (signal.aborted || this.#drives.size >= MOST_RUNS) break;
      if (await this.#take(run)) taken += 1;
    }
    return taken;
  };

  /** Drives everything to where it goes without further asking; for tests and scripts. */
  async settle(): Promise<void> {
    try {
      for (;;) {
        const taken = await this.claim();
        if (this.#drives.size > 0) await Promise.race(this.#drives.values());
        else if (taken === 0 && this.#resting.size === 0) return;
        else await pause(this.#restMs());
      }
    } finally {
      await Promise.all(this.#drives.values());
    }
  }

  /** Lets go of all runs: what was sent comes to an end, or is looked up by the next. */
  async stop(): Promise<void> {
    this.#stopping.abort(new Error('The portal stops'));
    await Promise.all(this.#drives.values());
  }

  /** As if this process had died: nothing is written, and no lease given back. */
  abandon(): void {
    this.#stopping.abort(new Error('The portal is gone'));
    for (const held of this.#held.values()) held.abandon();
  }

  /** Runs that go on and are in nobody's hands, the oldest of each request. */
  async #free(): Promise<RunRow[]> {
    const { db } = this.core;
    const now = await databaseNow(db);
    const query = db('runs')
      .leftJoin('leases', 'leases.name', db.raw(`'run/' || runs.id`))
      .where('runs.state', 'running')
      .where(free =>
        free.whereNull('leases.until').orWhere('leases.until', '<', now),
      )
      .whereNotExists(older =>
        older
          .from('runs as older')
          .whereRaw('older.request_id = runs.request_id')
          .whereRaw('older.number < runs.number')
          .where('older.state', 'running')
          .select(db.raw('1')),
      )
      .orderBy(['runs.started_at', 'runs.id'])
      .limit(LOOK_AT);
    const rows = await select(query, tables.runs);
    return rows.filter(
      ({ id }) => !this.#resting.has(id) && !this.#drives.has(id),
    );
  }

  /** What met an error was left alone for long enough. */
  #wake(): void {
    const now = monotonic();
    for (const [id, until] of this.#resting) {
      if (until <= now) this.#resting.delete(id);
    }
  }

  #restMs(): number {
    return { ...RUNNER_TIMES, ...this.core.times }.away;
  }

  async #take(run: RunRow): Promise<boolean> {
    if (!(await this.#isForHere(run))) return false;
    const held = await HeldLease.take(this.core.leases, leaseName(run.id));
    if (!held) return false;
    this.#held.set(run.id, held);
    const drive = this.#drive(run, held).finally(() => {
      this.#drives.delete(run.id);
      this.#held.delete(run.id);
    });
    this.#drives.set(run.id, drive);
    return true;
  }

  /** What is left of it may be for the holder of the local host only. */
  async #isForHere(run: RunRow): Promise<boolean> {
    const { db, drivers, localLease } = this.core;
    const effects = await effectsOfRun(db, run.id);
    const open = effects.filter(({ state, unreadable }) =>
      state === 'unknown' ? !unreadable : ['planned', 'sent'].includes(state),
    );
    if (open.length === 0 || localLease() || run.asked) return true;
    const row = await requestWithId(db, run.request_id);
    if (!row) return false;
    const request = await effectRequestOf(db, row, run.revision);
    return open.some(
      ({ type }) => drivers.of(type, request)?.place !== 'local-host',
    );
  }

  async #drive(run: RunRow, held: HeldLease): Promise<void> {
    const { logger } = this.core;
    try {
      await new RunDrive(
        this.core,
        run.id,
        held,
        this.#stopping.signal,
      ).drive();
    } catch (error) {
      if (this.#stopping.signal.aborted) return;
      if (error instanceof LeaseLostError) {
        logger.info('A run is in other hands now', { runId: run.id });
        return;
      }
      this.#resting.set(run.id, monotonic() + this.#restMs());
      logger.error('A run could not be driven on; it is taken up again', {
        runId: run.id,
        error: String(error),
      });
    } finally {
      if (!held.signal.aborted) {
        await held.release().catch(error => {
          logger.warn('A lease could not be given back; it runs out', {
            runId: run.id,
            error: String(error),
          });
        });
      }
    }
  }
}
