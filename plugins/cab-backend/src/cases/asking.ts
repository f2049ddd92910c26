import type {
  CreateChangeBody,
  EditBody,
  Plan,
} from '@fawkes/backstage-plugin-cab-common';
import type { EntityTraits } from '@fawkes/backstage-plugin-cab-common/rules';
import {
  failedEvidence,
  missingEvidence,
} from '@fawkes/backstage-plugin-cab-common/rules';
import { InputError } from '@backstage/errors';
import { insertRows, inTransaction, select } from '@fawkes/kit-backend/sql';
import { saidError } from '@fawkes/kit-contract';
import type { Knex } from 'knex';
import { v7 as uuid } from 'uuid';
import { holdingPack } from '../exceptions/holding';
import { traitsOf } from '../facts/readFacts';
import { databaseNow } from '../store/database';
import { changes, revisions, type ChangeRow } from '../store/tables';
import {
  nextPackOf,
  joinRevision,
  packItemsOf,
  packOf,
  withEvidence,
  type PieceState,
} from '../evidence/pack';
import { ask, isBlocked, prepare, windowOf } from './ask';
import type { CaseDeps, Doer } from './deps';
import {
  afterwards,
  inChange,
  Moving,
  readChange,
  twinKeyOf,
  writeAll,
} from './moving';
import { readPerson, submitters } from './people';
import { conflict, missing, notAllowed, notFound } from './refusals';
import { isComplete, packDigestOf } from './scored';
import { voidVotes } from './voiding';

/** Asks for a change. Nothing is decided, and nobody is asked yet. */
export async function createChange(
  deps: CaseDeps,
  body: CreateChangeBody,
  doer: Doer,
): Promise<string> {
  const { db } = deps;
  const now = await databaseNow(db);
  const facts = await deps.facts({ ...body, window: windowOf(body) }, now);
  const { catalog } = facts;
  if (!catalog) throw notFound('entity.not_found', { ref: body.entityRef });
  if (body.type === 'emergency') {
    await requireMember(deps, catalog.ownerGroup, doer, now);
  }
  const row = rowOf(body, doer, now, {
    title: catalog.entity.metadata.title ?? catalog.entity.metadata.name,
    owner: catalog.owner,
    environmentClass: facts.environmentClass,
    traits: traitsOf(catalog.entity),
  });
  const moving = await inTransaction(db, async tx => {
    const made = new Moving(tx, { ...row }, await databaseNow(tx), doer, true);
    const twin = await twinOf(tx, row);
    made.raise({
      event: 'create',
      holds: {
        mayCreate: true,
        noUnfinishedTwin: twin ? conflict('change.twin', { id: twin }) : true,
      },
      data: {
        entityRef: row.entity_ref,
        environment: row.environment,
        headSha: row.head_sha,
        artifactDigest: row.artifact_digest,
        type: row.type,
        ...(body.sample && { sample: true }),
        packDigest: row.pack_digest,
      },
    });
    await insertRows(tx, revisions, [revisionOf(made.row, body, doer, now)]);
    await writeAll(tx, [made]);
    return made;
  }).catch(async error => {
    // Two at the same instant: the database lets one of them in.
    const twin = isTaken(error) ? await twinOf(db, row) : undefined;
    throw twin ? conflict('change.twin', { id: twin }) : error;
  });
  await afterwards(deps, moving);
  return row.id;
}

/** Has it scored, and asks whoever the risk asks for. */
export async function submitChange(
  deps: CaseDeps,
  id: string,
  { revision }: { revision: number },
  doer: Doer,
): Promise<void> {
  const { db } = deps;
  const row = await readChange(db, id);
  const now = await databaseNow(db);
  const attached = await packOf(db, row);
  const read = await deps.facts(questionOf(row), now);
  const editors = await editorsOf(db, id);
  const side = [...submitters(editors), ...read.involved];
  const pack = await holdingPack(deps, row, attached, side);
  const facts = withEvidence(read, pack, now);
  const scored = await prepare(deps, row, facts, editors, now);
  await inChange(deps, id, doer, async moving => {
    requireRevision(moving.row, revision);
    requireRevision(moving.row, row.revision);
    moving.row.environment_class = facts.environmentClass;
    moving.row.owner_ref = facts.catalog?.owner ?? moving.row.owner_ref;
    if (facts.catalog) {
      moving.row.traits = JSON.stringify(traitsOf(facts.catalog.entity));
    }
    moving.raise({
      event: 'submit',
      holds: {
        isSubmitter: isSubmitter(moving.row, doer),
        isSetComplete:
          isComplete(moving.row, pack) ||
          lapsedIn(pack) ||
          incomplete(moving.row, pack),
        nothingFailed: refusedIn(pack) ?? true,
        noBlockingCritical: isBlocked(scored)
          ? missing('change.critical')
          : true,
      },
      data: { packDigest: moving.row.pack_digest },
    });
    await ask(moving, scored, deps.config);
  });
}

