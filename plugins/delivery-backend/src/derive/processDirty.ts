import {
  distinctList,
  forUpdate,
  inTransaction,
  isPostgres,
  rawRows,
  rowSource,
  select,
} from '@fawkes/kit-backend/sql';
import { setImmediate as breath } from 'node:timers/promises';
import type { Knex } from 'knex';
import { lock, INCIDENTS_LOCK } from '../store/locks';
import { tables, type Stored } from '../store/tables';
import { deriveServices, type DeriveContext } from './deriveServices';
import { FACT_TIME, NAMES_NO_SERVICE } from './loadFacts';
import { FROM } from './staleService';
import { readMappings, type ServiceMapping } from './serviceMapping';

/** Batches one process derives at the same time: one is computed while the other waits. */
const LANES = 2;
/** Services that are derived together: one question is asked for all of them. */
const BATCH_SERVICES = 32;
/** … as long as they do not have more deployments to derive than this. */
const BATCH_DEPLOYMENTS = 500;

/** What is stale about a service. */
type Mark = Pick<
  Stored<'dirtyServices'>,
  'service_ref' | 'from_at' | 'judge_from'
>;

type OnError = (services: readonly string[], error: unknown) => void;

/**
 * Derives services that are marked, the longest waiting first. Replicas share
 * the work: a mark is held by the transaction that works on it.
 *
 * @param onError - told of services that could not be derived. Several are taken
 *   one by one after that; a single one keeps its mark and does not hold up the
 *   others. By default the first error is thrown.
 * @returns the services derived
 */
export async function processDirty(
  db: Knex,
  limit: number,
  context: DeriveContext,
  onError: OnError = (_, error) => {
    throw error;
  },
): Promise<string[]> {
  const marks = await select(
    db('dirty_services').orderBy(['since', 'service_ref']).limit(limit),
    tables.dirtyServices,
    'service_ref',
    'from_at',
    'judge_from',
  );
  const done: string[] = [];
  const waiting = (await toBatches(db, marks)).values();
  const work = async () => {
    for (const batch of waiting) {
      done.push(...(await deriveApart(db, batch, context, onError)));
      // SQLite answers without leaving this thread: requests would have to wait
      // for all of them.
      await breath();
    }
  };
  const lanes = isPostgres(db) ? LANES : 1;
  await Promise.all(Array.from({ length: lanes }, work));
  return done;
}

/** Splits marks so that no batch has much more to derive than one service may. */
async function toBatches(db: Knex, marks: readonly Mark[]): Promise<Mark[][]> {
  const weights = await countDeployments(db, marks);
  const batches: Mark[][] = [];
  let open: Mark[] = [];
  let weight = 0;
  for (const mark of marks) {
    const own = weights.get(mark.service_ref) ?? 0;
    if (open.length === BATCH_SERVICES || weight + own > BATCH_DEPLOYMENTS) {
      if (open.length > 0) batches.push(open);
      open = [];
      weight = 0;
    }
    open.push(mark);
    weight += own;
  }
  if (open.length > 0) batches.push(open);
  return batches;
}

/** How many deployments the services are to be derived from, at least; large numbers are cut. */
async function countDeployments(
  db: Knex,
  marks: readonly Mark[],
): Promise<Map<string, number>> {
  if (marks.length <= 1) return new Map();
  const source = rowSource(
    db,
    { service_ref: 'text', since: 'double' },
    marks.map(({ service_ref, from_at, judge_from }) => ({
      service_ref,
      since: Math.min(from_at, judge_from),
    })),
  );
  const cut = (rows: string) =>
    `(select count(*) from (${rows} limit ${BATCH_DEPLOYMENTS}) as cut)`;
  const told = cut(`select 1 from deployment_facts
    where deployment_facts.service = k.service_ref and ${FACT_TIME} >= k.since
    order by ${FACT_TIME}`);
  const touching = cut(`select 1 from service_repositories
    join deployment_parts on deployment_parts.repository = service_repositories.repository
    where service_repositories.service_ref = k.service_ref
      and deployment_parts.at >= k.since and ${NAMES_NO_SERVICE}`);
  const rows = await rawRows<{ service_ref: string; weight: number | string }>(
    db,
    `select k.service_ref, ${told} + ${touching} as weight from ${source.sql}`,
    source.bindings,
  );
  return new Map(rows.map(row => [row.service_ref, Number(row.weight)]));
}

/** Derives a batch; one by one, when a service spoils it for the others. */
async function deriveApart(
  db: Knex,
  batch: readonly Mark[],
  context: DeriveContext,
  onError: OnError,
): Promise<string[]> {
  try {
    return await deriveMarked(db, batch, context);
  } catch (error) {
    onError(
      batch.map(mark => mark.service_ref),
      error,
    );
    if (batch.length === 1) return [];
    const done: string[] = [];
    for (const mark of batch) {
      done.push(...(await deriveApart(db, [mark], context, onError)));
    }
    return done;
  }
}

/**
 * @param expected - the marks as they were when last looked at
 * @returns the services whose marks nobody else held
 */
async function deriveMarked(
  db: Knex,
  expected: readonly Mark[],
  context: DeriveContext,
): Promise<string[]> {
  return inTransaction(db, async tx => {
    const repositories = await repositoriesOf(tx, expected);
    await lock(tx, [INCIDENTS_LOCK, ...repositories.names], 'shared');
    const free = tx('dirty_services')
      .whereIn(
        'service_ref',
        expected.map(mark => mark.service_ref),
      )
      .orderBy('service_ref');
    const marks = await forUpdate(
      tx,
      select(
        free,
        tables.dirtyServices,
        'service_ref',
        'from_at',
        'judge_from',
      ),
      { skipLocked: true },
    );
    if (marks.length === 0) return [];
    // The marks keep further deployments from being told until the end, but
    // one may have come with a new repository before they were taken.
    const late = await repositoriesOf(tx, marks);
    await lock(
      tx,
      [...late.names].filter(name => !repositories.names.has(name)),
      'shared',
    );
    const services = marks.map(mark => mark.service_ref);
    await tx('dirty_services').whereIn('service_ref', services).delete();
    await deriveServices(
      tx,
      marks.map(({ service_ref, from_at, judge_from }) => ({
        mapping: late.mappings.get(service_ref)!,
        from: from_at,
        judgeFrom: judge_from,
      })),
      context,
    );
    return services;
  });
}

/** Repositories services are derived from, as far back as they will be. */
async function repositoriesOf(
  tx: Knex.Transaction,
  marks: readonly Mark[],
): Promise<{ names: Set<string>; mappings: Map<string, ServiceMapping> }> {
  const mappings = await readMappings(
    tx,
    marks.map(mark => mark.service_ref),
  );
  const source = rowSource(tx, FROM, marks);
  const named = await rawRows<{ repositories: string | null }>(
    tx,
    `select (select ${distinctList(tx, 'deployment_parts.repository')}
        from deployment_facts
        join deployment_parts on deployment_parts.fact_key = deployment_facts.fact_key
        where deployment_facts.service = k.service_ref and ${FACT_TIME} >= k.from_at
      ) as repositories
      from ${source.sql}`,
    source.bindings,
  );
  return {
    mappings,
    names: new Set([
      ...[...mappings.values()].flatMap(mapping => mapping.repositories),
      ...named.flatMap(row => JSON.parse(row.repositories ?? '[]')),
    ]),
  };
}
