import type { Knex } from 'knex';
import {
  ANNOTATION_GITHUB_SLUG,
  ANNOTATION_GITLAB_SLUG,
  figureOf,
  type QualityResponse,
  type QualityRow,
} from '@fawkes/backstage-plugin-delivery-common';
import type { Scope, VisibleService } from '../permissions/scope';
import type { Stored } from '../store/tables';
import { iso, isoOrNull, type PersonalContext } from './context';
import { shownRepositories } from './visibility';
import { readAnnotationFindings } from './annotationFindings';

const STALE_MS = 45 * 86_400_000;
const MOST_UNMAPPED = 100;

/** A number as databases count: PostgreSQL as text. */
type Count = number | string;

interface Seen {
  count: number;
  lastAt: number | null;
}

/** What is missing, stale or odd about the facts of a scope. */
export async function readQuality(
  scope: Scope,
  /** The caller may see facts that belong to nobody yet. */
  mayReadIntake: boolean,
  context: PersonalContext,
): Promise<QualityResponse> {
  const { db, now } = context;
  const refs = scope.services.map(service => service.ref);
  const [deployments, commits, pulls, incidents, times, annotations] =
    await Promise.all([
      seenDeployments(db, refs),
      seenChanges(db, refs, 'commit'),
      seenChanges(db, refs, 'pull_request'),
      seenIncidents(db, refs),
      leadTimeFlaws(db, refs),
      readAnnotationFindings(db, scope.services),
    ]);
  const services = scope.services.map((service): QualityRow => {
    const flaws = times.get(service.ref);
    return {
      service: service.ref,
      title: service.title,
      sample: service.sample,
      cells: [
        cell('deployments', deployments.get(service.ref), service, now),
        cell('commits', commits.get(service.ref), service, now),
        cell('pull-requests', pulls.get(service.ref), service, now),
        cell('incidents', incidents.get(service.ref), service, now),
      ],
      unknownStart: flaws?.unknown ?? 0,
      clamped: flaws?.clamped ?? 0,
    };
  });
  const total = [...times.values()].reduce(
    (sum, flaws) => ({
      count: sum.count + flaws.count,
      unknown: sum.unknown + flaws.unknown,
      clamped: sum.clamped + flaws.clamped,
    }),
    { count: 0, unknown: 0, clamped: 0 },
  );
  const known = total.count - total.unknown;
  const noChange = 'No change has been found in a deployment yet';
  return {
    asOf: iso(now),
    coverage: figureOf(
      refs.length > 0 ? deployments.size / refs.length : null,
      'There is no service in this scope',
    ),
    services: services.sort((a, b) => (a.title < b.title ? -1 : 1)),
    unmapped: mayReadIntake ? await readUnmapped(context) : [],
    annotations,
    rejected: mayReadIntake
      ? await countWhere(db, 'inbox', 'state', 'rejected')
      : 0,
    incomplete: mayReadIntake ? await countIncomplete(db) : 0,
    clampedShare: figureOf(known > 0 ? total.clamped / known : null, noChange),
    unknownStartShare: figureOf(
      total.count > 0 ? total.unknown / total.count : null,
      noChange,
    ),
  };
}

type Fact = QualityRow['cells'][number]['fact'];

const ADVICE: Record<Fact, string> = {
  deployments:
    'Send a deployment event at the end of the pipeline, or point the GitHub webhook at this portal',
  commits:
    'Send commits (GitHub push webhook or the git source), so that lead times can be measured',
  'pull-requests':
    'Subscribe the webhook to pull requests and reviews, to see where changes wait',
  incidents:
    'Send incidents with this service, so that failed deployments are found',
};

function cell(
  fact: Fact,
  seen: Seen | undefined,
  service: VisibleService,
  now: number,
): QualityRow['cells'][number] {
  const lastAt = seen?.lastAt ?? null;
  const stale =
    fact !== 'incidents' && lastAt !== null && now - lastAt > STALE_MS;
  const missing = !seen || seen.count === 0;
  let state: 'present' | 'stale' | 'missing' = 'present';
  if (missing) state = 'missing';
  else if (stale) state = 'stale';
  return {
    fact,
    state,
    count: seen?.count ?? 0,
    lastAt: isoOrNull(lastAt),
    advice: adviceOn(fact, state, service),
  };
}

