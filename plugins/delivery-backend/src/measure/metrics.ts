import type { Knex } from 'knex';
import {
  benchmarkFor,
  bucketsOf,
  describeWindow,
  deploymentsPerBucket,
  previousWindow,
  resolveWindow,
  summarise,
  summariseMetrics,
  type Elsewhere,
  type MetricsByQuery,
  type MetricsByResponse,
  type MetricsQuery,
  type MetricsResponse,
  type MetricsRow,
  type ResolvedWindow,
  type Tally,
} from '@fawkes/backstage-plugin-delivery-common';
import { InputError } from '@backstage/errors';
import { select } from '@fawkes/kit-backend/sql';
import type { DeliveryConfig } from '../config';
import type { Scope, VisibleService } from '../permissions/scope';
import { addElsewhere, readAttempts } from '../store/attempts';
import { isRebuilding } from '../store/rebuild';
import { tables, type Stored } from '../store/tables';
import type { TallyQuestion } from './tallyQuestion';
import { tallyScope } from './tallyScope';

/** What a question is answered with. */
export interface MeasureContext {
  db: Knex;
  config: DeliveryConfig;
  now: number;
}

type Switches = Pick<
  MetricsQuery,
  'unit' | 'start' | 'recoveryFrom' | 'environment' | 'bands'
> &
  Pick<TallyQuestion, 'byMonth'>;

/** Answers `GET /metrics` for a scope. */
export async function measureScope(
  scope: Scope,
  query: MetricsQuery,
  context: MeasureContext,
): Promise<MetricsResponse> {
  const { db, config, now } = context;
  const window = windowOf(query, context);
  const services = scope.services.map(service => service.ref);
  const known = await readServiceFacts(db);
  const told = factsOf(known, config, services, scope.single);
  const { facts, elsewhere } = await withAttempts(told, services, context);
  const byMonth = window.bucket === 'month';
  const [days, previousDays] = await Promise.all([
    tally(facts, services, window, { ...query, byMonth }, context),
    tally(
      facts,
      services,
      previousWindow(window),
      // It is only looked at as a whole.
      { ...query, byMonth: true },
      context,
    ),
  ]);
  const summary = summarise({
    days,
    previousDays,
    window,
    firstFactAt: facts.firstFactAt,
    elsewhere,
    byPullRequest: query.unit === 'pull_request',
    bandTable: query.bands,
    custom: config.customBands,
  });
  return {
    asOf: new Date(now).toISOString(),
    scope: {
      entities: scope.entities,
      services: services.length,
      sample: facts.sample,
      sandbox: facts.sandbox,
      firstFactAt:
        facts.firstFactAt === null
          ? null
          : new Date(facts.firstFactAt).toISOString(),
    },
    window: describeWindow(window),
    approximate: summary.approximate,
    rebuilding: await isRebuilding(db),
    metrics: summary.metrics,
    series: summary.series,
    benchmark: benchmarkFor({
      edition: query.edition,
      industry: query.industry,
      size: query.size,
      metrics: summary.metrics,
    }),
  };
}

/** Answers `GET /metrics/by`: one row per service or per owning team. */
export async function measureBy(
  scope: Scope,
  query: MetricsByQuery,
  context: MeasureContext,
): Promise<MetricsByResponse> {
  const { db, config, now } = context;
  const window = { ...windowOf(query, context), bucket: 'week' as const };
  const groups = groupServices(scope.services, query.groupBy);
  const start = query.cursor
    ? groups.findIndex(group => group.ref > readCursor(query.cursor!))
    : 0;
  const page = start === -1 ? [] : groups.slice(start, start + query.limit);
  const known = await readServiceFacts(db);
  const rows: MetricsRow[] = [];
  let approximate = false;
  for (const group of page) {
    const refs = group.services.map(service => service.ref);
    const single = query.groupBy === 'service';
    const told = factsOf(known, config, refs, single);
    const { facts, elsewhere } = await withAttempts(told, refs, context);
    // Weeks count deployments; everything else is about a whole window.
    const switches = { ...query, byMonth: true };
    const [days, previousDays] = await Promise.all([
      tally(facts, refs, window, switches, context),
      tally(facts, refs, previousWindow(window), switches, context),
    ]);
    const input = {
      days,
      previousDays,
      window,
      firstFactAt: facts.firstFactAt,
      elsewhere,
      byPullRequest: query.unit === 'pull_request',
      bandTable: query.bands,
      custom: config.customBands,
    };
    rows.push({
      entity: { ref: group.ref, title: group.title },
      sample: facts.sample,
      metrics: summariseMetrics(input),
      spark: deploymentsPerBucket(days, window).slice(
        -bucketsOf(window).length,
      ),
    });
    approximate ||= [...days.values()].some(day => day.lead.kind === 'sketch');
  }
  const last = page[page.length - 1];
  return {
    asOf: new Date(now).toISOString(),
    groupBy: query.groupBy,
    window: describeWindow(window),
    approximate,
    rebuilding: await isRebuilding(db),
    items: rows,
    nextCursor:
      last && start + page.length < groups.length
        ? Buffer.from(last.ref).toString('base64url')
        : null,
  };
}

