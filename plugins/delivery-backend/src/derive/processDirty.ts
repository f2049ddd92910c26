import { setImmediate as breath } from 'node:timers/promises';
import type { Knex } from 'knex';
import { forUpdate, inTransaction, isPostgres } from '../store/dialect';
import { guard, INCIDENTS_GUARD } from '../store/guards';
import { deriveService, type DeriveContext } from './deriveService';
import { FACT_TIME } from './loadFacts';
import { readMapping, type ServiceMapping } from './serviceMapping';

/** Services one process derives at the same time: one is computed while the other waits. */
const LANES = 2;

/**
 * Derives services that are marked, the longest waiting first. Replicas share
 * the work: a mark is held by the transaction that works on it.
 *
 * @param onError - told of services that could not be derived; they keep their
 *   mark and do not hold up the others. By default the first one is thrown.
 * @returns the services derived
 */
export async function processDirty(
  db: Knex,
  limit: number,
  context: DeriveContext,
  onError: (service: string, error: unknown) => void = (_, error) => {
    throw error;
  },
): Promise<string[]> {
  const candidates = await db('dirty_services')
    .orderBy(['since', 'service_ref'])
    .limit(limit)
    .select('service_ref', 'from_at');
  const done: string[] = [];
  const waiting = candidates.values();
  const work = async () => {
    for (const { service_ref: service, from_at } of waiting) {
      const derived = await deriveMarked(db, service, from_at, context).catch(
        error => {
          onError(service, error);
          return false;
        },
      );
      if (derived) done.push(service);
      // SQLite answers without leaving this thread: requests would have to wait
      // for all of them.
      await breath();
    }
  };
  const lanes = isPostgres(db) ? LANES : 1;
  await Promise.all(Array.from({ length: lanes }, work));
  return done;
}

/** @param from - from when on it was marked when it was last looked at */
async function deriveMarked(
  db: Knex,
  service: string,
  from: number,
  context: DeriveContext,
): Promise<boolean> {
  return inTransaction(db, async tx => {
    const repositories = await repositoriesOf(
      tx,
      await readMapping(tx, service),
      from,
    );
    await guard(tx, [INCIDENTS_GUARD, ...repositories], 'shared');
    const [mark] = await forUpdate(
      tx,
      tx('dirty_services')
        .where('service_ref', service)
        .select('from_at', 'judge_from'),
      { skipLocked: true },
    );
    if (!mark) return false;
    // The mark keeps further deployments from being told until the end, but
    // one may have come with a new repository before it was taken.
    const known = new Set(repositories);
    const mapping = await readMapping(tx, service);
    const late = await repositoriesOf(tx, mapping, mark.from_at);
    await guard(
      tx,
      late.filter(repository => !known.has(repository)),
      'shared',
    );
    await tx('dirty_services').where('service_ref', service).delete();
    const { from_at: since, judge_from: judgeFrom } = mark;
    await deriveService(tx, mapping, { from: since, judgeFrom }, context);
    return true;
  });
}

/** Repositories a service is derived from, as far back as it will be. */
async function repositoriesOf(
  tx: Knex.Transaction,
  mapping: ServiceMapping,
  from: number,
): Promise<string[]> {
  const named = await tx('deployment_facts')
    .innerJoin(
      'deployment_parts',
      'deployment_parts.fact_key',
      'deployment_facts.fact_key',
    )
    .where('deployment_facts.service', mapping.service)
    .whereRaw(`${FACT_TIME} >= ?`, [from])
    .distinct('deployment_parts.repository');
  return [...mapping.repositories, ...named.map(row => row.repository)];
}
