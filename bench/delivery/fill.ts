import type { Knex } from 'knex';
import {
  factKeyOf,
  factOf,
  resolveFact,
  type DeliveryEvent,
  type FactEvents,
  type FactType,
} from '@fawkes/backstage-plugin-delivery-common';
import { canonicalJson } from '@fawkes/kit-contract';
import { insertRows, isPostgres, sha256 } from '@fawkes/kit-backend/sql';
import type { ServiceMapping } from '../../plugins/delivery-backend/src/derive/serviceMapping';
import { partsOf } from '../../plugins/delivery-backend/src/intake/deploymentEffects';
import {
  toRow,
  type FactTable,
} from '../../plugins/delivery-backend/src/store/factTable';
import {
  commitFacts,
  deploymentFacts,
  incidentFacts,
  pullRequestFacts,
} from '../../plugins/delivery-backend/src/store/factTables';
import { INCIDENTS_LOCK } from '../../plugins/delivery-backend/src/store/locks';
import { BulkWriter } from './copy';
import { Story, type StoryTail } from './story';
import { NOW, type ServicePlan, type World } from './world';
import { tables } from '../../plugins/delivery-backend/src/store/tables';

/** How much was filled in, and how each story can go on. */
export interface Filled {
  deployments: number;
  commits: number;
  pullRequests: number;
  incidents: number;
  tails: StoryTail[];
}

/** What the catalog refresh would keep about the services. */
function mappingsOf(services: readonly ServicePlan[]): ServiceMapping[] {
  return services.map(({ ref, repository }) => ({
    service: ref,
    title: ref.replace(/^.*\//, ''),
    repositories: [repository],
    paths: [],
    environments: [],
    sample: false,
  }));
}

/** Writes mappings as the catalog refresh does, without marking anything. */
export async function fillMappings(
  db: Knex,
  services: readonly ServicePlan[],
): Promise<void> {
  const mappings = mappingsOf(services);
  await insertRows(
    db,
    tables.services,
    mappings.map(mapping => ({
      service_ref: mapping.service,
      title: mapping.title,
      mapping: canonicalJson(mapping),
      seen_at: NOW,
    })),
  );
  await insertRows(
    db,
    tables.serviceRepositories,
    mappings.map(({ service, repositories: [repository] }) => ({
      service_ref: service,
      repository,
    })),
  );
}

/** The names telling would have locked; without them workers queue to make them. */
async function fillLocks(
  db: Knex,
  services: readonly ServicePlan[],
): Promise<void> {
  if (!isPostgres(db)) return;
  const names = new Set([
    INCIDENTS_LOCK,
    ...services.map(({ repository }) => repository),
  ]);
  await insertRows(
    db,
    tables.guards,
    [...names].map(name => ({ name })),
  );
}

/**
 * The bulk path: writes the facts of a world straight into the fact tables, as
 * rows made by the plugin's own functions. What is derived from them is left to
 * the plugin's own worker.
 */
export async function fillFacts(
  db: Knex,
  world: World,
  onStory: (done: number) => void = () => {},
): Promise<Filled> {
  await fillMappings(db, world.services);
  await fillLocks(db, world.services);
  const tables = new FactWriters(db);
  const tails: StoryTail[] = [];
  for (const plan of world.stories) {
    const story = new Story(plan);
    for (const release of story.history()) {
      await tables.add(commitFacts, release.commits);
      await tables.add(pullRequestFacts, release.pulls);
      await tables.add(deploymentFacts, [release.deployment]);
      await tables.add(incidentFacts, release.incidents);
    }
    tails.push(story.tail);
    onStory(tails.length);
  }
  await tables.flush();
  return {
    deployments: tables.count('deployment_facts'),
    commits: tables.count('commits'),
    pullRequests: tables.count('pull_requests'),
    incidents: tables.count('incidents'),
    tails,
  };
}

class FactWriters {
  readonly #writers = new Map<string, BulkWriter>();
  readonly #parts: BulkWriter;
  readonly #pullCommits: BulkWriter;

  constructor(private readonly db: Knex) {
    this.#parts = new BulkWriter(db, tables.deploymentParts);
    this.#pullCommits = new BulkWriter(db, tables.pullRequestCommits);
  }

  async add<T extends FactType>(
    table: FactTable<T>,
    events: readonly FactEvents[T][],
  ): Promise<void> {
    const writer =
      this.#writers.get(table.table.name) ??
      new BulkWriter(this.db, table.table);
    this.#writers.set(table.table.name, writer);
    for (const event of events) {
      const claim = { claim: 'whole' as const, event: event as DeliveryEvent };
      const state = factOf(claim);
      const key = sha256(factKeyOf(claim));
      const keyRow = table.keyRow(state, key);
      await writer.add([toRow(table, keyRow, state)]);
      if (table.type === 'deployment') {
        await this.#parts.add(
          partsOf({ key, after: resolveFact<'deployment'>(state) }),
        );
      }
      if (event.type === 'change' && event.kind === 'pull_request') {
        const shas = [...new Set(event.commits)];
        await this.#pullCommits.add(shas.map(sha => ({ ...keyRow, sha })));
      }
    }
  }

  count(table: string): number {
    return this.#writers.get(table)?.written ?? 0;
  }

  async flush(): Promise<void> {
    for (const writer of this.#writers.values()) await writer.flush();
    await this.#parts.flush();
    await this.#pullCommits.flush();
  }
}
