import type { Knex } from 'knex';
import { select } from '@fawkes/kit-backend/sql';
import { tables } from '../store/tables';

/** An incident that may have found another service. */
export interface PlacedIncident {
  key: string;
  openedAt: number;
  causedBy: string | null;
  before: string | null;
  after: string | null;
}

/**
 * The service of each repository that belongs to exactly one. Which of several
 * an incident is about, nothing says, and it is not guessed.
 */
export async function soleServices(
  tx: Knex.Transaction,
  repositories: Iterable<string>,
): Promise<Map<string, string>> {
  const names = [...new Set(repositories)];
  if (names.length === 0) return new Map();
  const rows: Array<{ repository: string; service: string }> = await tx(
    'service_repositories',
  )
    .whereIn('repository', names)
    .groupBy('repository')
    .havingRaw('count(*) = 1')
    .select('repository')
    .min({ service: 'service_ref' });
  return new Map(rows.map(row => [row.repository, row.service]));
}

/**
 * Finds again the service of incidents that name only repositories, as the
 * catalog maps these now.
 *
 * @returns the incidents whose service is another one than before
 */
export async function placeIncidents(
  tx: Knex.Transaction,
  repositories: readonly string[],
): Promise<PlacedIncident[]> {
  const services = await soleServices(tx, repositories);
  const rows = await select(
    tx('incidents')
      .whereIn('repository', [...repositories])
      .whereNull('sent_service'),
    tables.incidents,
    'fact_key',
    'repository',
    'service',
    'opened_at',
    'caused_by',
  );
  const moved = rows.flatMap((row): PlacedIncident[] => {
    const after = services.get(row.repository!) ?? null;
    return after === row.service
      ? []
      : [
          {
            key: row.fact_key,
            openedAt: Number(row.opened_at),
            causedBy: row.caused_by,
            before: row.service,
            after,
          },
        ];
  });
  await writeServices(
    tx,
    moved.map(({ key, after }) => ({ key, service: after })),
  );
  return moved;
}

/** Writes the service that was found for incidents. */
export async function writeServices(
  tx: Knex.Transaction,
  found: ReadonlyArray<{ key: string; service: string | null }>,
): Promise<void> {
  const byService = new Map<string | null, string[]>();
  for (const { key, service } of found) {
    byService.set(service, [...(byService.get(service) ?? []), key]);
  }
  for (const [service, keys] of byService) {
    for (let start = 0; start < keys.length; start += 5_000) {
      await tx('incidents')
        .whereIn('fact_key', keys.slice(start, start + 5_000))
        .update({ service });
    }
  }
}
