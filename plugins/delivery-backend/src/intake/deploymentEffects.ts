import type { Knex } from 'knex';
import {
  foldEnvironment,
  type DeploymentEvent,
  type ResolvedFact,
} from '@fawkes/backstage-plugin-delivery-common';
import { canonicalJson } from '@fawkes/kit-contract';
import {
  earliestPer,
  insertRows,
  perRow,
  select,
} from '@fawkes/kit-backend/sql';
import { FACT_TIME } from '../store/factTables';
import type { Retold } from '../store/factTable';
import type { DirtyServices } from '../store/dirty';
import { artifactLocks, lock } from '../store/locks';
import { noteNews } from '../store/news';
import { tables, type Stored } from '../store/tables';
import type { ApplyContext } from './applyContext';

/**
 * A deployment told anew changes its chain from its old or new finish on,
 * whichever is earlier, in every service it counts for or counted for.
 */
export async function deploymentsChanged(
  tx: Knex.Transaction,
  changes: readonly Retold<'deployment'>[],
  dirty: DirtyServices,
  { now, history }: Pick<ApplyContext, 'now' | 'history'>,
): Promise<void> {
  if (changes.length === 0) return;
  const keys = changes.map(change => change.key);
  await tx('deployment_parts').whereIn('fact_key', keys).delete();
  await insertRows(tx, tables.deploymentParts, changes.flatMap(partsOf));

  const from = new Map<string, number>();
  const started = new Map<string, number>();
  const together = await membersTogether(tx, changes);
  for (const { key, before, after } of changes) {
    const others = together.get(key) ?? [];
    from.set(
      key,
      Math.min(timeOf(before), timeOf(after), ...others.map(one => one.at)),
    );
    started.set(
      key,
      Math.min(
        startOf(before),
        startOf(after),
        ...others.map(one => one.started),
      ),
    );
  }

  const facts = await tx('deployment_facts')
    .whereIn('deployment_facts.fact_key', keys)
    .leftJoin(
      'deployment_parts',
      'deployment_parts.fact_key',
      'deployment_facts.fact_key',
    )
    .leftJoin(
      'service_repositories',
      'service_repositories.repository',
      'deployment_parts.repository',
    )
    .select({
      key: 'deployment_facts.fact_key',
      sent: 'deployment_facts.service',
      mapped: 'service_repositories.service_ref',
    });
  const concerned: Array<{ fact_key: string; service_ref: string }> = [];
  for (const { key, sent, mapped } of facts) {
    const service = sent || mapped;
    if (!service) continue;
    dirty.add(service, from.get(key)!, started.get(key)!);
    concerned.push({ fact_key: key, service_ref: service });
  }
  const derived = await derivedOf(tx, keys);
  for (const { fact_key, service_ref, at, started_at } of derived) {
    dirty.add(
      service_ref,
      Math.min(at, from.get(fact_key)!),
      Math.min(started_at ?? at, started.get(fact_key)!),
    );
  }
  concerned.push(...derived);
  await artifactsLearnt(tx, changes, dirty);
  if (history) return;
  const news = new Set(changes.filter(isNews).map(({ key }) => key));
  await noteNews(
    tx,
    concerned.filter(({ fact_key }) => news.has(fact_key)),
    now,
  );
}

/** The rows that are made of facts, as the one that counts or as a member. */
async function derivedOf(
  tx: Knex.Transaction,
  keys: readonly string[],
): Promise<
  Array<
    Pick<
      Stored<'deployments'>,
      'fact_key' | 'service_ref' | 'at' | 'started_at'
    >
  >
> {
  const own = await select(
    tx('deployments').whereIn('fact_key', [...keys]),
    tables.deployments,
    'fact_key',
    'service_ref',
    'at',
    'started_at',
  );
  const members = await tx('deployment_members')
    .innerJoin(
      'deployments',
      'deployments.key',
      'deployment_members.counted_key',
    )
    .whereIn('deployment_members.fact_key', [...keys])
    .select(
      'deployment_members.fact_key',
      'deployments.service_ref',
      'deployments.at',
      'deployments.started_at',
    );
  return [...own, ...members];
}

/** What facts of one deployment have in common. */
const SAME = {
  key: 'text',
  source: 'text',
  name: 'text',
  chain: 'text',
} as const;