function readCursor(cursor: string): string {
  const ref = Buffer.from(cursor, 'base64url').toString();
  if (!/^[a-z]+:/.test(ref)) {
    throw new InputError('cursor is not one this API gave out');
  }
  return ref;
}

interface ServiceGroup {
  ref: string;
  title: string;
  services: VisibleService[];
}

function groupServices(
  services: readonly VisibleService[],
  by: 'service' | 'team',
): ServiceGroup[] {
  const groups = new Map<string, ServiceGroup>();
  for (const service of services) {
    const ref = by === 'service' ? service.ref : service.owner;
    if (ref === null) continue;
    const title = by === 'service' ? service.title : ref.replace(/^.*\//, '');
    const group = groups.get(ref) ?? { ref, title, services: [] };
    group.services.push(service);
    groups.set(ref, group);
  }
  return [...groups.values()].sort((a, b) => (a.ref < b.ref ? -1 : 1));
}

function windowOf(
  query: {
    from?: string;
    to?: string;
    tz?: string;
    bucket?: ResolvedWindow['bucket'];
  },
  { config, now }: MeasureContext,
): ResolvedWindow {
  return resolveWindow({
    from: query.from,
    to: query.to,
    tz: query.tz ?? config.timezone,
    bucket: query.bucket,
    now,
  });
}

async function tally(
  facts: ScopeTold,
  services: readonly string[],
  window: ResolvedWindow,
  switches: Switches,
  { db, config }: MeasureContext,
): Promise<Map<string, Tally>> {
  const question: TallyQuestion = {
    services,
    others: facts.others,
    deployments: facts.deployments,
    fromMs: window.fromMs,
    toMs: window.toMs,
    tz: window.tz,
    asOfMs: window.asOfMs,
    unit: switches.unit,
    start: switches.start,
    recoveryFrom: switches.recoveryFrom,
    environment: switches.environment,
    withSandbox: facts.single,
    byMonth: switches.byMonth,
  };
  return tallyScope(db, question, config);
}

type ServiceFactsRow = Pick<
  Stored<'serviceFacts'>,
  'service_ref' | 'source' | 'first_at' | 'deployments'
>;

async function readServiceFacts(db: Knex): Promise<ServiceFactsRow[]> {
  return select(
    db('service_facts'),
    tables.serviceFacts,
    'service_ref',
    'source',
    'first_at',
    'deployments',
  );
}

/**
 * Where nothing reached production: when somebody first tried to, and what went
 * elsewhere. A scope whose attempts all failed delivers zero times a day.
 */
async function withAttempts(
  facts: ScopeTold,
  services: readonly string[],
  { db, config }: MeasureContext,
): Promise<{ facts: ScopeTold; elsewhere: Elsewhere | null }> {
  if (facts.firstFactAt !== null) return { facts, elsewhere: null };
  const attempts = await readAttempts(db, services, {
    sandboxSources: facts.single ? new Set() : config.sandboxSources,
  });
  const tried = [...attempts.values()].flatMap(one => one.firstTriedAt ?? []);
  return {
    facts: {
      ...facts,
      firstFactAt: tried.length > 0 ? Math.min(...tried) : null,
    },
    elsewhere: addElsewhere([...attempts.values()]),
  };
}

interface ScopeTold {
  single: boolean;
  firstFactAt: number | null;
  /** Deployments ever. */
  deployments: number;
  sample: boolean;
  sandbox: boolean;
  /** Services with facts outside of the scope. */
  others: string[];
}

function factsOf(
  known: readonly ServiceFactsRow[],
  config: DeliveryConfig,
  services: readonly string[],
  single: boolean,
): ScopeTold {
  const own = new Set(services);
  const others = new Set<string>();
  const facts: Omit<ScopeTold, 'others'> = {
    single,
    firstFactAt: null,
    deployments: 0,
    sample: false,
    sandbox: false,
  };
  for (const row of known) {
    if (!own.has(row.service_ref)) {
      others.add(row.service_ref);
      continue;
    }
    if (config.sandboxSources.has(row.source)) {
      if (!single) continue;
      facts.sandbox = true;
    }
    facts.sample ||= config.sampleSources.has(row.source);
    facts.deployments += row.deployments;
    facts.firstFactAt = Math.min(facts.firstFactAt ?? Infinity, row.first_at);
  }
  return { ...facts, others: [...others] };
}
