import { TestDatabases } from '@backstage/backend-test-utils';
import type { QualityResponse } from '@fawkes/backstage-plugin-delivery-common';
import { select } from '@fawkes/kit-backend/sql';
import { readQuality } from '../read/quality';
import { tables, type Stored } from '../store/tables';
import { createHarness, NOW, sha, type Harness } from './harness';

type Fields = Record<string, unknown>;

export const SHOP = 'component:default/shop';
export const CART = 'component:default/cart';
export const SHOP_REPOSITORY = 'github.com/acme/shop';

/** `02T13:15` of June 2026, UTC. */
export function at(text: string): string {
  return `2026-06-${text}:00.000Z`;
}

/** A successful production deployment of the shop; its id is also its sha. */
export function deployed(id: string, time: string, fields: Fields = {}) {
  return {
    type: 'deployment',
    source: 'ci',
    id,
    occurredAt: at(time),
    service: SHOP,
    environment: 'production',
    status: 'success',
    finishedAt: at(time),
    ...fields,
  };
}

/** What a deployment brought, by sha of the shop's repository. */
export function of(name: string, fields: Fields = {}) {
  return { repository: SHOP_REPOSITORY, sha: sha(name), ...fields };
}

/** A commit of the shop with the names of its parents. */
export function committed(
  name: string,
  time: string,
  parents: string[] = [],
  fields: Fields = {},
) {
  return {
    type: 'change',
    kind: 'commit',
    source: 'git',
    id: name,
    occurredAt: at(time),
    repository: SHOP_REPOSITORY,
    sha: sha(name),
    parents: parents.map(sha),
    authoredAt: at(time),
    committedAt: at(time),
    ...fields,
  };
}

/** A commit of the shop as a webhook tells it: nobody knows its parents. */
export function untold(name: string, time: string, fields: Fields = {}) {
  return {
    claim: 'partial',
    type: 'commit',
    source: 'github.com/acme',
    id: name,
    occurredAt: at(time),
    fields: {
      repository: SHOP_REPOSITORY,
      sha: sha(name),
      committedAt: at(time),
      ...fields,
    },
    earliest: { authoredAt: at(time) },
  };
}

/** A complete push to a branch of the shop. */
export function pushed(
  branch: string,
  before: string | undefined,
  after: string,
  commits: string[],
  time: string,
  fields: Fields = {},
) {
  return {
    type: 'change',
    kind: 'push',
    source: 'github.com/acme',
    id: `${branch} ${before ?? ''}..${after}`,
    occurredAt: at(time),
    repository: SHOP_REPOSITORY,
    ref: `refs/heads/${branch}`,
    ...(before === undefined
      ? { created: true }
      : { before: sha(before), complete: true }),
    after: sha(after),
    commits: commits.map(sha),
    ...fields,
  };
}

/** A pull request of the shop, merged unless said otherwise. */
export function pulled(number: number, time: string, fields: Fields = {}) {
  return {
    type: 'change',
    kind: 'pull_request',
    source: 'github.com',
    id: `pr${number}`,
    occurredAt: at(time),
    repository: SHOP_REPOSITORY,
    number,
    openedAt: at(time),
    mergedAt: at(time),
    baseBranch: 'main',
    headSha: sha(`head${number}`),
    commits: [],
    labels: [],
    ...fields,
  };
}

/** An incident of the shop. */
export function broke(id: string, time: string, fields: Fields = {}) {
  return {
    type: 'incident',
    source: 'pager',
    id,
    occurredAt: at(time),
    service: SHOP,
    openedAt: at(time),
    ...fields,
  };
}

/** A harness with the questions that the settled questions are asked by. */
export interface Settled extends Harness {
  /** Tells facts and works until nothing waits. */
  say(...events: object[]): Promise<void>;
  /** Names of the changes each deployment of a service brought, by its id. */
  brought(service?: string): Promise<Record<string, string[]>>;
  /** The derived rows of a service by the sender's id. */
  rows(service?: string): Promise<Record<string, Stored<'deployments'>>>;
  /** What the platform team is told about the facts of both services. */
  quality(): Promise<QualityResponse>;
  /** The deployments incidents are linked to, as `incident → deployment`. */
  linked(): Promise<string[]>;
}

/** Describes the same on SQLite and PostgreSQL, each test on an empty database. */
export function describeSettled(
  name: string,
  define: (settled: () => Settled) => void,
  settings: object = {},
): void {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
  describe.each(databases.eachSupportedId())(`${name}, %s`, id => {
    let settled: Settled;
    beforeAll(async () => {
      settled = toSettled(
        await createHarness(await databases.init(id), settings),
      );
    });
    beforeEach(async () => {
      await settled.clear();
      await settled.map({ service: SHOP, repositories: [SHOP_REPOSITORY] });
    });
    define(() => settled);
  });
}

function toSettled(harness: Harness): Settled {
  const { db } = harness;
  return {
    ...harness,
    say: async (...events) => {
      const { results } = await harness.tell(events);
      expect(results.filter(({ status }) => status === 'rejected')).toEqual([]);
      await harness.settle();
    },
    brought: async (service = SHOP) => {
      const links = await db('links')
        .innerJoin('deployments', 'deployments.key', 'links.deployment_key')
        .where({ 'links.service_ref': service, counted: true })
        .select('ext_id', 'change_id', 'links.kind');
      const brought: Record<string, string[]> = {};
      for (const { ext_id, change_id, kind } of links) {
        const change = kind === 'commit' ? nameOf(change_id) : `#${change_id}`;
        brought[ext_id] = [...(brought[ext_id] ?? []), change].sort();
      }
      return brought;
    },
    rows: async (service = SHOP) => {
      const rows = await select(
        db('deployments').where('service_ref', service),
        tables.deployments,
      );
      return Object.fromEntries(
        rows.map(row => [
          row.ext_id,
          {
            ...row,
            failed: Boolean(row.failed),
            rework: Boolean(row.rework),
            seed: Boolean(row.seed),
            production: Boolean(row.production),
            shared: Boolean(row.shared),
          },
        ]),
      );
    },
    quality: () =>
      readQuality(
        {
          entities: [],
          services: [SHOP, CART].map(ref => ({
            ref,
            title: ref,
            owner: null,
            sample: false,
          })),
          single: false,
        },
        true,
        {
          db,
          config: harness.config,
          now: NOW,
          visible: async refs => new Set(refs),
        },
      ),
    linked: async () => {
      const links = await db('incident_links')
        .innerJoin(
          'incidents',
          'incidents.fact_key',
          'incident_links.incident_key',
        )
        .innerJoin(
          'deployments',
          'deployments.key',
          'incident_links.deployment_key',
        )
        .select({ incident: 'incidents.ext_id', to: 'deployments.ext_id' });
      return links.map(({ incident, to }) => `${incident} → ${to}`).sort();
    },
  };
}

/** The short name a sha was made from. */
function nameOf(text: string): string {
  return Buffer.from(text.replace(/^(00)+/, ''), 'hex').toString();
}
