import type { Knex } from 'knex';
import {
  compareStarts,
  suspectByWindow,
  type ChainDeployment,
  type SuspectDeployment,
} from '@fawkes/backstage-plugin-delivery-common';
import { insertRows, perRow, select } from '@fawkes/kit-backend/sql';
import { tables, type Stored } from '../../store/tables';
import {
  JUDGED_BY,
  reachedSince,
  SINCE,
  sinceRows,
  toChainDeployment,
  type Instants,
} from './judgedRows';

/** Links incidents whose cause is not known to the deployment they began with. */
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
      environment: 'incidents.environment',
      counted: 'incidents.counted',
      openedAt: 'incidents.opened_at',
    })
    .from(
      perRow(
        tx,
        SINCE,
        sinceRows(since),
        'incidents',
        `incidents.service = k.service_ref and incidents.known = 'known'
          and incidents.opened_at >= k.since
          and (incidents.cause is null or incidents.cause = 'unknown')`,
      ),
    );
  const old = await linkedByWindow(tx, since, incidents);
  const fresh: Array<Stored<'incidentLinks'>> = [];
  const suspects = await suspectsOf(tx, since, incidents, concerned, windowMs);
  for (const { key, service, environment, counted, openedAt } of incidents) {
    if (!counted) continue;
    const own = suspects.get(service)!;
    const suspect = suspectByWindow(
      openedAt,
      own
        .near(openedAt, windowMs)
        .filter(one => environment === null || one.environment === environment),
      windowMs,
    );
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

/** An incident that names no cause anybody knows. */
interface OpenedIncident {
  key: string;
  service: string;
  environment: string | null;
  counted: boolean | 0 | 1;
  openedAt: number;
}

type Suspect = ChainDeployment & SuspectDeployment;

/** Deployments of a service by their start. */
class Suspects {
  readonly #ordered: readonly Suspect[];
  /** Of each, the last finish of all up to it. */
  readonly #finished: number[] = [];

  constructor(deployments: readonly Suspect[]) {
    this.#ordered = [...deployments].sort(compareStarts);
    let last = -Infinity;
    for (const { finishedAt } of this.#ordered) {
      last = Math.max(last, finishedAt);
      this.#finished.push(last);
    }
  }

  /** Those that may be meant, however long they took. */
  near(openedAt: number, windowMs: number): Suspect[] {
    let end = 0;
    let high = this.#ordered.length;
    while (end < high) {
      const middle = Math.floor((end + high) / 2);
      const { startedAt, finishedAt } = this.#ordered[middle];
      if (Math.min(startedAt ?? finishedAt, finishedAt) > openedAt) {
        high = middle;
      } else end = middle + 1;
    }
    let start = end;
    while (start > 0 && this.#finished[start - 1] >= openedAt - windowMs) {
      start -= 1;
    }
    return this.#ordered.slice(start, end);
  }
}

/** The deployments that incidents may be put down to, by service. */
async function suspectsOf(
  tx: Knex.Transaction,
  since: Instants,
  incidents: readonly OpenedIncident[],
  concerned: ReadonlyMap<string, readonly ChainDeployment[]>,
  windowMs: number,
): Promise<Map<string, Suspects>> {
  const asked = new Set(incidents.map(({ service }) => service));
  const before: Instants = new Map(
    [...since].flatMap(([service, at]) =>
      at > 0 && asked.has(service) ? [[service, at - windowMs]] : [],
    ),
  );
  const rows =
    before.size > 0
      ? await select(reachedSince(tx, before), tables.deployments, ...JUDGED_BY)
      : [];
  const found = new Map<string, Suspect[]>();
  for (const service of asked) {
    const own = concerned.get(service) ?? [];
    found.set(
      service,
      own.map(deployment => ({ ...deployment, service })),
    );
  }
  for (const row of rows) {
    const service = row.service_ref;
    // The others are concerned themselves.
    if (row.finished_at! < since.get(service)!) {
      found.get(service)!.push({ ...toChainDeployment(row), service });
    }
  }
  return new Map(
    [...found].map(([service, own]) => [service, new Suspects(own)]),
  );
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
