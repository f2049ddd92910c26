import type { Stored } from '../store/tables';
import type { PersonalContext } from './context';

/**
 * Those of the repositories that the caller may hear of: a service they may see
 * lives there, or no service at all.
 */
export async function shownRepositories(
  repositories: readonly string[],
  { db, visible }: Pick<PersonalContext, 'db' | 'visible'>,
): Promise<ReadonlySet<string>> {
  const names = [...new Set(repositories)];
  const rows: Array<Stored<'serviceRepositories'>> = await db(
    'service_repositories',
  )
    .whereIn('repository', names)
    .select('service_ref', 'repository');
  const shown = await visible([...new Set(rows.map(row => row.service_ref))]);
  const owners = new Map<string, string[]>();
  for (const row of rows) {
    const refs = owners.get(row.repository) ?? [];
    owners.set(row.repository, [...refs, row.service_ref]);
  }
  return new Set(
    names.filter(name => owners.get(name)?.some(ref => shown.has(ref)) ?? true),
  );
}

/**
 * Those of the incidents that the caller may hear of. One of a service is seen
 * with that service; one that names none is seen with its repository. A service
 * the catalog does not have is one the caller may not see: told apart, the two
 * would say which services there are.
 */
export async function shownIncidents(
  rows: ReadonlyArray<Stored<'incidents'>>,
  context: Pick<PersonalContext, 'db' | 'visible'>,
): Promise<Array<Stored<'incidents'>>> {
  const named = (column: 'service' | 'repository') => [
    ...new Set(rows.flatMap(row => row[column] ?? [])),
  ];
  const services = await context.visible(named('service'));
  const repositories = await shownRepositories(named('repository'), context);
  return rows.filter(({ service, repository }) =>
    service === null
      ? repository === null || repositories.has(repository)
      : services.has(service),
  );
}
