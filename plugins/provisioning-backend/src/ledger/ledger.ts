import type {
  EffectState,
  Link,
  Origin,
} from '@fawkes/backstage-plugin-provisioning-common';
import {
  afterCrash,
  effectAfter,
  type EffectEvent,
} from '@fawkes/backstage-plugin-provisioning-common/rules';
import { select } from '@fawkes/kit-backend/sql';
import type { Said } from '@fawkes/kit-contract';
import type { Knex } from 'knex';
import type { EffectOutput } from '../effects/driver';
import type { Lease, Leases } from '../leases';
import { read, written } from '../store/json';
import { tables, type EffectRow } from '../store/tables';
import { say } from '../words';

/** What is written with an event of an effect. */
export interface Told {
  reason?: Said | null;
  origin?: Origin;
  links?: readonly Link[];
  output?: EffectOutput;
  permanent?: boolean;
  needsPerson?: boolean;
  unreadable?: boolean;
}

/** An event that cannot happen to an effect in its state: somebody else was faster. */
export class NotSoError extends Error {
  override readonly name = 'NotSoError';
}

/**
 * The effects of one run, written under its lease only. Every write names the
 * state it goes from, so that none is written over another.
 */
export class Ledger {
  constructor(
    private readonly leases: Leases,
    private readonly lease: Lease,
    private readonly runId: string,
    private readonly now: () => number,
  ) {}

  /** Does something under the lease, in one transaction. */
  fenced<T>(work: (tx: Knex.Transaction) => Promise<T>): Promise<T> {
    return this.leases.fenced(this.lease, work);
  }

  /** What the process before left as sent: nobody knows what became of it. */
  recover(): Promise<string[]> {
    return this.fenced(async tx => {
      const query = tx('effects').where({ run_id: this.runId, state: 'sent' });
      const sent = await select(query, tables.effects);
      for (const effect of sent) {
        await this.#write(tx, effect, afterCrash('sent'), {
          reason: say('run.crashed'),
        });
      }
      return sent.map(({ id }) => id);
    });
  }

  /**
   * Writes an effect down as sent, unless somebody asked the run to stop.
   *
   * @returns the effect as it is written; undefined when it may not begin
   */
  send(id: string): Promise<EffectRow | undefined> {
    return this.fenced(async tx => {
      const run = await tx('runs')
        .where('id', this.runId)
        .first('asked', 'state');
      if (run.asked !== null || run.state !== 'running') return undefined;
      const effect = await this.#effect(tx, id);
      const state = effectAfter(effect.state, 'send');
      if (state === null) return undefined;
      const started = { ...effect, attempts: effect.attempts + 1 };
      await tx('effects')
        .where({ run_id: this.runId, id })
        .update({
          state,
          attempts: started.attempts,
          started_at: effect.started_at ?? this.now(),
          finished_at: null,
          reason: null,
          unreadable: false,
        });
      await this.#moved(tx);
      return { ...started, state };
    });
  }

  /** Writes down why an effect does not begin yet. */
  wait(id: string, reason: Said): Promise<void> {
    return this.fenced(async tx => {
      await tx('effects')
        .where({ run_id: this.runId, id, state: 'planned' })
        .update({ reason: written(reason) });
    });
  }

  /**
   * Writes down what happened to an effect.
   *
   * @throws NotSoError when it cannot have happened
   */
  tell(id: string, event: EffectEvent, told: Told = {}): Promise<void> {
    return this.fenced(tx => this.tellIn(tx, id, event, told));
  }

  /** The same inside of a fenced transaction. */
  async tellIn(
    tx: Knex.Transaction,
    id: string,
    event: EffectEvent,
    told: Told = {},
  ): Promise<void> {
    const effect = await this.#effect(tx, id);
    const state = effectAfter(effect.state, event);
    if (state === null) {
      throw new NotSoError(`${id} is ${effect.state} and cannot ${event}`);
    }
    await this.#write(tx, effect, state, told);
    if (state === 'done') await this.#undo(tx, effect);
  }

  /** What an undo takes back is undone, in whichever run it was made. */
  async #undo(tx: Knex.Transaction, undo: EffectRow): Promise<void> {
    const types = read<string[]>(undo.undoes);
    if (types.length === 0) return;
    const made: EffectState[] = ['done', 'failed', 'unknown'];
    await tx('effects')
      .where('request_id', undo.request_id)
      .whereIn('type', types)
      .whereIn('state', made)
      .update({ state: effectAfter('done', 'undo') });
  }

  async #effect(tx: Knex.Transaction, id: string): Promise<EffectRow> {
    const query = tx('effects').where({ run_id: this.runId, id });
    const [effect] = await select(query, tables.effects);
    if (!effect) throw new NotSoError(`${id} is no effect of ${this.runId}`);
    return effect;
  }

  async #write(
    tx: Knex.Transaction,
    effect: EffectRow,
    state: EffectState,
    told: Told,
  ): Promise<void> {
    const settled = state !== 'planned' && state !== 'unknown';
    await tx('effects')
      .where({ run_id: this.runId, id: effect.id })
      .update({
        state,
        reason: told.reason ? written(told.reason) : null,
        unreadable: told.unreadable ?? false,
        permanent: told.permanent ?? false,
        needs_person: told.needsPerson ?? false,
        finished_at: settled ? this.now() : null,
        ...(told.origin && { origin: told.origin }),
        ...(told.links && { links: written(told.links) }),
        ...(told.output && { output: written(told.output) }),
      });
    await this.#moved(tx);
  }

  async #moved(tx: Knex.Transaction): Promise<void> {
    await tx('runs').where('id', this.runId).update({ moved_at: this.now() });
  }
}
