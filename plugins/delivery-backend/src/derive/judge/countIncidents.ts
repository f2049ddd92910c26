import { select } from '@fawkes/kit-backend/sql';
import type { Knex } from 'knex';
import { tables } from '../../store/tables';
import type { Happened } from '../contain/contain';
import type { DeriveSettings } from '../deriveContext';
import type { StaleService } from '../staleService';
import { incidentsThatCount } from './countsIncident';

/** An incident that counts now, or no longer. */
export interface Turned extends Happened {
  key: string;
  namesCause: boolean;
}

/** Incidents that turn in one statement. */
const SLICE = 5_000;

/**
 * Says which incidents count, where any verdict of a service may change, as its
 * mapping may have: that says what production is, and has rules of its own.
 *
 * @returns those that count now, or no longer, and when they opened
 */
export async function countIncidents(
  tx: Knex.Transaction,
  stale: readonly StaleService[],
  context: Pick<DeriveSettings, 'productionPattern' | 'incidents'>,
): Promise<Turned[]> {
  const asked = stale.filter(
    ({ judgeFrom, from }) => judgeFrom <= 0 || from <= 0,
  );
  if (asked.length === 0) return [];
  const counts = new Map(
    asked.map(({ mapping }) => [
      mapping.service,
      incidentsThatCount(mapping, context),
    ]),
  );
  const isRuled = (service: string) =>
    context.incidents.terms.length > 0 ||
    asked.some(
      ({ mapping }) =>
        mapping.service === service && mapping.incidents !== undefined,
    );
  const services = [...counts.keys()];
  const found = () =>
    select(
      tx('incidents').where('known', 'known'),
      tables.incidents,
      'fact_key',
      'service',
      'environment',
      'severity',
      'title',
      'opened_at',
      'caused_by',
      'counted',
    );
  const ruled = services.filter(isRuled);
  const others = services.filter(service => !isRuled(service));
  const rows = [
    ...(ruled.length > 0 ? await found().whereIn('service', ruled) : []),
    // Without rules only an environment keeps one from counting.
    ...(others.length > 0
      ? await found()
          .whereIn('service', others)
          .where(query =>
            query.whereNotNull('environment').orWhere('counted', false),
          )
      : []),
  ];
  const turned: Turned[] = [];
  const keys: Record<'yes' | 'no', string[]> = { yes: [], no: [] };
  for (const row of rows) {
    const now = counts.get(row.service!)!(row);
    if (now === Boolean(row.counted)) continue;
    keys[now ? 'yes' : 'no'].push(row.fact_key);
    // It is known, so its sender said when it opened.
    turned.push({
      key: row.fact_key,
      service: row.service!,
      at: row.opened_at!,
      namesCause: row.caused_by !== null,
    });
  }
  for (const counted of ['yes', 'no'] as const) {
    for (let start = 0; start < keys[counted].length; start += SLICE) {
      await tx('incidents')
        .whereIn('fact_key', keys[counted].slice(start, start + SLICE))
        .update({ counted: counted === 'yes' });
    }
  }
  return turned;
}
