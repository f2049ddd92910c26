import type { Knex } from 'knex';
import type { Happened } from '../contain/contain';
import type { DeriveSettings } from '../deriveContext';
import { isProductionOf } from '../serviceMapping';
import type { StaleService } from '../staleService';

/**
 * Incidents of an environment that is not production count nowhere. Says so
 * where any verdict of a service may change, as its mapping may have.
 *
 * @returns when those opened that count now, or no longer
 */
export async function countIncidents(
  tx: Knex.Transaction,
  stale: readonly StaleService[],
  context: Pick<DeriveSettings, 'productionPattern'>,
): Promise<Happened[]> {
  const asked = stale.filter(
    ({ judgeFrom, from }) => judgeFrom <= 0 || from <= 0,
  );
  if (asked.length === 0) return [];
  const mappings = new Map(
    asked.map(({ mapping }) => [mapping.service, mapping]),
  );
  const named: Array<{ service: string; environment: string }> = await tx(
    'incidents',
  )
    .whereIn('service', [...mappings.keys()])
    .whereNotNull('environment')
    .distinct('service', 'environment');
  const turned: Happened[] = [];
  for (const { service, environment } of named) {
    const counted = isProductionOf(
      mappings.get(service)!,
      environment,
      context,
    );
    const rows: Array<{ opened_at: number | null }> = await tx('incidents')
      .where({ service, environment, counted: !counted })
      .update({ counted })
      .returning('opened_at');
    for (const { opened_at: at } of rows) {
      if (at !== null) turned.push({ service, at });
    }
  }
  return turned;
}
