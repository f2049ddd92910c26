import {
  nameRows,
  RepositoryNames,
  resolveFact,
  type FormerName,
  type NameRow,
  type Naming,
} from '@fawkes/backstage-plugin-delivery-common';
import { canonicalJson } from '@fawkes/kit-contract';
import { insertRows, select } from '@fawkes/kit-backend/sql';
import type { Knex } from 'knex';
import type { ServiceMapping } from '../derive/serviceMapping';
import { decodeState } from '../store/factState';
import { readNameRows } from '../store/repositoryNames';
import { tables } from '../store/tables';

/** Names that come to mean another repository than they did. */
export interface NamesChange {
  names: RepositoryNames;
  rows: readonly NameRow[];
  /** Those names. */
  changed: ReadonlySet<string>;
  /** What facts told under them are kept under, and were; in order. */
  repositories: readonly string[];
}

/** Where names come from, where they are not those in the database. */
interface NamesFrom {
  /** Its facts are about to be removed. */
  withoutSource?: string;
  /** What the catalog says now of services that change; null: gone. */
  mappings?: ReadonlyMap<string, ServiceMapping | null>;
}

/**
 * What names of repositories come to mean by what is told and annotated now;
 * undefined when that is what they mean already. Ask with the lock on names.
 */
export async function namesChange(
  tx: Knex.Transaction,
  from: NamesFrom = {},
): Promise<NamesChange | undefined> {
  const before = await readNameRows(tx);
  const rows = nameRows(
    await namingsTold(tx, from),
    await formerNames(tx, from),
  );
  const [was, is] = [byName(before), byName(rows)];
  const changed = new Set(
    [...was.keys(), ...is.keys()].filter(
      name =>
        canonicalJson(was.get(name) ?? []) !==
        canonicalJson(is.get(name) ?? []),
    ),
  );
  if (changed.size === 0) return undefined;
  const repositories = new Set<string>(changed);
  for (const name of changed) {
    for (const row of [...(was.get(name) ?? []), ...(is.get(name) ?? [])]) {
      repositories.add(row.repository);
    }
  }
  return {
    names: new RepositoryNames(rows),
    rows,
    changed,
    repositories: [...repositories].sort(),
  };
}

/** Writes down what names mean now. */
export async function saveNames(
  tx: Knex.Transaction,
  { rows, changed }: NamesChange,
): Promise<void> {
  await tx('repository_names')
    .whereIn('name', [...changed])
    .delete();
  await insertRows(
    tx,
    tables.repositoryNames,
    rows
      .filter(({ name }) => changed.has(name))
      .map(({ name, from, repository }) => ({
        name,
        from_at: from,
        repository,
      })),
  );
}

function byName(rows: readonly NameRow[]): Map<string, NameRow[]> {
  const found = new Map<string, NameRow[]>();
  for (const row of rows) {
    found.set(row.name, [...(found.get(row.name) ?? []), row]);
  }
  return found;
}

async function namingsTold(
  tx: Knex.Transaction,
  { withoutSource }: NamesFrom,
): Promise<Naming[]> {
  const rows = await select(
    tx('other_facts')
      .where({ type: 'repository', known: 'known' })
      .modify(query => {
        if (withoutSource !== undefined)
          query.whereNot('source', withoutSource);
      }),
    tables.otherFacts,
    'state',
  );
  return rows.flatMap(({ state }) => {
    const fact = resolveFact<'repository'>(decodeState('repository', state));
    if (fact.status !== 'known') return [];
    const { repository, formerly = null, occurredAt } = fact.record;
    return [{ repository, formerly, at: Date.parse(occurredAt) }];
  });
}

async function formerNames(
  tx: Knex.Transaction,
  { mappings = new Map() }: NamesFrom,
): Promise<FormerName[]> {
  const rows: Array<{ service_ref: string; mapping: string }> = await tx(
    'services',
  )
    // Most services have none.
    .where('mapping', 'like', '%"former":%')
    .select('service_ref', 'mapping');
  const known = new Map<string, ServiceMapping | null>([
    ...rows.map(row => [row.service_ref, JSON.parse(row.mapping)] as const),
    ...mappings,
  ]);
  return [...known.values()].flatMap(mapping => mapping?.former ?? []);
}
