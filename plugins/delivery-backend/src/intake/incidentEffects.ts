import type { Knex } from 'knex';
import type { ResolvedFact } from '@fawkes/backstage-plugin-delivery-common';
import type { FactChange } from '../store/factTable';
import { JUDGE_ONLY, saveDirtyDays, type DirtyServices } from '../store/dirty';
import { relinkCaused } from '../derive/relinkCaused';
import type { ApplyContext } from './applyClaims';

/** An incident told anew changes the verdict on the deployments it is linked to. */
export async function incidentsChanged(
  tx: Knex.Transaction,
  changes: readonly FactChange<'incident'>[],
  dirty: DirtyServices,
  context: ApplyContext,
): Promise<void> {
  if (changes.length === 0) return;
  const days = new Map<string, string[]>();
  for (const { before, after } of changes) {
    for (const fact of [before, after]) {
      const known = knownService(fact);
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
): { service: string; openedAt: number } | undefined {
  return fact?.status === 'known' && fact.record.service
    ? {
        service: fact.record.service,
        openedAt: Date.parse(fact.record.openedAt),
      }
    : undefined;
}
