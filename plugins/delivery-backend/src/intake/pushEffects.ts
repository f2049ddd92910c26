import type { Knex } from 'knex';
import type { ResolvedFact } from '@fawkes/backstage-plugin-delivery-common';
import { insertRows, rowsFrom, select } from '@fawkes/kit-backend/sql';
import { compareText } from '@fawkes/kit-contract';
import type { Retold } from '../store/factTable';
import type { DirtyServices } from '../store/dirty';
import { tables, type Stored } from '../store/tables';
import { linkedServices, waitingServices } from './commitEffects';
import { findCommits, type Touched } from './findCommits';

/**
 * A push says what its last commit reaches, and which commits the pull requests
 * of its branch are made of.
 */
export async function pushesChanged(
  tx: Knex.Transaction,
  pushes: readonly Retold<'push'>[],
  pulls: readonly Retold<'pull_request'>[],
  dirty: DirtyServices,
): Promise<void> {
  if (pushes.length > 0) {
    await indexPushes(tx, pushes);
    const names = await writeEdges(tx, pushes);
    await waitingServices(tx, names, dirty);
    for (const [service, from] of await linkedServices(tx, names)) {
      dirty.add(service, from);
    }
  }
  await findCommits(tx, pushes.flatMap(touched), pulls, dirty);
}

function touched({ before, after }: Retold<'push'>): Touched[] {
  return [before, after].flatMap(fact => {
    if (fact?.status !== 'known') return [];
    const { repository, ref, commits } = fact.record;
    return [{ repository, ref, shas: commits }];
  });
}

/** Keeps in view which pushes list a commit. */
async function indexPushes(
  tx: Knex.Transaction,
  pushes: readonly Retold<'push'>[],
): Promise<void> {
  const retold = pushes.flatMap(({ key, before }) => (before ? key : []));
  if (retold.length > 0) {
    await tx('push_commits').whereIn('fact_key', retold).delete();
  }
  await insertRows(
    tx,
    tables.pushCommits,
    pushes.flatMap(({ key, after }) =>
      after.status === 'known'
        ? [...new Set(after.record.commits)].map(sha => ({
            fact_key: key,
            repository: after.record.repository,
            sha,
          }))
        : [],
    ),
  );
}

/** Writes what the complete pushes that end with the same commit say together. */
async function writeEdges(
  tx: Knex.Transaction,
  pushes: readonly Retold<'push'>[],
): Promise<Array<{ repository: string; change_id: string }>> {
  const ends = new Map(
    pushes.flatMap(({ before, after }) =>
      [before, after].flatMap(fact => endOf(fact)),
    ),
  );
  const source = () =>
    rowsFrom(tx, { repository: 'text', sha: 'text' }, [...ends.values()]);
  if (ends.size === 0) return [];
  const rows = await select(
    tx('pushes')
      .innerJoin(source(), join =>
        join
          .on('k.repository', '=', 'pushes.repository')
          .on('k.sha', '=', 'pushes.after_sha'),
      )
      .where({ 'pushes.known': 'known', 'pushes.complete': true }),
    tables.pushes,
    'repository',
    'before_sha',
    'after_sha',
    'commits',
  );
  const reached = new Map<string, Set<string>>();
  for (const { repository, before_sha, after_sha, commits } of rows) {
    const name = `${repository}@${after_sha}`;
    const shas = reached.get(name) ?? new Set<string>();
    for (const sha of [before_sha, ...JSON.parse(commits)]) {
      if (sha !== null && sha !== after_sha) shas.add(sha);
    }
    reached.set(name, shas);
  }
  const before = await select(
    tx('push_edges').innerJoin(source(), join =>
      join
        .on('k.repository', '=', 'push_edges.repository')
        .on('k.sha', '=', 'push_edges.sha'),
    ),
    tables.pushEdges,
  );
  const was = new Map(
    before.map(row => [`${row.repository}@${row.sha}`, row.reached]),
  );
  const changed: Array<Stored<'pushEdges'>> = [];
  for (const [name, { repository, sha }] of ends) {
    const shas = [...(reached.get(name) ?? [])].sort(compareText);
    const now = JSON.stringify(shas);
    if ((was.get(name) ?? '[]') === now) continue;
    changed.push({ repository, sha, reached: now });
  }
  await insertRows(tx, tables.pushEdges, changed, { update: ['reached'] });
  await tx('push_edges').where('reached', '[]').delete();
  return changed.map(({ repository, sha }) => ({ repository, change_id: sha }));
}

function endOf(
  fact: ResolvedFact<'push'> | undefined,
): Array<[string, { repository: string; sha: string }]> {
  if (fact?.status !== 'known') return [];
  const { repository, after } = fact.record;
  return [[`${repository}@${after}`, { repository, sha: after }]];
}
