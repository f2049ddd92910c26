import {
  RepositoryNames,
  type FactEvents,
  type FactType,
  type NameRow,
  type ResolvedFact,
} from '@fawkes/backstage-plugin-delivery-common';
import { select } from '@fawkes/kit-backend/sql';
import type { Knex } from 'knex';
import { tables } from './tables';

/** Every name means itself. */
export const NO_NAMES = new RepositoryNames([]);

/** Names that are, or were, those of another repository, in order. */
export async function readNameRows(db: Knex): Promise<NameRow[]> {
  const rows = await select(
    db('repository_names').orderBy(['name', 'from_at']),
    tables.repositoryNames,
  );
  return rows.map(({ name, from_at, repository }) => ({
    name,
    from: Number(from_at),
    repository,
  }));
}

/** What names of repositories mean. They are few: most are never changed. */
export async function readNames(db: Knex): Promise<RepositoryNames> {
  return new RepositoryNames(await readNameRows(db));
}

/**
 * A fact with the repositories it is about under the names these are kept under.
 * Those in the key of a change are so already.
 */
export function withNames<T extends FactType>(
  fact: ResolvedFact<T>,
  names: RepositoryNames,
): ResolvedFact<T> {
  if (names.isEmpty || fact.status !== 'known') return fact;
  const record: FactEvents[FactType] = fact.record;
  if (record.type === 'incident' && record.repository !== undefined) {
    const repository = names.at(record.repository, Date.parse(record.openedAt));
    return { ...fact, record: { ...record, repository } as FactEvents[T] };
  }
  if (record.type !== 'deployment') return fact;
  const { finishedAt, startedAt, occurredAt, repository, parts } = record;
  const at = Date.parse(finishedAt ?? startedAt ?? occurredAt);
  return {
    ...fact,
    record: {
      ...record,
      ...(repository !== undefined && {
        repository: names.at(repository, at),
      }),
      ...(parts && {
        parts: parts.map(part => ({
          ...part,
          repository: names.at(part.repository, at),
        })),
      }),
    } as FactEvents[T],
  };
}
