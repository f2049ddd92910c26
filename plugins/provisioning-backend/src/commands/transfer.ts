import { InputError } from '@backstage/errors';
import type {
  TransferAnswer,
  TransferBody,
} from '@fawkes/backstage-plugin-provisioning-common';
import {
  decide,
  fullQuota,
} from '@fawkes/backstage-plugin-provisioning-common/rules';
import { insertRows } from '@fawkes/kit-backend/sql';
import { v7 as uuid } from 'uuid';
import type { Core } from '../core';
import type { Asker } from '../permissions/asker';
import { quotasFor } from '../plan/quotas';
import { lockNames } from '../store/locks';
import { tables } from '../store/tables';
import { inTurn, requestFor, type Turn } from './inTurn';
import { quotaRefusal, refusal } from './refuse';

/** `POST …/transfer`: an offer to another group, or that group's answer. */
export async function transfer(
  core: Core,
  asker: Asker,
  id: string,
  body: TransferBody,
): Promise<TransferAnswer> {
  return 'to' in body
    ? offer(core, asker, id, body.to)
    : answer(core, asker, id, body.accept);
}

async function offer(
  core: Core,
  asker: Asker,
  id: string,
  to: string,
): Promise<TransferAnswer> {
  const found = await requestFor(core, asker, id, 'transfer');
  if (to === found.owner)
    throw new InputError(`to: it belongs to ${to} already`);
  if (!(await asker.viewer.entities([to])).has(to)) {
    throw new InputError(`to: the catalog has no group ${to}`);
  }
  const person = asker.viewer.person();
  return inTurn(core, id, async turn => {
    const { tx, request, now } = turn;
    refuseInState(turn);
    await close(turn, 'withdrawn', person);
    await insertRows(tx, tables.transfers, [
      {
        id: uuid(),
        request_id: id,
        from_owner: request.owner,
        to_owner: to,
        offered_by: person,
        offered_at: now,
        answered_by: null,
        answered_at: null,
        answer: null,
      },
    ]);
    await tx('requests')
      .where('id', id)
      .update({ pending_owner: to, updated_at: now });
    return { id, owner: request.owner, pending: to };
  });
}

async function answer(
  core: Core,
  asker: Asker,
  id: string,
  accept: boolean,
): Promise<TransferAnswer> {
  const found = await requestFor(core, asker, id, 'accept_transfer');
  const person = asker.viewer.person();
  const target = found.pending_owner;
  return inTurn(
    core,
    id,
    async turn => {
      const { tx, request, now } = turn;
      refuseInState(turn);
      if (target === null || request.pending_owner !== target) {
        throw refusal('WRONG_STATE', request);
      }
      if (accept) {
        const quota = await quotasFor(tx, target, core.config.limits);
        const full = fullQuota([quota.owner]);
        if (full) throw quotaRefusal(full, target);
      }
      await close(turn, accept ? 'accepted' : 'refused', person);
      const owner = accept ? target : request.owner;
      await tx('requests')
        .where('id', id)
        .update({ owner, pending_owner: null, updated_at: now });
      return { id, owner };
    },
    ...(target === null ? [] : [lockNames.owner(target)]),
  );
}

function refuseInState({ request, run }: Turn): void {
  const outcome = decide('transfer', {
    state: request.state,
    runKind: run.kind,
  });
  if (outcome.do === 'refuse') throw refusal(outcome.code, request);
}

/** Writes down how an offer ended. */
async function close(
  { tx, request, now }: Turn,
  how: 'accepted' | 'refused' | 'withdrawn',
  by: string,
): Promise<void> {
  await tx('transfers')
    .where('request_id', request.id)
    .whereNull('answer')
    .update({ answer: how, answered_by: by, answered_at: now });
}
