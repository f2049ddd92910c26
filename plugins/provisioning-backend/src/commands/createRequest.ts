import { InputError, NotAllowedError } from '@backstage/errors';
import type {
  CreateAnswer,
  CreateBody,
  NormalSpec,
} from '@fawkes/backstage-plugin-provisioning-common';
import {
  conflict,
  decide,
  differenceWords,
  fixedDifferences,
  fullQuota,
  isDigestOf,
  keepsName,
  mayCreate,
  nameFault,
  normaliseSpec,
  planCreate,
  planUpdate,
  specDifference,
  suggestName,
  unprocessable,
} from '@fawkes/backstage-plugin-provisioning-common/rules';
import { Answered } from '@fawkes/kit-backend/http';
import { insertRows, inTransaction } from '@fawkes/kit-backend/sql';
import type { Knex } from 'knex';
import { v7 as uuid } from 'uuid';
import type { Core } from '../core';
import { beginRun } from '../ledger/begin';
import type { Asker } from '../permissions/asker';
import { planWish, type MadePlan } from '../plan/planRequest';
import { quotasFor } from '../plan/quotas';
import { keepBundle, sha256 } from '../store/bundles';
import { eventOf } from '../store/events';
import { read, written } from '../store/json';
import { alone, lockNames } from '../store/locks';
import { tellLater } from '../store/outbox';
import {
  keyText,
  requestWithKey,
  revisionOf,
  runWithId,
  specOf,
} from '../store/requests';
import {
  tables,
  type RequestRow,
  type RevisionRow,
  type Rights,
} from '../store/tables';
import { say } from '../words';
import { runAgain } from './retry';
import { quotaRefusal, refusal } from './refuse';

type Answer = Answered<CreateAnswer>;

/** How often somebody else may be faster before we say so. */
const MOST_TRIES = 5;

/** Somebody else was faster with the same key: what we looked at is no longer so. */
class OvertakenError extends Error {}

/**
 * `POST /requests`: one request a key. The same wish again is that request; another
 * one is refused with the difference, unless it says that it is an update.
 *
 * @throws ConflictError, UnprocessableError, InputError, NotAllowedError
 */
export async function createRequest(
  core: Core,
  asker: Asker,
  body: CreateBody,
): Promise<Answer> {
  for (let attempt = 1; ; attempt++) {
    try {
      const holder = await requestWithKey(core.db, body);
      return holder
        ? await askAgain(core, asker, body, holder)
        : await createAnew(core, asker, body);
    } catch (error) {
      if (!(error instanceof OvertakenError) || attempt >= MOST_TRIES) {
        throw error;
      }
    }
  }
}

async function createAnew(
  core: Core,
  asker: Asker,
  body: CreateBody,
): Promise<Answer> {
  if (body.mode === 'update') {
    throw conflict(
      'STALE_DIGEST',
      `There is no ${body.name} to update; leave mode out to create it`,
    );
  }
  await refusePaused(core.db);
  const spec = normaliseSpec(body.spec);
  checkName(body.name, spec);
  const rights = rightsToCreate(core, asker, body, spec);
  await checkOwner(asker, spec.owner);
  const person = asker.viewer.person();
  const initiator = await asker.proven({ ref: person, rights }, spec.owner);
  core.places.check(spec);
  const made = await planWish(core, asker, body, undefined);
  checkPlan(core, body, made);
  checkPlace(body, made);

  const created = await inTransaction(core.db, async tx => {
    await alone(
      tx,
      lockNames.key(keyText(body)),
      lockNames.owner(spec.owner),
      lockNames.running,
      ...(body.practice ? [lockNames.practice(person)] : []),
    );
    await refusePaused(tx);
    if (await requestWithKey(tx, body)) throw new OvertakenError();
    if (body.practice) await refuseSecondPractice(tx, person);
    await refuseFullQuota(core, tx, made);
    return insertRequest(core, tx, body, made, initiator);
  });
  core.nudge();
  core.announce([created.id]);
  return new Answered(created, 202);
}

async function insertRequest(
  core: Core,
  tx: Knex.Transaction,
  body: CreateBody,
  made: MadePlan,
  initiator: { ref: string; rights: Rights },
): Promise<CreateAnswer> {
  const { plan, spec, facts } = made;
  const now = core.now();
  const row: RequestRow = {
    id: uuid(),
    kind: body.kind,
    namespace: body.namespace,
    name: body.name,
    name_key: keyText(body),
    owner: spec.owner,
    requester: initiator.ref,
    state: 'accepted',
    reason: null,
    service_state: 'none',
    practice: body.practice,
    on_failure: body.onFailure,
    revision: 1,
    run_id: '',
    template: spec.template.name,
    template_version: spec.template.version,
    type: spec.type,
    host: spec.repository.host,
    title: spec.title,
    pending_owner: null,
    ends_at: null,
    end_told: false,
    failed_destroys: 0,
    forgotten: null,
    blanked: false,
    created_at: now,
    updated_at: now,
  };
  await insertRows(tx, tables.requests, [
    { ...row, practice: body.practice, end_told: false, blanked: false },
  ]);
  await insertRevision(tx, row.id, 1, body, made, {
    by: initiator.ref,
    now,
    changes: [say('first.accepted')],
  });
  const { effects } = planCreate(spec, facts);
  const runId = await beginRun(
    tx,
    row,
    { kind: 'create', state: 'accepted', initiator, revision: 1, effects },
    now,
  );
  await tellLater(
    tx,
    'provisioning.request.accepted',
    eventOf(row, runId, now),
    now,
  );
  return {
    id: row.id,
    runId,
    state: 'accepted',
    specDigest: plan.specDigest,
  };
}