/** Makes a new revision. Whoever has voted is asked again. */
export async function editChange(
  deps: CaseDeps,
  id: string,
  body: EditBody,
  doer: Doer,
): Promise<void> {
  const { db } = deps;
  const row = await readChange(db, id);
  const now = await databaseNow(db);
  const plan: Plan = body;
  const attached = await nextPackOf(db, row);
  const read = await deps.facts(
    { ...questionOf(row), window: windowOf(plan) },
    now,
  );
  const editors = await editorsOf(db, id);
  const side = [...submitters([...editors, doer.actor]), ...read.involved];
  const pack = await holdingPack(deps, row, attached, side);
  const facts = withEvidence(read, pack, now);
  const scored = await prepare(deps, row, facts, editors, now);
  await inChange(deps, id, doer, async moving => {
    requireRevision(moving.row, body.revision);
    requireRevision(moving.row, row.revision);
    const { row: own } = moving;
    const holds = { isSubmitter: isSubmitter(own, doer) };
    const digest = packDigestOf(own, plan, packItemsOf(pack));
    const before = own.state;
    own.revision += 1;
    moving.raise({ event: 'edit', holds, data: { packDigest: digest } });
    own.pack_digest = digest;
    own.title = plan.title;
    own.window_from = windowOf(plan)?.from ?? null;
    own.window_to = windowOf(plan)?.to ?? null;
    await insertRows(moving.tx, revisions, [
      revisionOf(own, plan, doer, moving.now),
    ]);
    await joinRevision(moving.tx, own, pack);
    if (own.state !== 'invalidated') return;
    await voidVotes(moving, {
      code: 'void.revision',
      revision: own.revision - 1,
    });
    own.environment_class = facts.environmentClass;
    if (isComplete(own, pack)) {
      await ask(moving, scored, deps.config);
      return;
    }
    moving.raise({
      event: 'found_incomplete',
      by: 'engine',
      holds: { isSetIncomplete: true },
      data: { before },
    });
  });
}

/** The facts of a change request as it is. */
export function questionOf(row: ChangeRow) {
  return {
    changeId: row.id,
    entityRef: row.entity_ref,
    environment: row.environment,
    headSha: row.head_sha,
    window:
      row.window_from === null || row.window_to === null
        ? null
        : { from: row.window_from, to: row.window_to },
  };
}

function isSubmitter(row: ChangeRow, { actor }: Doer): true | Error {
  return (
    row.submitter === actor ||
    notAllowed('change.not_submitter', { submitter: row.submitter })
  );
}

function requireRevision({ revision }: ChangeRow, looked: number): void {
  if (revision !== looked) throw conflict('change.revision', { revision });
}

/** What is missing before it can be submitted, as a refusal. */
export function incomplete(row: ChangeRow, pack: readonly PieceState[]): Error {
  return missing('EVIDENCE_INCOMPLETE', {
    environment: row.environment,
    class: row.environment_class ?? 'production',
    kinds: missingEvidence(row.environment_class, pack).join(', '),
  });
}

/** Why a waiver of a pack does not count, as a refusal; undefined where all do. */
function lapsedIn(
  pack: ReadonlyArray<
    PieceState & { exception_id: string | null; why: string | null }
  >,
): Error | undefined {
  const lapsed = pack.find(
    ({ exception_id, state }) => exception_id !== null && state !== 'waived',
  );
  return lapsed?.why
    ? saidError(InputError, JSON.parse(lapsed.why))
    : undefined;
}

/** What of a pack was refused, as a refusal; undefined for nothing. */
export function refusedIn(pack: readonly PieceState[]): Error | undefined {
  const kinds = failedEvidence(pack);
  return kinds.length > 0
    ? missing('EVIDENCE_FAILED', { kinds: kinds.join(', ') })
    : undefined;
}

async function requireMember(
  deps: CaseDeps,
  group: string | undefined,
  { actor }: Doer,
  now: number,
): Promise<void> {
  const person = await readPerson(deps, actor, now);
  if (!group || !person?.groups.includes(group)) {
    throw notAllowed('type.emergency_owner', { owner: group ?? '–' });
  }
}

/** Everybody who made a revision is of the author side. */
export async function editorsOf(db: Knex, id: string): Promise<string[]> {
  const rows = await select(
    db(revisions.name).where('change_id', id),
    revisions,
    'author',
  );
  return [...new Set(rows.map(({ author }) => author))].sort();
}

/** The unfinished change request of the same entity, environment and sha. */
async function twinOf(db: Knex, row: ChangeRow): Promise<string | undefined> {
  const [twin] = await select(
    db(changes.name).where('twin_key', twinKeyOf(row)),
    changes,
    'id',
  );
  return twin?.id;
}

/** Whether the database refused a row because of another one with the same key. */
export function isTaken(error: unknown): boolean {
  const { code } = error as { code?: unknown };
  return code === '23505' || String(code).startsWith('SQLITE_CONSTRAINT');
}

function rowOf(
  body: CreateChangeBody,
  { actor }: Doer,
  now: number,
  known: {
    title: string;
    owner: string | null;
    environmentClass: ChangeRow['environment_class'];
    traits: EntityTraits;
  },
): ChangeRow {
  const window = windowOf(body);
  const row = {
    id: uuid(),
    type: body.type,
    state: 'draft' as const,
    entity_ref: body.entityRef,
    entity_title: known.title,
    owner_ref: known.owner,
    traits: JSON.stringify(known.traits),
    environment: body.environment,
    environment_class: known.environmentClass,
    head_sha: body.headSha,
    artifact_digest: body.artifactDigest,
    sample: body.sample ? 1 : 0,
    title: body.title,
    submitter: actor,
    revision: 1,
    round: 0,
    risk_result_hash: null,
    score: null,
    route: null,
    requirement: null,
    window_from: window?.from ?? null,
    window_to: window?.to ?? null,
    created_at: now,
    updated_at: now,
    expires_at: null,
    review_since: null,
    review_used: 0,
    clock_step: 0,
    twin_key: null,
    event_count: 0,
    event_leaf: '',
  };
  return { ...row, pack_digest: packDigestOf(row, body) };
}

function revisionOf(row: ChangeRow, plan: Plan, { actor }: Doer, at: number) {
  const window = windowOf(plan);
  return {
    change_id: row.id,
    revision: row.revision,
    title: plan.title,
    description: plan.description,
    window_from: window?.from ?? null,
    window_to: window?.to ?? null,
    author: actor,
    at,
    pack_digest: row.pack_digest,
    scored: null,
  };
}
