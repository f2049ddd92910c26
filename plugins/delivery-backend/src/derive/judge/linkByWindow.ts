import type { Knex } from 'knex';
import {
  compareDeployments,
  suspectByWindow,
  type ChainDeployment,
} from '@fawkes/backstage-plugin-delivery-common';
import { insertRows, perRow, select } from '@fawkes/kit-backend/sql';
import { tables, type Stored } from '../../store/tables';
import { SINCE, sinceRows, type Instants } from './judgedRows';

/** Links incidents that name no cause to the deployment they follow. */
export async function linkByWindow(
  tx: Knex.Transaction,
  since: Instants,
  concerned: ReadonlyMap<string, readonly ChainDeployment[]>,
  windowMs: number,
): Promise<void> {
  const incidents: OpenedIncident[] = await tx
    .select({
      key: 'incidents.fact_key',
      service: 'incidents.service',
      openedAt: 'incidents.opened_at',
    })
    .from(
      perRow(
        tx,
        SINCE,
        sinceRows(since),
        'incidents',
        `incidents.service = k.service_ref and incidents.known = 'known'
          and incidents.opened_at >= k.since and incidents.caused_by is null`,
      ),
    );
  const old = await linkedByWindow(tx, since, incidents);
  const fresh: Array<Stored<'incidentLinks'>> = [];
  const suspects = new Map(
    [...concerned].map(([service, deployments]) => [
      service,
      deployments
        .map(deployment => ({ ...deployment, service }))
        .sort(compareDeployments),
    ]),
  );
  for (const { key, service, openedAt } of incidents) {
    const own = suspects.get(service)!;
    const near = own.slice(
      firstAfter(own, openedAt - windowMs - 1),
      firstAfter(own, openedAt),
    );
    const suspect = suspectByWindow(openedAt, near, windowMs);
    if (!suspect || old.delete(`${key} ${suspect.key}`)) continue;
    fresh.push({
      incident_key: key,
      deployment_key: suspect.key,
      service_ref: service,
      rule: 'window',
    });
  }
  for (const pair of old) {
    const [incident_key, deployment_key] = pair.split(' ');
    await tx('incident_links')
      .where({ incident_key, deployment_key, rule: 'window' })
      .delete();
  }
  await insertRows(tx, tables.incidentLinks, fresh, { update: ['rule'] });
}

/** An incident that names no cause. */
interface OpenedIncident {
  key: string;
  service: string;
  openedAt: number;
}

/** Pairs of incident and deployment that were linked by the window rule so far. */
async function linkedByWindow(
  tx: Knex.Transaction,
  since: Instants,
  incidents: readonly OpenedIncident[],
): Promise<Set<string>> {
  const links = () =>
    select(
      tx('incident_links').where('rule', 'window'),
      tables.incidentLinks,
      'incident_key',
      'deployment_key',
      'service_ref',
    );
  // All of a service, when any incident may have changed.
  const whole = [...since].flatMap(([service, at]) => (at <= 0 ? service : []));
  const later = new Map(
    incidents
      .filter(({ service }) => since.get(service)! > 0)
      .map(({ key, service }) => [key, service]),
  );
  const rows =
    whole.length > 0 ? await links().whereIn('service_ref', whole) : [];
  if (later.size > 0) {
    const some = await links().whereIn('incident_key', [...later.keys()]);
    rows.push(
      ...some.filter(row => later.get(row.incident_key) === row.service_ref),
    );
  }
  return new Set(rows.map(row => `${row.incident_key} ${row.deployment_key}`));
}

/** Index of the first deployment that finished after an instant. */
function firstAfter(
  ordered: readonly ChainDeployment[],
  instant: number,
): number {
  let low = 0;
  let high = ordered.length;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (ordered[middle].finishedAt > instant) high = middle;
    else low = middle + 1;
  }
  return low;
}