async function insertRevision(
  tx: Knex.Transaction,
  requestId: string,
  revision: number,
  body: CreateBody,
  { plan, files, facts, spec }: MadePlan,
  { by, now, changes }: { by: string; now: number; changes: unknown[] },
): Promise<void> {
  await keepBundle(tx, plan.bundleDigest, files, now);
  await insertRows(tx, tables.revisions, [
    {
      request_id: requestId,
      revision,
      spec: written(body.spec),
      normal: written(spec),
      spec_digest: plan.specDigest,
      plan_digest: plan.planDigest,
      bundle_digest: plan.bundleDigest,
      facts: written(facts),
      changes: written(changes),
      accepted_at: now,
      accepted_by: by,
    },
  ]);
}

/** The key is there: whoever may see it gets it, or the difference. */
async function askAgain(
  core: Core,
  asker: Asker,
  body: CreateBody,
  holder: RequestRow,
): Promise<Answer> {
  if ((await asker.verdict('see', holder)) !== 'allowed') {
    throw conflict(
      'NAME_TAKEN',
      `${holder.name} is taken; it belongs to ${holder.owner}`,
      { details: { owner: holder.owner } },
    );
  }
  const revision = await revisionOf(core.db, holder);
  const before = { ...specOf(holder, revision), owner: holder.owner };
  const differences = specDifference(before, normaliseSpec(body.spec));
  if (body.mode === 'update') {
    return update(core, asker, body, { holder, revision, before });
  }
  const command = differences.length === 0 ? 'same_spec' : 'other_spec';
  const run = await runWithId(core.db, holder.run_id);
  const outcome = decide(command, { state: holder.state, runKind: run.kind });
  switch (outcome.do) {
    case 'attach':
    case 'existing':
      return new Answered(answerOf(holder, revision), 200);
    case 'begin': {
      await asker.require('retry', holder);
      const again = await runAgain(core, asker, holder, 'same_spec');
      return new Answered(
        { ...again.value, specDigest: revision.spec_digest },
        again.status,
      );
    }
    case 'refuse':
      throw refusal(outcome.code, holder, {
        ...(outcome.code === 'SPEC_DIFFERS' && {
          differences,
          specDigest: revision.spec_digest,
        }),
      });
    default:
      // The name became free between two looks.
      throw new OvertakenError();
  }
}

async function update(
  core: Core,
  asker: Asker,
  body: CreateBody,
  found: { holder: RequestRow; revision: RevisionRow; before: NormalSpec },
): Promise<Answer> {
  const { holder, revision, before } = found;
  await asker.require('update', holder);
  const run = await runWithId(core.db, holder.run_id);
  const outcome = decide('update', { state: holder.state, runKind: run.kind });
  if (outcome.do === 'refuse') throw refusal(outcome.code, holder);
  refuseStale(body, revision);
  const spec = normaliseSpec(body.spec);
  const differences = specDifference(before, spec);
  const fixed = fixedDifferences(differences);
  if (fixed.length > 0) {
    throw unprocessable(
      'FIXED_FIELD',
      `No update changes ${fixed
        .map(({ path }) => path)
        .join(', ')}: destroy it and create another`,
      { differences: fixed },
    );
  }
  const made = await planWish(core, asker, body, holder);
  checkPlan(core, body, made);
  const initiator = await asker.initiator(holder);
  const answer = await inTransaction(core.db, async tx => {
    await alone(tx, lockNames.request(holder.id));
    const now = core.now();
    const current = await requestWithKey(tx, body);
    if (current?.id !== holder.id) throw new OvertakenError();
    const again = decide('update', {
      state: current.state,
      runKind: (await runWithId(tx, current.run_id)).kind,
    });
    if (again.do === 'refuse') throw refusal(again.code, current);
    if (current.revision !== holder.revision) throw new OvertakenError();
    const number = await nextRevision(tx, holder.id);
    await insertRevision(tx, holder.id, number, body, made, {
      by: initiator.ref,
      now,
      changes: differences.map(differenceWords),
    });
    await tx('requests').where('id', holder.id).update({
      revision: number,
      template_version: spec.template.version,
      template: spec.template.name,
      title: spec.title,
    });
    const runId = await beginRun(
      tx,
      current,
      {
        kind: 'update',
        state: 'updating',
        initiator,
        revision: number,
        effects: planUpdate(spec, made.facts).effects,
      },
      now,
    );
    return {
      id: holder.id,
      runId,
      state: 'updating' as const,
      specDigest: made.plan.specDigest,
    };
  });
  core.nudge();
  core.announce([holder.id]);
  return new Answered(answer, 202);
}

