import {
  figureOf,
  say,
  type Incident,
  type IncidentsQuery,
  type IncidentsResponse,
} from '@fawkes/backstage-plugin-delivery-common';
import { page } from '@fawkes/kit-backend/sql';
import type { Scope } from '../permissions/scope';
import { tables, type Stored } from '../store/tables';
import { iso, isoOrNull, type PersonalContext } from './context';
import { instant } from './findDeployments';

/** The incidents of a scope, newest first. */
export async function listIncidents(
  scope: Scope,
  query: IncidentsQuery,
  context: PersonalContext,
): Promise<IncidentsResponse> {
  const { db, config, now } = context;
  const tz = query.tz ?? config.timezone;
  const found = db('incidents')
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
    });
  const { rows, nextCursor } = await page(
    found,
    tables.incidents,
    { at: 'opened_at', ties: ['ext_id', 'source'], key: 'fact_key' },
    query,
  );
  return {
    asOf: iso(now),
    items: await toIncidents(rows, context),
    nextCursor,
  };
}

/** A deployment an incident is linked to. */
type LinkedDeployment = Pick<Stored<'incidentLinks'>, 'incident_key' | 'rule'> &
  Pick<Stored<'deployments'>, 'key' | 'source' | 'ext_id' | 'service_ref'>;

/**
 * Rows as the API shows them, with the deployments they are linked to: an
 * incident without a service may be the doing of several, hidden ones too.
 */
export async function toIncidents(
  rows: ReadonlyArray<Stored<'incidents'>>,
  { db, config, visible }: PersonalContext,
): Promise<Incident[]> {
  const links: LinkedDeployment[] = await db('incident_links')
    .innerJoin(
      'deployments',
      'deployments.key',
      'incident_links.deployment_key',
    )
    .whereIn(
      'incident_links.incident_key',
      rows.map(row => row.fact_key),
    )
    .orderBy(['deployments.at', 'deployments.ext_id', 'deployments.key'])
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
    // It is known, so its sender said when it was opened.
    const openedAt = row.opened_at!;
    const resolvedAt = row.resolved_at;
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
        say('incident.open'),
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
