import { rawRows, rowSource } from '@fawkes/kit-backend/sql';
import type { Knex } from 'knex';
import type { Stored } from '../../store/tables';

/**
 * The sha that the beginning of one means: the only commit of the repositories
 * of the incident's service that begins with it. By the key of the incident;
 * what means none or several is left out.
 */
export async function meantByShortShas(
  tx: Knex.Transaction,
  incidents: ReadonlyArray<
    Pick<
      Stored<'incidents'>,
      'fact_key' | 'service' | 'repository' | 'caused_by'
    >
  >,
): Promise<Map<string, string>> {
  if (incidents.length === 0) return new Map();
  const source = rowSource(
    tx,
    {
      fact_key: 'text',
      service: 'text',
      repository: 'text',
      least: 'text',
      beyond: 'text',
    },
    incidents.map(({ fact_key, service, repository, caused_by }) => ({
      fact_key,
      service: service ?? '',
      repository: repository ?? '',
      least: caused_by!,
      // The letter after the last that a sha may have.
      beyond: `${caused_by}g`,
    })),
  );
  const rows = await rawRows<{ fact_key: string; sha: string }>(
    tx,
    `select distinct k.fact_key, commits.sha from ${source.sql}
      join (
        select service_ref, repository from service_repositories
        union select service_ref, repository from named_repositories
        union select '', repository from commits where repository in (
          select repository from ${source.sql})
      ) as own on own.service_ref = k.service
        and (k.service <> '' or own.repository = k.repository)
      join commits on commits.repository = own.repository
        and commits.sha >= k.least and commits.sha < k.beyond
        and commits.known = 'known'`,
    [...source.bindings, ...source.bindings],
  );
  const found = new Map<string, Set<string>>();
  for (const { fact_key, sha } of rows) {
    found.set(fact_key, (found.get(fact_key) ?? new Set()).add(sha));
  }
  return new Map(
    [...found].flatMap(([key, shas]) =>
      shas.size === 1 ? [[key, [...shas][0]]] : [],
    ),
  );
}
