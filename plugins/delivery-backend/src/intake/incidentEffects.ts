import type { Knex } from 'knex';
import type { ResolvedFact } from '@fawkes/backstage-plugin-delivery-common';
import type { FactChange } from '../store/factTable';
import { JUDGE_ONLY, saveDirtyDays, type DirtyServices } from '../store/dirty';
import { relinkCaused } from '../derive/relinkCaused';
import type { ApplyContext } from './applyClaims';
import { soleServices, writeServices } from './placeIncidents';

/** An incident told anew changes the verdict on the deployments it is linked to. */
export async function incidentsChanged(
  tx: Knex.Transaction,
  changes: readonly FactChange<'incident'>[],
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
  const days = new Map<string, string[]>();
  for (const { before, after } of changes) {
    for (const fact of [before, after]) {
      const known = knownService(fact, found);
      if (!known) continue;
      dirty.add(known.service, JUDGE_ONLY);
      days.set(known.service, [
        ...(days.get(known.service) ?? []),
        context.dayOf(known.openedAt),
      ]);
    }
  }
  const keys = changes.map(change => change.key);
  const linked = await tx('incident_links')
    .whereIn('incident_key', keys)
    .distinct('service_ref');
  for (const row of linked) dirty.add(row.service_ref, JUDGE_ONLY);
  await relinkCaused(tx, keys, dirty);
  for (const service of [...days.keys()].sort()) {
    await saveDirtyDays(tx, service, days.get(service)!, context.now);
  }
}

function knownService(
  fact: ResolvedFact<'incident'> | undefined,
  found: ReadonlyMap<string, string>,
): { service: string; openedAt: number } | undefined {
  if (fact?.status !== 'known') return undefined;
  const { repository = '', openedAt } = fact.record;
  const service = fact.record.service ?? found.get(repository);
  return service ? { service, openedAt: Date.parse(openedAt) } : undefined;
}
