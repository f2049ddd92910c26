import type { Knex } from 'knex';
import {
  figureOf,
  say,
  sayElsewhere,
  type DeliveryWordCode,
  type Elsewhere,
  type QualityResponse,
  type QualityRow,
} from '@fawkes/backstage-plugin-delivery-common';
import type { Said } from '@fawkes/kit-contract';
import type { Scope, VisibleService } from '../permissions/scope';
import { addElsewhere, readAttempts } from '../store/attempts';
import { isRebuilding } from '../store/rebuild';
import type { Stored } from '../store/tables';
import { iso, isoOrNull, type PersonalContext } from './context';
import { readAnnotationFindings } from './annotationFindings';
import { readGaps } from './gaps';
import { readUnmapped } from './unmapped';

const STALE_DAYS = 45;
const STALE_MS = STALE_DAYS * 86_400_000;

/** A number as databases count: PostgreSQL as text. */
type Count = number | string;

interface Seen {
  count: number;
  lastAt: number | null;
}

type ShortenedCounts = Pick<QualityResponse, 'clippedTexts' | 'unknownLists'>;

const NOTHING_SHORTENED: ShortenedCounts = { clippedTexts: 0, unknownLists: 0 };

/** What is missing, stale or odd about the facts of a scope. */
export async function readQuality(
  scope: Scope,
  /** The caller may see facts that belong to nobody yet. */
  mayReadIntake: boolean,
  context: PersonalContext,
): Promise<QualityResponse> {
  const { db, now } = context;
  const refs = scope.services.map(service => service.ref);
  const [deployments, commits, pulls, incidents, times, gaps, annotations] =
    await Promise.all([
      seenDeployments(db, refs),
      seenChanges(db, refs, 'commit'),
      seenChanges(db, refs, 'pull_request'),
      seenIncidents(db, refs),
      leadTimeFlaws(db, refs),
      readGaps(db, refs),
      readAnnotationFindings(db, scope.services),
    ]);
  const attempts = await readAttempts(
    db,
    refs.filter(ref => !deployments.has(ref)),
    { sandboxSources: new Set() },
  );
  const services = scope.services.map((service): QualityRow => {
    const elsewhere = attempts.get(service.ref);
    const flaws = times.get(service.ref);
    return {
      service: service.ref,
      title: service.title,
      sample: service.sample,
      cells: [
        cell(
          'deployments',
          deployments.get(service.ref),
          service,
          now,
          elsewhere && addElsewhere([elsewhere]),
        ),
        cell('commits', commits.get(service.ref), service, now),
        cell('pull-requests', pulls.get(service.ref), service, now),
        cell('incidents', incidents.get(service.ref), service, now),
      ],
      unknownStart: flaws?.unknown ?? 0,
      clamped: flaws?.clamped ?? 0,
      ...gaps.of(service.ref),
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
  const noChange = say('quality.no_change');
  const unmapped = mayReadIntake
    ? await readUnmapped(context)
    : { items: [], cut: false };
  return {
    asOf: iso(now),
    rebuilding: await isRebuilding(db),
    coverage: figureOf(
      refs.length > 0 ? deployments.size / refs.length : null,
      say('quality.no_service'),
    ),
    services: services.sort((a, b) => (a.title < b.title ? -1 : 1)),
    unmapped: unmapped.items,
    annotations: annotations.findings,
    cut: [
      ...(annotations.cut ? (['annotations'] as const) : []),
      ...(unmapped.cut ? (['unmapped'] as const) : []),
      ...(gaps.cut ? (['unknownCauses'] as const) : []),
    ],
    knownSince: await knownSince(db, refs),
    unknownCauses: gaps.causes,
    rejected: mayReadIntake
      ? await countWhere(db, 'inbox', 'state', 'rejected')
      : 0,
    ...(mayReadIntake ? await readShortened(db) : NOTHING_SHORTENED),
    incomplete: mayReadIntake ? await countIncomplete(db) : 0,
    clampedShare: figureOf(known > 0 ? total.clamped / known : null, noChange),
    unknownStartShare: figureOf(
      total.count > 0 ? total.unknown / total.count : null,
      noChange,
    ),
  };
}

/** Mappers of before did not read them: what is older is not known so well. */
async function knownSince(
  db: Knex,
  refs: readonly string[],
): Promise<QualityResponse['knownSince']> {
  const own = (table: string) =>
    db(table)
      .whereIn('service_ref', [...refs])
      .select('repository');
  const [pushes] = await db('pushes')
    .whereIn('repository', own('service_repositories'))
    .orWhereIn('repository', own('named_repositories'))
    .min({ at: 'occurred_at' });
  const [incidents] = await db('incidents')
    .whereIn('service', [...refs])
    .whereNotNull('environment')
    .min({ at: 'opened_at' });
  return {
    pushes: isoOrNull(pushes?.at ?? null),
    incidentEnvironments: isoOrNull(incidents?.at ?? null),
  };
}

type Fact = QualityRow['cells'][number]['fact'];

const ADVICE = {
  deployments: 'advice.deployments',
  commits: 'advice.commits',
  'pull-requests': 'advice.pull_requests',
  incidents: 'advice.incidents',
} as const satisfies Record<Fact, DeliveryWordCode>;

function cell(
  fact: Fact,
  seen: Seen | undefined,
  service: VisibleService,
  now: number,
  elsewhere: Elsewhere | null = null,
): QualityRow['cells'][number] {
  const lastAt = seen?.lastAt ?? null;
  const stale =
    fact !== 'incidents' && lastAt !== null && now - lastAt > STALE_MS;
  const missing = !seen || seen.count === 0;
  let state: 'present' | 'stale' | 'missing' = 'present';
  if (missing) state = 'missing';
  else if (stale) state = 'stale';
  const advice =
    missing && elsewhere
      ? sayElsewhere('advice', elsewhere)
      : adviceOn(fact, state, service);
  return {
    fact,
    state,
    count: seen?.count ?? 0,
    lastAt: isoOrNull(lastAt),
    advice: advice?.text ?? null,
    adviceSaid: advice,
  };
}

function adviceOn(
  fact: Fact,
  state: 'present' | 'stale' | 'missing',
  service: VisibleService,
): Said | null {
  if (state === 'present') return null;
  // A service that never failed has no incidents; that is not a fault.
  if (state === 'missing') return say(ADVICE[fact]);
  return say('advice.stale', { days: STALE_DAYS, service: service.title });
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

/** What bounds took from the messages that are kept. */
async function readShortened(db: Knex): Promise<ShortenedCounts> {
  const [sums] = await db('inbox')
    .where(one =>
      one.where('clipped_texts', '>', 0).orWhere('unknown_lists', '>', 0),
    )
    .sum({ texts: 'clipped_texts', lists: 'unknown_lists' });
  return {
    clippedTexts: Number(sums.texts ?? 0),
    unknownLists: Number(sums.lists ?? 0),
  };
}

async function countIncomplete(db: Knex): Promise<number> {
  let sum = 0;
  for (const table of [
    'deployment_facts',
    'commits',
    'pushes',
    'pull_requests',
    'incidents',
    'other_facts',
  ]) {
    sum += await countWhere(db, table, 'known', 'incomplete');
  }
  return sum;
}
