import type { Knex } from 'knex';
import type {
  DeploymentEvent,
  ResolvedFact,
} from '@fawkes/backstage-plugin-delivery-common';
import { canonicalJson } from '@fawkes/kit-contract';
import { earliestPer, insertRows, select } from '@fawkes/kit-backend/sql';
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
  for (const { key, before, after } of changes) {
    from.set(key, Math.min(timeOf(before), timeOf(after)));
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
    dirty.add(service, from.get(key)!);
    concerned.push({ fact_key: key, service_ref: service });
  }
  const derived = await select(
    tx('deployments').whereIn('fact_key', keys),
    tables.deployments,
    'fact_key',
    'service_ref',
    'at',
  );
  for (const row of derived) {
    dirty.add(row.service_ref, Math.min(row.at, from.get(row.fact_key)!));
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

/** Whether what is known of it is another than before, and not only by whom it was told. */
function isNews({ before, after }: Retold<'deployment'>): boolean {
  return before === undefined || said(before) !== said(after);
}

function said(fact: ResolvedFact<'deployment'>): string {
  if (fact.status !== 'known') return fact.status;
  const { correlationId: _, ...record } = fact.record;
  return canonicalJson(record);
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

function timeOf(fact: ResolvedFact<'deployment'> | undefined): number {
  if (fact?.status !== 'known') return Number.MAX_SAFE_INTEGER;
  const { finishedAt, startedAt, occurredAt } = fact.record;
  return Date.parse(finishedAt ?? startedAt ?? occurredAt);
}
