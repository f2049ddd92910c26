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
import type { DeriveContext } from './deriveContext';
import { deriveServices } from './deriveServices';
import { linkIncidents } from './judge/linkIncidents';
import { FACT_TIME } from '../store/factTables';
import { NAMES_NO_SERVICE } from './contain/loadDeployments';
import { FROM } from './staleService';
import { readMappings, type ServiceMapping } from './serviceMapping';

/** Batches one process derives at the same time: one is computed while the other waits. */
const LANES = 2;
/** Services that are derived together: one question is asked for all of them. */
const BATCH_SERVICES = 32;
/** … as long as they do not have more deployments to derive than this. */
const BATCH_DEPLOYMENTS = 500;

/** What is stale about a service, as it is written down. */
type Stale = Pick<
  Stored<'dirtyServices'>,
  'service_ref' | 'from_at' | 'judge_from'
>;

type OnError = (services: readonly string[], error: unknown) => void;

/**
 * Links incidents and derives services that are stale, the longest waiting
 * first. Replicas share the work: a row is held by the transaction that works on
 * it.
 *
 * @param onError - told of services that could not be derived. Several are taken
 *   one by one after that; a single one stays stale and does not hold up the
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
  await linkIncidents(db, context);
  const stale = await select(
    db('dirty_services').orderBy(['since', 'service_ref']).limit(limit),
    tables.dirtyServices,
    'service_ref',
    'from_at',
    'judge_from',
  );
  const done: string[] = [];
  const waiting = (await toBatches(db, stale)).values();
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

/** Splits them so that no batch has much more to derive than one service may. */
async function toBatches(
  db: Knex,
  stale: readonly Stale[],
): Promise<Stale[][]> {
  const weights = await countDeployments(db, stale);
  const batches: Stale[][] = [];
  let open: Stale[] = [];
  let weight = 0;
  for (const one of stale) {
    const own = weights.get(one.service_ref) ?? 0;
    if (open.length === BATCH_SERVICES || weight + own > BATCH_DEPLOYMENTS) {
      if (open.length > 0) batches.push(open);
      open = [];
      weight = 0;
    }
    open.push(one);
    weight += own;
  }
  if (open.length > 0) batches.push(open);
  return batches;
}

/** How many deployments the services are to be derived from, at least; large numbers are cut. */
async function countDeployments(
  db: Knex,
  stale: readonly Stale[],
): Promise<Map<string, number>> {
  if (stale.length <= 1) return new Map();
  const source = rowSource(
    db,
    { service_ref: 'text', since: 'double' },
    stale.map(({ service_ref, from_at, judge_from }) => ({
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
  batch: readonly Stale[],
  context: DeriveContext,
  onError: OnError,
): Promise<string[]> {
  try {
    return await deriveMarked(db, batch, context);
  } catch (error) {
    onError(
      batch.map(one => one.service_ref),
      error,
    );
    if (batch.length === 1) return [];
    const done: string[] = [];
    for (const one of batch) {
      done.push(...(await deriveApart(db, [one], context, onError)));
    }
    return done;
  }
}

/**
 * @param expected - what was stale when last looked at
 * @returns the services that nobody else had in hand
 */
async function deriveMarked(
  db: Knex,
  expected: readonly Stale[],
  context: DeriveContext,
): Promise<string[]> {
  return inTransaction(db, async tx => {
    const repositories = await repositoriesOf(tx, expected);
    await lock(tx, [INCIDENTS_LOCK, ...repositories.names], 'shared');
    const free = tx('dirty_services')
      .whereIn(
        'service_ref',
        expected.map(one => one.service_ref),
      )
      .orderBy('service_ref');
    const stale = await forUpdate(
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
    if (stale.length === 0) return [];
    // Held, these rows keep further deployments from being told until the end,
    // but one may have come with a new repository before they were taken.
    const late = await repositoriesOf(tx, stale);
    await lock(
      tx,
      [...late.names].filter(name => !repositories.names.has(name)),
      'shared',
    );
    const services = stale.map(one => one.service_ref);
    await tx('dirty_services').whereIn('service_ref', services).delete();
    await deriveServices(
      tx,
      stale.map(({ service_ref, from_at, judge_from }) => ({
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
  stale: readonly Stale[],
): Promise<{ names: Set<string>; mappings: Map<string, ServiceMapping> }> {
  const mappings = await readMappings(
    tx,
    stale.map(one => one.service_ref),
  );
  const source = rowSource(tx, FROM, stale);
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