function adviceOn(
  fact: Fact,
  state: 'present' | 'stale' | 'missing',
  service: VisibleService,
): string | null {
  if (state === 'present') return null;
  // A service that never failed has no incidents; that is not a fault.
  if (state === 'missing') return ADVICE[fact];
  return `Nothing came for more than 45 days; check whether ${service.title} is still delivered by the same pipeline`;
}

async function seenDeployments(
  db: Knex,
  refs: readonly string[],
): Promise<Map<string, Seen>> {
  const rows: Counted[] = await db('service_facts')
    .whereIn('service_ref', [...refs])
    .select({ service: 'service_ref' })
    .sum({ count: 'deployments' })
    .max({ last: 'last_at' })
    .groupBy('service_ref');
  return toSeen(rows);
}

async function seenChanges(
  db: Knex,
  refs: readonly string[],
  kind: 'commit' | 'pull_request',
): Promise<Map<string, Seen>> {
  const rows: Counted[] = await db('links')
    .whereIn('service_ref', [...refs])
    .where('kind', kind)
    .where(query =>
      query.whereNotNull('committed_at').orWhereNotNull('opened_at'),
    )
    .select({ service: 'service_ref' })
    .count({ count: '*' })
    .max({ last: 'finished_at' })
    .groupBy('service_ref');
  return toSeen(rows);
}

async function seenIncidents(
  db: Knex,
  refs: readonly string[],
): Promise<Map<string, Seen>> {
  const rows: Counted[] = await db('incidents')
    .whereIn('service', [...refs])
    .where('known', 'known')
    .select('service')
    .count({ count: '*' })
    .max({ last: 'opened_at' })
    .groupBy('service');
  return toSeen(rows);
}

/** How many facts a service has, and when the last of them was. */
interface Counted {
  service: string;
  count: Count;
  last: number | null;
}

function toSeen(rows: readonly Counted[]): Map<string, Seen> {
  return new Map(
    rows.map(row => [
      row.service,
      { count: Number(row.count), lastAt: row.last },
    ]),
  );
}

async function leadTimeFlaws(
  db: Knex,
  refs: readonly string[],
): Promise<Map<string, { count: number; unknown: number; clamped: number }>> {
  const rows: Array<
    Pick<Stored<'links'>, 'service_ref'> &
      Record<'count' | 'unknown' | 'clamped', Count>
  > = await db('links')
    .whereIn('service_ref', [...refs])
    .where({ kind: 'commit', counted: true })
    .select('service_ref')
    .select(
      db.raw('count(*) as count'),
      db.raw('count(*) - count(committed_at) as unknown'),
      db.raw(
        'sum(case when committed_at > finished_at then 1 else 0 end) as clamped',
      ),
    )
    .groupBy('service_ref');
  return new Map(
    rows.map(row => [
      row.service_ref,
      {
        count: Number(row.count),
        unknown: Number(row.unknown),
        clamped: Number(row.clamped),
      },
    ]),
  );
}

interface UnmappedRow {
  what?: string;
  facts?: string | number;
  last?: number;
}

