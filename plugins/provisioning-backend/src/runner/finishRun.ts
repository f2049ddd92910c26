import type {
  RunState,
  Service,
} from '@fawkes/backstage-plugin-provisioning-common';
import {
  planDestroy,
  stateAfterRun,
  undoesAfterFailure,
  type NextStep,
} from '@fawkes/backstage-plugin-provisioning-common/rules';
import type { Said } from '@fawkes/kit-contract';
import type { Knex } from 'knex';
import { beginWaitingPush } from '../commands/pushed';
import { insertEffects, madeOf } from '../ledger/begin';
import type { Ledger } from '../ledger/ledger';
import { eventOf } from '../store/events';
import { wordsIn, written } from '../store/json';
import { alone, lockNames } from '../store/locks';
import { tellLater } from '../store/outbox';
import {
  effectsOf,
  effectsOfRun,
  requestWithId,
  revisionOf,
  runWithId,
  specOf,
} from '../store/requests';
import type { EffectRow, RequestRow, RunRow } from '../store/tables';
import { say } from '../words';
import type { RunnerCore } from './core';

type End = NonNullable<NextStep['end']>;

/** After so many destroys that failed, owner and platform are told. */
const MANY = 3;

/**
 * Ends a run whose effects have ended: or turns it round, when what it made is
 * to be taken back at once.
 *
 * @returns whether it has ended
 */
export async function finishRun(
  core: RunnerCore,
  ledger: Ledger,
  run: RunRow,
  end: End,
): Promise<boolean> {
  const service = await serviceOf(core, run.request_id);
  return ledger.fenced(async tx => {
    await alone(tx, lockNames.request(run.request_id));
    const now = core.now();
    const current = await runWithId(tx, run.id);
    // Somebody asked for something else meanwhile: look again.
    if (current.state !== 'running' || current.asked !== run.asked)
      return false;
    const request = await requestWithId(tx, run.request_id);
    if (!request) throw new Error(`There is no request ${run.request_id}`);
    const effects = await effectsOfRun(tx, run.id);
    if (await turnsRound(tx, request, current, end)) return false;

    const state = stateOf(current, end, effects);
    const reason = wordsIn(current.reason) ?? reasonOf(end, effects);
    await tx('runs')
      .where('id', run.id)
      .update({
        state,
        reason: reason && written(reason),
        finished_at: now,
        moved_at: now,
      });
    await tx('leases').where('name', leaseName(run.id)).update({ until: 0 });
    const next = stateAfterRun(current.kind, state);
    if (next === undefined) return true;
    const ended: RequestRow = {
      ...request,
      state: next,
      reason: reason && written(reason),
      ...(service && { service_state: service.state }),
    };
    await tx('requests')
      .where('id', request.id)
      .update({
        state: next,
        reason: ended.reason,
        service_state: ended.service_state,
        updated_at: now,
        ...(next === 'destroyed' && {
          name_key: null,
          pending_owner: null,
          service_state: 'none',
        }),
        ...(next === 'destroy_incomplete' && {
          failed_destroys: request.failed_destroys + 1,
        }),
        ...(request.practice &&
          request.ends_at === null &&
          current.kind === 'create' && {
            ends_at: now + core.config.practiceMs,
          }),
      });
    await tell(tx, ended, run.id, state, reason, now);
    const failedOften = request.failed_destroys + 1 >= MANY;
    if (next === 'destroy_incomplete' && state === 'failed' && failedOften) {
      await tellLater(
        tx,
        'provisioning.request.needs_person',
        {
          ...eventOf(ended, run.id, now),
          reason: reason ?? say('run.cancelled'),
        },
        now,
      );
    }
    if (next === 'destroyed') {
      await tx('waiting_pushes').where('request_id', request.id).delete();
    } else if (next !== 'destroy_incomplete') {
      await beginWaitingPush(tx, ended, now);
    }
    return true;
  });
}

/** The name of a run's lease. */
export function leaseName(runId: string): string {
  return `run/${runId}`;
}

/** Takes back at once what a create made that failed for good. */
async function turnsRound(
  tx: Knex.Transaction,
  request: RequestRow,
  run: RunRow,
  end: End,
): Promise<boolean> {
  if (run.kind !== 'create' || run.direction !== 'forward') return false;
  if (end.state !== 'failed') return false;
  const all = await effectsOf(tx, request.id);
  const undoes = undoesAfterFailure(
    all.map(effect => ({
      state: effect.state,
      undoClass: effect.undo_class,
      permanent: Boolean(effect.permanent),
    })),
    request.on_failure,
  );
  if (!undoes) return false;
  const revision = await revisionOf(tx, {
    id: request.id,
    revision: run.revision,
  });
  const undos = planDestroy(
    request,
    specOf(request, revision),
    all.map(madeOf),
    { keepName: true },
  );
  if (undos.length === 0) return false;
  await insertEffects(tx, request.id, run.id, undos);
  const reason = reasonOf(end, await effectsOfRun(tx, run.id));
  await tx('runs')
    .where('id', run.id)
    .update({ direction: 'back', reason: reason && written(reason) });
  return true;
}

/**
 * Where only a person can go on, that is how the run ends. One that was turned
 * round has failed, also when it took everything back.
 */
function stateOf(
  run: RunRow,
  end: End,
  effects: readonly EffectRow[],
): Exclude<RunState, 'running'> {
  const asks = effects.some(
    effect => end.because.includes(effect.id) && effect.needs_person,
  );
  const turned = run.kind !== 'destroy' && run.direction === 'back';
  if (turned && end.state === 'done') return 'failed';
  return end.state === 'failed' && asks ? 'needs_person' : end.state;
}

function reasonOf(end: End, effects: readonly EffectRow[]): Said | null {
  if (end.state === 'cancelled') return say('run.cancelled');
  if (end.state === 'superseded') return say('run.superseded');
  const [first] = effects.filter(({ id }) => end.because.includes(id));
  return first ? wordsIn(first.reason) : null;
}

async function tell(
  tx: Knex.Transaction,
  request: RequestRow,
  runId: string,
  state: RunState,
  reason: Said | null,
  now: number,
): Promise<void> {
  const event = eventOf(request, runId, now);
  const reasoned = { ...event, reason: reason ?? say('run.cancelled') };
  if (request.state === 'ready') {
    await tellLater(tx, 'provisioning.request.ready', event, now);
  } else if (request.state === 'destroyed') {
    await tellLater(tx, 'provisioning.request.destroyed', event, now);
  } else if (state === 'failed') {
    await tellLater(tx, 'provisioning.request.failed', reasoned, now);
  } else if (state === 'needs_person') {
    await tellLater(tx, 'provisioning.request.needs_person', reasoned, now);
  }
}

async function serviceOf(
  core: RunnerCore,
  requestId: string,
): Promise<Service | undefined> {
  const request = await requestWithId(core.db, requestId);
  return request?.host === 'local'
    ? core.localHost()?.serviceOf(requestId)
    : undefined;
}