function refuseStale(body: CreateBody, revision: RevisionRow): void {
  const kept = { sent: read(revision.spec), digest: revision.spec_digest };
  const fresh =
    body.ifDigest !== undefined &&
    isDigestOf(body.ifDigest, body.kind, kept, sha256);
  if (fresh) return;
  throw conflict(
    'STALE_DIGEST',
    body.ifDigest === undefined
      ? 'An update needs ifDigest, the specDigest of what it replaces'
      : 'Somebody else has updated it since; look at it again',
    { details: { specDigest: revision.spec_digest } },
  );
}

async function nextRevision(tx: Knex, id: string): Promise<number> {
  const [{ last }] = await tx('revisions')
    .where('request_id', id)
    .max({ last: 'revision' });
  return Number(last) + 1;
}

function answerOf(holder: RequestRow, revision: RevisionRow): CreateAnswer {
  return {
    id: holder.id,
    runId: holder.run_id,
    state: holder.state,
    specDigest: revision.spec_digest,
  };
}

/** @throws ConflictError while operators take nothing new on */
async function refusePaused(db: Knex): Promise<void> {
  const flag = await db('flags').where('name', 'paused').first('reason');
  if (!flag) return;
  const words = say('paused', { reason: flag.reason });
  throw conflict('PAUSED', words.text, { details: { words } });
}

function checkName(name: string, { language }: NormalSpec): void {
  const fault = nameFault(name, language);
  if (!fault) return;
  const other = suggestName(name, language, () => false);
  throw new InputError(
    `name: ${fault.text}${other ? `; ${other} would do` : ''}`,
  );
}

function rightsToCreate(
  core: Core,
  asker: Asker,
  { practice }: CreateBody,
  { owner }: NormalSpec,
): Rights {
  const { practiceOwner } = core.config;
  const creation = { owner, practice, practiceOwner };
  const verdict = mayCreate(creation, asker.somebody);
  if (verdict !== 'denied') return verdict;
  throw new NotAllowedError(
    practice
      ? `Practice requests are for ${
          practiceOwner ??
          'no group here; whoever runs the portal names one in provisioning.practice.owner'
        }`
      : `You are not in ${owner}; ask somebody who is`,
  );
}

async function checkOwner(asker: Asker, owner: string): Promise<void> {
  if ((await asker.viewer.entities([owner])).has(owner)) return;
  throw new InputError(`spec.owner: the catalog has no group ${owner}`);
}

/** Only what was looked at is done. */
function checkPlan(core: Core, body: CreateBody, made: MadePlan): void {
  const { expectedPlanDigest: expected } = body;
  const { plan, facts } = made;
  if (expected === undefined || expected === plan.planDigest) return;
  const now = { specDigest: plan.specDigest, facts };
  throw conflict(
    'PLAN_CHANGED',
    'The plan is no longer the one you looked at; look again',
    {
      details: {
        planDigest: plan.planDigest,
        differences: core.plans.differences(expected, now) ?? [],
        facts,
      },
    },
  );
}

function checkPlace(body: CreateBody, { facts, plan }: MadePlan): void {
  if (facts.repository !== 'taken' && facts.entity !== 'other') return;
  throw conflict(
    'NAME_TAKEN',
    `${body.name} is taken: ${plan.obstacles
      .map(({ text }) => text)
      .join('; ')}`,
    { details: { obstacles: plan.obstacles } },
  );
}

async function refuseSecondPractice(tx: Knex, person: string): Promise<void> {
  const alive = await tx('requests')
    .where({ requester: person, practice: true })
    .whereNotIn('state', ['destroyed', 'forgotten'])
    .first('id', 'state');
  if (!alive || !keepsName(alive.state)) return;
  throw conflict(
    'PRACTICE_ALIVE',
    'You have a practice request already; destroy it first',
    { details: { id: alive.id } },
  );
}

async function refuseFullQuota(
  core: Core,
  tx: Knex,
  { spec, facts }: MadePlan,
): Promise<void> {
  const { owner, running } = await quotasFor(
    tx,
    spec.owner,
    core.config.limits,
  );
  const runs = facts.deployer && spec.type !== 'library';
  const full = fullQuota(runs ? [owner, running] : [owner]);
  if (full) throw quotaRefusal(full, spec.owner);
}
