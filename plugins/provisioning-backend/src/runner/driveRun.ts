import { setTimeout as pause } from 'node:timers/promises';
import type { EffectType } from '@fawkes/backstage-plugin-provisioning-common';
import { nextStep } from '@fawkes/backstage-plugin-provisioning-common/rules';
import type {
  EffectContext,
  EffectDriver,
  EffectOutput,
  EffectRequest,
} from '../effects/driver';
import type { HeldLease } from '../leases';
import { Ledger, NotSoError } from '../ledger/ledger';
import { keptBundle } from '../store/bundles';
import { read } from '../store/json';
import {
  effectRequestOf,
  effectsOf,
  effectsOfRun,
  requestWithId,
  runWithId,
} from '../store/requests';
import type { EffectRow, RunRow } from '../store/tables';
import { say } from '../words';
import { RUNNER_TIMES, type RunnerCore, type RunnerTimes } from './core';
import { EffectLog } from './effectLog';
import { finishRun } from './finishRun';
import { lookUp, make } from './flight';

/** An effect that its driver has in hand. */
interface Flight {
  readonly abort: AbortController;
  readonly done: Promise<void>;
  /** What it answers is not waited for any more, nor written down. */
  given?: 'up';
}

/** How driving a run ended here. */
export type Driven =
  /** It is over. */
  | 'ended'
  /** What is left of it is for the holder of the local host. */
  | 'elsewhere';

/**
 * Drives one run to its end under its lease: begins, looks up, skips and waits as
 * `nextStep` says, writing each step down before and after.
 */
export class RunDrive {
  readonly #flights = new Map<string, Flight>();
  readonly #ledger: Ledger;
  readonly #times: RunnerTimes;
  #failure: unknown;

  constructor(
    private readonly core: RunnerCore,
    private readonly runId: string,
    private readonly held: HeldLease,
    private readonly stopping: AbortSignal,
  ) {
    this.#ledger = new Ledger(core.leases, held.lease, runId, core.now);
    this.#times = { ...RUNNER_TIMES, ...core.times };
  }

  /**
   * @throws LeaseLostError, or whatever the database says
   */
  async drive(): Promise<Driven> {
    try {
      await this.#ledger.recover();
      for (;;) {
        const driven = await this.#step();
        if (driven) return driven;
      }
    } finally {
      await this.#land();
    }
  }

