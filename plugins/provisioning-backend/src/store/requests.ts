import type { NormalSpec } from '@fawkes/backstage-plugin-provisioning-common';
import {
  readSpec,
  type RequestKey,
} from '@fawkes/backstage-plugin-provisioning-common/rules';
import { select } from '@fawkes/kit-backend/sql';
import type { Knex } from 'knex';
import type { EffectRequest } from '../effects/driver';
import { read } from './json';
import {
  tables,
  type EffectRow,
  type RequestRow,
  type RevisionRow,
  type RunRow,
} from './tables';

/** The key of a request as its unique column has it. */
export function keyText({ kind, namespace, name }: RequestKey): string {
  return `${kind}:${namespace}/${name}`;
}

/** The request that has a key; undefined where it is free. */
export async function requestWithKey(
  db: Knex,
  key: RequestKey,
): Promise<RequestRow | undefined> {
  const query = db('requests').where('name_key', keyText(key));
  return (await select(query, tables.requests))[0];
}

/** A request by its id. */
export async function requestWithId(
  db: Knex,
  id: string,
): Promise<RequestRow | undefined> {
  const query = db('requests').where('id', id);
  return (await select(query, tables.requests))[0];
}

/** A run by its id. */
export async function runWithId(db: Knex, id: string): Promise<RunRow> {
  const [run] = await select(db('runs').where('id', id), tables.runs);
  if (!run) throw new Error(`There is no run ${id}`);
  return run;
}

/** The runs of a request, oldest first. */
export async function runsOf(db: Knex, requestId: string): Promise<RunRow[]> {
  const query = db('runs').where('request_id', requestId).orderBy('number');
  return select(query, tables.runs);
}

/** The effects of one run, in the order they may begin. */
export async function effectsOfRun(
  db: Knex,
  runId: string,
): Promise<EffectRow[]> {
  const query = db('effects').where('run_id', runId).orderBy('position');
  return select(query, tables.effects);
}

/** The effects of all runs of a request, oldest first. */
export async function effectsOf(
  db: Knex,
  requestId: string,
): Promise<EffectRow[]> {
  const query = db('effects')
    .join('runs', 'runs.id', 'effects.run_id')
    .where('effects.request_id', requestId)
    .orderBy(['runs.number', 'effects.position']);
  return select(query, tables.effects);
}

/** An accepted spec; the one in force when no number is given. */
export async function revisionOf(
  db: Knex,
  { id, revision }: Pick<RequestRow, 'id' | 'revision'>,
): Promise<RevisionRow> {
  const query = db('revisions').where({ request_id: id, revision });
  const [found] = await select(query, tables.revisions);
  if (!found) throw new Error(`The request ${id} has no revision ${revision}`);
  return found;
}

/**
 * What a kept spec means to this code; what it meant then, where its people were
 * blanked since.
 */
export function specOf(
  { blanked }: Pick<RequestRow, 'blanked'>,
  { spec, normal }: Pick<RevisionRow, 'spec' | 'normal'>,
): NormalSpec {
  return blanked ? read<NormalSpec>(normal) : readSpec(read(spec));
}

/** A request as effects see it. */
export async function effectRequestOf(
  db: Knex,
  request: RequestRow,
  revision: number = request.revision,
): Promise<EffectRequest> {
  const row = await revisionOf(db, { id: request.id, revision });
  return {
    id: request.id,
    kind: request.kind,
    namespace: request.namespace,
    name: request.name,
    owner: request.owner,
    requester: request.requester,
    practice: Boolean(request.practice),
    // The owner of the row: a transfer changes it, and no spec.
    spec: { ...specOf(request, row), owner: request.owner },
    revision,
    bundleDigest: row.bundle_digest,
  };
}
