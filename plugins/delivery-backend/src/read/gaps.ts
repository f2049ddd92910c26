import {
  say,
  type QualityRow,
  type UnknownCause,
} from '@fawkes/backstage-plugin-delivery-common';
import { rawRows, rowSource, select } from '@fawkes/kit-backend/sql';
import type { Knex } from 'knex';
import { tables } from '../store/tables';
import { iso } from './context';

/** What is not known about the facts of one service. */
export type Gaps = Pick<
  QualityRow,
  'unknownParents' | 'differingCommits' | 'unknownBranches' | 'unknownCauses'
>;

/** Incidents that are listed; the others are counted. */
const MOST_CAUSES = 100;

const OF_REPOSITORIES = {
  unknownParents:
    "select count(*) from commits where commits.repository = own.repository and commits.parents is null and commits.known = 'known'",
  differingCommits:
    'select count(*) from commits where commits.repository = own.repository and commits.differing',
  unknownBranches:
    "select count(*) from pull_requests where pull_requests.repository = own.repository and pull_requests.found_by in ('fork', 'gap') and pull_requests.merged_at is not null",
} as const;

type Counted = keyof typeof OF_REPOSITORIES;

/** What is not known about the facts of services. */
export async function readGaps(
  db: Knex,
  services: readonly string[],
): Promise<{
  of(service: string): Gaps;
  causes: UnknownCause[];
  cut: boolean;
}> {
  const source = rowSource(
    db,
    { service_ref: 'text' },
    services.map(service_ref => ({ service_ref })),
  );
  const names = Object.keys(OF_REPOSITORIES) as Counted[];
  const rows = await rawRows<
    { service_ref: string } & Record<Counted, number | string>
  >(
    db,
    `select own.service_ref, ${names
      .map(name => `sum((${OF_REPOSITORIES[name]})) as "${name}"`)
      .join(', ')}
      from (select service_ref, repository from service_repositories
        union select service_ref, repository from named_repositories) as own
      join ${source.sql} on k.service_ref = own.service_ref
      group by own.service_ref`,
    source.bindings,
  );
  const gaps = new Map(rows.map(row => [row.service_ref, row]));
  const causes = await unknownCauses(db, services);
  const perService = new Map<string, number>();
  for (const { service } of causes) {
    perService.set(service, (perService.get(service) ?? 0) + 1);
  }
  return {
    of: service => {
      const own = gaps.get(service);
      return {
        unknownParents: Number(own?.unknownParents ?? 0),
        differingCommits: Number(own?.differingCommits ?? 0),
        unknownBranches: Number(own?.unknownBranches ?? 0),
        unknownCauses: perService.get(service) ?? 0,
      };
    },
    causes: causes.slice(0, MOST_CAUSES),
    cut: causes.length > MOST_CAUSES,
  };
}

async function unknownCauses(
  db: Knex,
  services: readonly string[],
): Promise<UnknownCause[]> {
  const rows = await select(
    db('incidents')
      .whereIn('service', [...services])
      .where('known', 'known')
      .whereIn('cause', ['unknown', 'ambiguous'])
      .orderBy([
        { column: 'opened_at', order: 'desc' },
        { column: 'ext_id', order: 'desc' },
        { column: 'fact_key', order: 'asc' },
      ]),
    tables.incidents,
    'service',
    'source',
    'ext_id',
    'title',
    'opened_at',
    'caused_by',
    'cause',
  );
  return rows.map(row => {
    const said = say(
      row.cause === 'ambiguous'
        ? 'incident_cause.ambiguous'
        : 'incident_cause.unknown',
    );
    return {
      service: row.service!,
      source: row.source,
      id: row.ext_id,
      title: row.title,
      openedAt: iso(row.opened_at!),
      causedBy: row.caused_by!,
      reason: said.text,
      reasonSaid: said,
    };
  });
}