  async #step(): Promise<Driven | undefined> {
    if (this.#failure) throw this.#failure;
    this.held.signal.throwIfAborted();
    this.stopping.throwIfAborted();
    const run = await runWithId(this.core.db, this.runId);
    if (run.state !== 'running') return 'ended';
    await this.#heed(run);
    const effects = await effectsOfRun(this.core.db, this.runId);
    const step = nextStep({
      direction: run.direction,
      asked: run.asked ?? undefined,
      effects: effects.map(effect => ({
        id: effect.id,
        state: effect.state,
        dependsOn: read<string[]>(effect.depends_on),
        unreadable: Boolean(effect.unreadable),
      })),
    });
    if (step.end && this.#flights.size === 0) {
      const ended = await finishRun(this.core, this.#ledger, run, step.end);
      this.core.announce([run.request_id]);
      return ended ? 'ended' : undefined;
    }
    if (step.skip.length > 0) {
      await this.#skip(step.skip);
      return undefined;
    }
    const open = [
      ...step.lookUp.map(id => ({ id, blind: false })),
      ...step.begin.map(id => ({ id, blind: true })),
    ].filter(({ id }) => !this.#flights.has(id));
    if (open.length > 0) {
      const request = await this.#request(run);
      const byId = new Map(effects.map(effect => [effect.id, effect]));
      for (const { id, blind } of open) {
        this.#launch(run, request, byId.get(id)!, blind);
      }
    }
    if (this.#flights.size === 0) return 'elsewhere';
    await this.#something();
    return undefined;
  }

  /** What somebody asked of the run meanwhile. */
  async #heed(run: RunRow): Promise<void> {
    if (run.asked === 'superseded') {
      for (const { abort } of this.#flights.values()) abort.abort();
    }
    if (run.asked !== 'cancelled') return;
    const waited = this.core.now() - Number(run.asked_at);
    if (waited < this.#times.cancel * 0.95) return;
    for (const { abort } of this.#flights.values()) abort.abort();
    if (waited < this.#times.cancel) return;
    for (const [id, flight] of this.#flights) {
      flight.given = 'up';
      this.#flights.delete(id);
      await this.#tell(id, 'lose', {
        reason: say('run.cancel_late'),
        unreadable: true,
      });
    }
  }

  async #skip(ids: readonly string[]): Promise<void> {
    await this.#ledger.fenced(async tx => {
      for (const id of ids) {
        await this.#ledger.tellIn(tx, id, 'skip', {
          reason: say('run.not_begun'),
        });
      }
    });
  }

  /** Waits until a flight has landed, or it is time to look again. */
  async #something(): Promise<void> {
    const look = new AbortController();
    await Promise.race([
      ...[...this.#flights.values()].map(({ done }) => done),
      pause(this.#times.look, undefined, { signal: look.signal }).catch(
        () => undefined,
      ),
      aborted(this.held.signal, look.signal),
      aborted(this.stopping, look.signal),
    ]);
    look.abort();
  }

  #launch(
    run: RunRow,
    request: EffectRequest,
    effect: EffectRow,
    blind: boolean,
  ): void {
    const driver = this.core.drivers.of(effect.type, request);
    const local = driver?.place === 'local-host';
    if (local && !this.core.localLease()) return;
    const abort = new AbortController();
    const flight: Flight = {
      abort,
      done: this.#fly(run, request, effect, { driver, blind, abort })
        .catch(error => {
          // Who asked too late or was overtaken looks again.
          if (!(error instanceof NotSoError)) this.#failure ??= error;
        })
        .finally(() => {
          if (this.#flights.get(effect.id) === flight) {
            this.#flights.delete(effect.id);
          }
        }),
    };
    this.#flights.set(effect.id, flight);
  }

  async #fly(
    run: RunRow,
    request: EffectRequest,
    effect: EffectRow,
    how: { driver?: EffectDriver; blind: boolean; abort: AbortController },
  ): Promise<void> {
    const { driver, blind, abort } = how;
    if (!driver) {
      const reason = say('run.no_driver', {
        host: request.spec.repository.host,
      });
      await this.#tell(effect.id, 'fail', { reason, needsPerson: true });
      return;
    }
    let current = effect;
    if (blind) {
      const allowed = await this.#mayGoOn(run, request, effect, abort.signal);
      if (allowed === undefined) return;
      if (!allowed) {
        const reason = say('run.rights_gone', { initiator: run.initiator });
        await this.#tell(effect.id, 'fail', { reason });
        return;
      }
      const sent = await this.#ledger.send(effect.id);
      if (!sent) return;
      current = sent;
      this.core.announce([request.id]);
    }
    const log = new EffectLog({
      ledger: this.#ledger,
      runId: run.id,
      effectId: effect.id,
      now: this.core.now,
      redact: this.core.redact,
    });
    const context = await this.#context(run, request, current, {
      driver,
      abort,
      log,
    });
    const landing = await (blind ? make : lookUp)(
      driver,
      context,
      this.core.redact,
    );
    await log.flush();
    if (this.#isGivenUp(effect.id, abort)) return;
    await this.#tell(effect.id, landing.event, landing.told);
  }

  #isGivenUp(id: string, abort: AbortController): boolean {
    return this.#flights.get(id)?.abort !== abort;
  }

  /** Whether the run's person still has their rights; undefined when nobody can say. */
  async #mayGoOn(
    run: RunRow,
    request: EffectRequest,
    effect: EffectRow,
    signal: AbortSignal,
  ): Promise<boolean | undefined> {
    try {
      return await this.core.people.stillMay(
        { ref: run.initiator, rights: run.rights },
        request.owner,
      );
    } catch (error) {
      this.core.logger.warn('Nobody can say whether a run may go on', {
        runId: run.id,
        error: String(error),
      });
      const reason = say('run.rights_unknown', { initiator: run.initiator });
      if (effect.reason === null) {
        await this.#ledger.wait(effect.id, reason);
        this.core.announce([request.id]);
      }
      await pause(this.#times.away, undefined, { signal }).catch(
        () => undefined,
      );
      return undefined;
    }
  }

  async #tell(...[id, event, told]: Parameters<Ledger['tell']>): Promise<void> {
    await this.#ledger.tell(id, event, told);
    const { request_id: requestId } = await runWithId(this.core.db, this.runId);
    this.core.announce([requestId]);
  }

  async #request(run: RunRow): Promise<EffectRequest> {
    const row = await requestWithId(this.core.db, run.request_id);
    if (!row) throw new Error(`There is no request ${run.request_id}`);
    return effectRequestOf(this.core.db, row, run.revision);
  }

  async #context(
    run: RunRow,
    request: EffectRequest,
    effect: EffectRow,
    with_: { driver: EffectDriver; abort: AbortController; log: EffectLog },
  ): Promise<EffectContext> {
    const { driver, abort, log } = with_;
    const { db } = this.core;
    const local =
      driver.place === 'local-host' ? this.core.localLease() : undefined;
    const signal = AbortSignal.any([
      abort.signal,
      this.held.signal,
      this.stopping,
      ...(local ? [local.signal] : []),
    ]);
    const outputs = outputsOf(await effectsOf(db, request.id));
    return {
      request,
      run: {
        id: run.id,
        kind: run.kind,
        initiator: run.initiator,
        ...(run.wanted_commit && { commit: run.wanted_commit }),
        ...(run.wanted_digest && { digest: run.wanted_digest }),
        ...(run.purge && { purge: true }),
      },
      effect: {
        id: effect.id,
        type: effect.type,
        attempt: effect.attempts,
        marker: `${run.root_id}/${effect.id}`,
      },
      bundle: () => keptBundle(db, request.bundleDigest),
      outputOf: type => outputs.get(type),
      log: (text, stream) => log.add(text, stream),
      beforeCall: () => {
        signal.throwIfAborted();
        this.held.check();
        local?.check();
      },
      signal,
    };
  }

  /**
   * Lets what is in the air come down. What does not, keeps the lease until it
   * runs out: nobody may look for what may yet be made.
   */
  async #land(): Promise<void> {
    const flights = [...this.#flights.values()];
    if (flights.length === 0) return;
    for (const { abort } of flights) abort.abort();
    const down = Promise.all(flights.map(({ done }) => done)).then(() => true);
    const landed = await Promise.race([
      down,
      pause(this.#times.stop, false, { ref: false }),
    ]);
    if (!landed) this.held.abandon();
  }
}

/** What the newest done effect of each type left. */
export function outputsOf(
  effects: readonly EffectRow[],
): ReadonlyMap<EffectType, EffectOutput> {
  return new Map(
    effects
      .filter(({ state }) => state === 'done')
      .map(({ type, output }) => [type, read<EffectOutput>(output)]),
  );
}

/** Resolves when a signal aborts; lets go of it when nobody waits any more. */
function aborted(signal: AbortSignal, waiting: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), {
      once: true,
      signal: waiting,
    });
  });
}
