import {
  figureOf,
  type Incident,
  type IncidentsQuery,
  type IncidentsResponse,
} from '@fawkes/backstage-plugin-delivery-common';
import type { Scope } from '../permissions/scope';
import { fromCursor, toPage } from '@fawkes/kit-backend/sql';
import { iso, isoOrNull, type PersonalContext, type Row } from './context';
import { instant } from './deployments';

/** The incidents of a scope, newest first. */
export async function listIncidents(
  scope: Scope,
  query: IncidentsQuery,
  context: PersonalContext,
): Promise<IncidentsResponse> {
  const { db, config, now } = context;
  const after = fromCursor(query.cursor);
  const tz = query.tz ?? config.timezone;
  const rows: Row[] = await db('incidents')
    .where('known', 'known')
    .whereIn(
      'service',
      scope.services.map(service => service.ref),
    )
    .modify(builder => {
      if (!scope.single && config.sandboxSources.size > 0) {
        builder.whereNotIn('source', [...config.sandboxSources]);
      }
      if (query.from) builder.where('opened_at', '>=', instant(query.from, tz));
      if (query.to) builder.where('opened_at', '<', instant(query.to, tz));
      if (after) {
        builder.where(older =>
          older
            .where('opened_at', '<', after.at)
            .orWhere(tie =>
              tie
                .where('opened_at', after.at)
                .where('fact_key', '>', after.key),
            ),
        );
      }
    })
    .orderBy([{ column: 'opened_at', order: 'desc' }, { column: 'fact_key' }])
    .limit(query.limit + 1)
    .select('*');
  const page = toPage(rows, query.limit, row => ({
    at: row.opened_at,
    key: row.fact_key,
  }));
  return {
    asOf: iso(now),
    items: await toIncidents(page.rows, context),
    nextCursor: page.nextCursor,
  };
}

/**
 * Rows as the API shows them, with the deployments they are linked to: an
 * incident without a service may be the doing of several, hidden ones too.
 */
export async function toIncidents(
  rows: readonly Row[],
  { db, config, visible }: PersonalContext,
): Promise<Incident[]> {
  const links: Row[] = await db('incident_links')
    .innerJoin(
      'deployments',
      'deployments.key',
      'incident_links.deployment_key',
    )
    .whereIn(
      'incident_links.incident_key',
      rows.map(row => row.fact_key),
    )
    .orderBy('deployments.key')
    .select(
      'incident_links.incident_key',
      'incident_links.rule',
      'deployments.key',
      'deployments.source',
      'deployments.ext_id',
      'deployments.service_ref',
    );
  const shown = await visible([
    ...new Set(links.map(link => link.service_ref)),
  ]);
  return rows.map(row => {
    const openedAt: number = row.opened_at;
    const resolvedAt: number | null = row.resolved_at;
    return {
      key: row.fact_key,
      source: row.source,
      id: row.ext_id,
      title: row.title,
      service: row.service,
      severity: row.severity,
      openedAt: iso(openedAt),
      resolvedAt: isoOrNull(resolvedAt),
      durationSeconds: figureOf(
        resolvedAt === null ? null : Math.floor((resolvedAt - openedAt) / 1000),
        'It is still open',
      ),
      url: row.url,
      deployments: links
        .filter(
          link =>
            link.incident_key === row.fact_key && shown.has(link.service_ref),
        )
        .map(link => ({
          key: link.key,
          source: link.source,
          id: link.ext_id,
          rule: link.rule,
        })),
      sample: config.sampleSources.has(row.source),
    };
  });
}