/** Deployments no service of the catalog claims, by repository or sender. */
async function readUnmapped(
  context: PersonalContext,
): Promise<QualityResponse['unmapped']> {
  const { db } = context;
  const byRepository: UnmappedRow[] = await db('deployment_facts')
    .innerJoin(
      'deployment_parts',
      'deployment_parts.fact_key',
      'deployment_facts.fact_key',
    )
    .leftJoin(
      'service_repositories',
      'service_repositories.repository',
      'deployment_parts.repository',
    )
    .where({ known: 'known', service: '' })
    .whereNull('service_repositories.service_ref')
    .select({ what: 'deployment_parts.repository' })
    .countDistinct({ facts: 'deployment_facts.fact_key' })
    .max({ last: 'occurred_at' })
    .groupBy('deployment_parts.repository')
    .orderBy('facts', 'desc')
    .limit(MOST_UNMAPPED);
  const byService: UnmappedRow[] = await db('deployment_facts')
    .leftJoin('services', 'services.service_ref', 'deployment_facts.service')
    .where('known', 'known')
    .whereNot('service', '')
    .whereNull('services.service_ref')
    .select({ what: 'service' })
    .count({ facts: '*' })
    .max({ last: 'occurred_at' })
    .groupBy('service')
    .orderBy('facts', 'desc')
    .limit(MOST_UNMAPPED);
  return [
    ...byRepository.map(row =>
      toUnmapped(row, String(row.what), suggestAnnotation(String(row.what))),
    ),
    ...byService.map(row =>
      toUnmapped(
        row,
        String(row.what),
        'The sender names a service the catalog does not have: register it, or correct the sender',
      ),
    ),
    ...(await readUnplacedIncidents(context)),
  ];
}

/**
 * Incidents nobody knows the service of, by repository or sender; those where
 * only services live that the caller may not see are not theirs to place.
 */
async function readUnplacedIncidents(
  context: PersonalContext,
): Promise<QualityResponse['unmapped']> {
  const { db } = context;
  const unplaced = () =>
    db('incidents').where('known', 'known').whereNull('service');
  const inRepositories: Array<UnmappedRow & { living?: string | number }> =
    await unplaced()
      .leftJoin(
        'service_repositories',
        'service_repositories.repository',
        'incidents.repository',
      )
      .whereNotNull('incidents.repository')
      .select({ what: 'incidents.repository' })
      .countDistinct({
        facts: 'incidents.fact_key',
        living: 'service_repositories.service_ref',
      })
      .max({ last: 'opened_at' })
      .groupBy('incidents.repository')
      .orderBy('facts', 'desc')
      .limit(MOST_UNMAPPED);
  const named: UnmappedRow[] = await unplaced()
    .whereNull('repository')
    .whereNull('caused_by')
    .select({ what: 'source' })
    .count({ facts: '*' })
    .max({ last: 'opened_at' })
    .groupBy('source')
    .orderBy('facts', 'desc')
    .limit(MOST_UNMAPPED);
  const shown = await shownRepositories(
    inRepositories.map(row => String(row.what)),
    context,
  );
  const mine = inRepositories.filter(row => shown.has(String(row.what)));
  return [
    ...mine.map(row =>
      toUnmapped(
        row,
        `Incidents in ${row.what}`,
        Number(row.living) > 0
          ? 'Several services live there: name the one it is about, with `service` in the event or a line `Service:` in the issue'
          : suggestAnnotation(String(row.what)),
      ),
    ),
    ...named.map(row =>
      toUnmapped(
        row,
        `Incidents from ${row.what}`,
        'Send `service`, `repository` or `causedBy` with them',
      ),
    ),
  ];
}

function toUnmapped(
  row: UnmappedRow,
  what: string,
  suggestion: string,
): QualityResponse['unmapped'][number] {
  return {
    what,
    facts: Number(row.facts),
    lastAt: iso(Number(row.last)),
    suggestion,
  };
}

function suggestAnnotation(repository: string): string {
  const [host, ...slug] = repository.split('/');
  const annotation = /gitlab/.test(host)
    ? ANNOTATION_GITLAB_SLUG
    : ANNOTATION_GITHUB_SLUG;
  return `Add to the component that lives there: ${annotation}: ${slug.join(
    '/',
  )}`;
}

async function countWhere(
  db: Knex,
  table: string,
  column: string,
  value: string,
): Promise<number> {
  const [{ count }] = await db(table)
    .where(column, value)
    .count({ count: '*' });
  return Number(count);
}

async function countIncomplete(db: Knex): Promise<number> {
  let sum = 0;
  for (const table of [
    'deployment_facts',
    'commits',
    'pull_requests',
    'incidents',
    'other_facts',
  ]) {
    sum += await countWhere(db, table, 'known', 'incomplete');
  }
  return sum;
}
