import type { Knex } from 'knex';
import type { ResolvedFact } from '@fawkes/backstage-plugin-delivery-common';
import type { Retold } from '../store/factTable';
import {
  DirtyDays,
  JUDGE_ONLY,
  outdateIncidents,
  type DirtyServices,
} from '../store/dirty';
import type { ApplyContext } from './applyContext';
import { placeIncidents, soleServices, writeServices } from './placeIncidents';

/** An incident told anew changes the verdict on the deployments it is linked to. */
export async function incidentsChanged(
  tx: Knex.Transaction,
  changes: readonly Retold<'incident'>[],
  dirty: DirtyServices,
  context: ApplyContext,
): Promise<void> {
  if (changes.length === 0) return;
  const found = await soleServices(
    tx,
    changes.flatMap(({ before, after }) =>
      [before, after].flatMap(fact =>
        fact?.status === 'known' ? fact.record.repository ?? [] : [],
      ),
    ),
  );
  await writeServices(
    tx,
    changes.flatMap(({ key, after }) => {
      if (after.status !== 'known' || after.record.service) return [];
      const service = found.get(after.record.repository ?? '');
      return service ? [{ key, service }] : [];
    }),
  );
  const keys = changes.map(change => change.key);
  const linked = await tx('incident_links')
    .whereIn('incident_key', keys)
    .distinct('service_ref');
  for (const row of linked) dirty.add(row.service_ref, JUDGE_ONLY);
  const places = changes.flatMap(({ before, after }) =>
    [before, after].flatMap(fact => knownPlace(fact, found) ?? []),
  );
  const caused = changes.flatMap(({ key, before, after }) =>
    [before, after].some(namesCause) ? key : [],
  );
  await outdate(tx, caused, places, dirty, context);
}

/** Incidents that name only a repository go with it when its mapping changes. */
export async function incidentsMoved(
  tx: Knex.Transaction,
  repositories: readonly string[],
  dirty: DirtyServices,
  context: ApplyContext,
): Promise<void> {
  const moved = await placeIncidents(tx, repositories);
  const caused = moved.flatMap(({ key, causedBy }) => (causedBy ? key : []));
  const places = moved.flatMap(({ before, after, openedAt }) =>
    [before, after].flatMap(service =>
      service === null ? [] : [{ service, openedAt }],
    ),
  );
  await outdate(tx, caused, places, dirty, context);
}

/** Where an incident counts, or counted. */
interface Place {
  service: string;
  openedAt: number;
}

/** Verdicts and days of the places of incidents are stale, and so are links to their causes. */
async function outdate(
  tx: Knex.Transaction,
  caused: readonly string[],
  places: readonly Place[],
  dirty: DirtyServices,
  { now, dayOf }: ApplyContext,
): Promise<void> {
  const days = new DirtyDays();
  for (const { service, openedAt } of places) {
    dirty.add(service, JUDGE_ONLY);
    days.add(service, dayOf(openedAt));
  }
  await outdateIncidents(tx, caused, now);
  await days.save(tx, now);
}

function namesCause(fact: ResolvedFact<'incident'> | undefined): boolean {
  return fact?.status === 'known' && fact.record.causedBy !== undefined;
}

function knownPlace(
  fact: ResolvedFact<'incident'> | undefined,
  found: ReadonlyMap<string, string>,
): Place | undefined {
  if (fact?.status !== 'known') return undefined;
  const { repository = '', openedAt } = fact.record;
  const service = fact.record.service ?? found.get(repository);
  return service ? { service, openedAt: Date.parse(openedAt) } : undefined;
}
