import { resolveFact } from '@fawkes/backstage-plugin-delivery-common';
import { canonicalJson } from '@fawkes/kit-contract';
import { insertRows, rowSource, select } from '@fawkes/kit-backend/sql';
import type { Knex } from 'knex';
import type { ServiceMapping } from '../derive/serviceMapping';
import type { DirtyServices } from '../store/dirty';
import { decodeState } from '../store/factState';
import { commitFacts, pullRequestFacts, pushFacts } from '../store/factTables';
import { withNames } from '../store/repositoryNames';
import { tables, type Stored } from '../store/tables';
import type { ApplyContext } from './applyContext';
import { commitsChanged } from './commitEffects';
import { partsOf } from './deploymentEffects';
import { incidentsMoved } from './incidentEffects';
import { moveFacts } from './moveFacts';
import { saveNames, type NamesChange } from './nameRepositories';
import { pullRequestsChanged } from './pullRequestEffects';
import { pushesChanged } from './pushEffects';

/** Rows that are looked at together. */
const SOME_ROWS = 1_000;

/**
 * Makes one repository of names that come to mean one, and several of what was
 * taken for one: facts, what services are mapped to, and where deployments and
 * incidents were. Whatever has to do with them is derived again from its
 * beginning. Call it with the locks on names, on the mapping, on incidents and on
 * those repositories.
 */
export async function moveRepositories(
  tx: Knex.Transaction,
  change: NamesChange,
  dirty: DirtyServices,
  context: ApplyContext,
): Promise<void> {
  await outdateServices(tx, change, dirty);
  await saveNames(tx, change);
  const commits = await moveFacts(tx, commitFacts, change);
  const pushes = await moveFacts(tx, pushFacts, change);
  const pulls = await moveFacts(tx, pullRequestFacts, change);
  await commitsChanged(tx, commits, dirty, context);
  await pullRequestsChanged(tx, pulls, dirty);
  await pushesChanged(tx, pushes, pulls, dirty);
  await moveParts(tx, change);
  await moveMappings(tx, change);
  await moveIncidents(tx, change, dirty, context);
  await outdateServices(tx, change, dirty);
}

/** Services that live in the repositories, or have something from there deployed. */
async function outdateServices(
  tx: Knex.Transaction,
  { repositories }: NamesChange,
  dirty: DirtyServices,
): Promise<void> {
  const rows: Array<{ service_ref: string }> = await tx('service_repositories')
    .whereIn('repository', [...repositories])
    .select('service_ref')
    .union([
      tx('deployments')
        .innerJoin(
          'deployment_parts',
          'deployment_parts.fact_key',
          'deployments.fact_key',
        )
        .whereIn('deployment_parts.repository', [...repositories])
        .select('deployments.service_ref'),
      tx('deployment_facts')
        .innerJoin(
          'deployment_parts',
          'deployment_parts.fact_key',
          'deployment_facts.fact_key',
        )
        .whereIn('deployment_parts.repository', [...repositories])
        .whereNot('deployment_facts.service', '')
        .select({ service_ref: 'deployment_facts.service' }),
    ]);
  for (const { service_ref } of rows) dirty.add(service_ref, 0);
}

/** What deployments were made of. */
async function moveParts(
  tx: Knex.Transaction,
  { names, repositories }: NamesChange,
): Promise<void> {
  const keys: string[] = await tx('deployment_parts')
    .whereIn('repository', [...repositories])
    .distinct()
    .orderBy('fact_key')
    .pluck('fact_key');
  for (let start = 0; start < keys.length; start += SOME_ROWS) {
    const some = keys.slice(start, start + SOME_ROWS);
    const facts = await select(
      tx('deployment_facts').whereIn('fact_key', some),
      tables.deploymentFacts,
      'fact_key',
      'state',
    );
    const before = await select(
      tx('deployment_parts').whereIn('fact_key', some),
      tables.deploymentParts,
    );
    const byKey = new Map<string, Array<Stored<'deploymentParts'>>>();
    for (const part of before) {
      byKey.set(part.fact_key, [...(byKey.get(part.fact_key) ?? []), part]);
    }
    const moved = facts.flatMap(({ fact_key, state }) => {
      const after = withNames(
        resolveFact<'deployment'>(decodeState('deployment', state)),
        names,
      );
      const own = partsOf({ key: fact_key, after });
      return repositoriesIn(own) === repositoriesIn(byKey.get(fact_key) ?? [])
        ? []
        : own;
    });
    await insertRows(tx, tables.deploymentParts, moved, {
      update: ['repository'],
    });
  }
}

function repositoriesIn(
  parts: ReadonlyArray<Stored<'deploymentParts'>>,
): string {
  return canonicalJson(
    [...parts]
      .sort((a, b) => a.position - b.position)
      .map(({ repository }) => repository),
  );
}

/** Which services live where. */
async function moveMappings(
  tx: Knex.Transaction,
  { names, repositories }: NamesChange,
): Promise<void> {
  const rows: Array<{ service_ref: string; mapping: string }> = await tx(
    'services',
  )
    .whereIn(
      'service_ref',
      tx('service_repositories')
        .whereIn('repository', [...repositories])
        .select('service_ref'),
    )
    .select('service_ref', 'mapping');
  const services = rows.map(row => row.service_ref);
  for (let start = 0; start < services.length; start += SOME_ROWS) {
    await tx('service_repositories')
      .whereIn('service_ref', services.slice(start, start + SOME_ROWS))
      .delete();
  }
  await insertRows(
    tx,
    tables.serviceRepositories,
    rows.flatMap(({ service_ref, mapping }) => {
      const { repositories: told }: ServiceMapping = JSON.parse(mapping);
      return [...new Set(told.map(name => names.now(name)))].map(
        repository => ({ service_ref, repository }),
      );
    }),
  );
}

/** Where incidents were reported, and whose they are by that. */
async function moveIncidents(
  tx: Knex.Transaction,
  { names, repositories }: NamesChange,
  dirty: DirtyServices,
  context: ApplyContext,
): Promise<void> {
  const keys: string[] = await tx('incidents')
    .whereIn('repository', [...repositories])
    .orderBy('fact_key')
    .pluck('fact_key');
  for (let start = 0; start < keys.length; start += SOME_ROWS) {
    const rows = await select(
      tx('incidents').whereIn('fact_key', keys.slice(start, start + SOME_ROWS)),
      tables.incidents,
      'fact_key',
      'repository',
      'state',
    );
    const moved = rows.flatMap(({ fact_key, repository: was, state }) => {
      const fact = withNames(
        resolveFact<'incident'>(decodeState('incident', state)),
        names,
      );
      const repository =
        fact.status === 'known' ? fact.record.repository : undefined;
      return repository === undefined || repository === was
        ? []
        : [{ fact_key, repository }];
    });
    if (moved.length === 0) continue;
    const source = rowSource(
      tx,
      { fact_key: 'text', repository: 'text' },
      moved,
    );
    await tx.raw(
      `update incidents set repository = k.repository from ${source.sql}
        where incidents.fact_key = k.fact_key`,
      source.bindings,
    );
  }
  await incidentsMoved(tx, repositories, dirty, context);
}