/**
 * When facts were that may be the same deployment as these: told under the same
 * id in another spelling or for no service, or as jobs of the same run.
 */
async function membersTogether(
  tx: Knex.Transaction,
  changes: readonly Retold<'deployment'>[],
): Promise<Map<string, Array<{ at: number; started: number }>>> {
  const found = new Map<string, Array<{ at: number; started: number }>>();
  const names = (column: 'ext_id' | 'run') =>
    changes.flatMap(({ key, before, after }) =>
      [before, after].flatMap(fact => {
        if (fact?.status !== 'known') return [];
        const { source, id, run, environment } = fact.record;
        const name = column === 'run' ? run : id;
        return name === undefined
          ? []
          : [{ key, source, name, chain: foldEnvironment(environment) }];
      }),
    );
  for (const column of ['ext_id', 'run'] as const) {
    const asked = names(column);
    if (asked.length === 0) continue;
    const rows: Array<{ key: string; at: number; started: number }> = await tx
      .select({
        key: 'k.key',
        at: tx.raw(FACT_TIME),
        started: tx.raw('coalesce(started_at, finished_at, occurred_at)'),
      })
      .from(
        perRow(
          tx,
          SAME,
          asked,
          'deployment_facts',
          `deployment_facts.${column} = k.name
            and coalesce(deployment_facts.source, '') = k.source
            and coalesce(deployment_facts.chain, '') = k.chain
            and deployment_facts.fact_key <> k.key
            and deployment_facts.known = 'known'`,
        ),
      );
    for (const { key, at, started } of rows) {
      found.set(key, [...(found.get(key) ?? []), { at, started }]);
    }
  }
  return found;
}

/** Whether what is known of it is another than before, and not only by whom it was told. */
function isNews({ before, after }: Retold<'deployment'>): boolean {
  return before === undefined || said(before) !== said(after);
}

function said(fact: ResolvedFact<'deployment'>): string {
  if (fact.status !== 'known') return fact.status;
  const { correlationId: _, ...record } = fact.record;
  return canonicalJson([record, fact.failedLater ?? false]);
}

/** A deployment with artifact and sha tells what the artifact is built from. */
async function artifactsLearnt(
  tx: Knex.Transaction,
  changes: readonly Retold<'deployment'>[],
  dirty: DirtyServices,
): Promise<void> {
  const artifacts = changes.flatMap(({ before, after }) =>
    [before, after].flatMap(fact =>
      fact?.status === 'known' && fact.record.artifact && hasSha(fact.record)
        ? [fact.record.artifact]
        : [],
    ),
  );
  if (artifacts.length === 0) return;
  await lock(tx, artifactLocks(artifacts), 'alone');
  const waiting = await earliestPer(
    tx('deployments').whereIn('artifact', artifacts),
    'service_ref',
    'at',
  );
  for (const [service, from] of waiting) dirty.add(service, from);
}

function hasSha(event: DeploymentEvent): boolean {
  return Boolean(event.sha ?? event.parts?.length);
}

/** The parts of a deployment as rows. */
export function partsOf({
  key,
  after,
}: Pick<Retold<'deployment'>, 'key' | 'after'>): Array<
  Stored<'deploymentParts'>
> {
  if (after.status !== 'known') return [];
  const { parts, repository, sha, commits } = after.record;
  const list = parts ?? (repository ? [{ repository, sha, commits }] : []);
  return list.map((part, position) => ({
    fact_key: key,
    position,
    repository: part.repository,
    sha: part.sha ?? null,
    commits: part.commits ? JSON.stringify(part.commits) : null,
    at: timeOf(after),
  }));
}

function startOf(fact: ResolvedFact<'deployment'> | undefined): number {
  if (fact?.status !== 'known') return Number.MAX_SAFE_INTEGER;
  const { startedAt } = fact.record;
  return startedAt ? Date.parse(startedAt) : timeOf(fact);
}

function timeOf(fact: ResolvedFact<'deployment'> | undefined): number {
  if (fact?.status !== 'known') return Number.MAX_SAFE_INTEGER;
  const { finishedAt, startedAt, occurredAt } = fact.record;
  return Date.parse(finishedAt ?? startedAt ?? occurredAt);
}
