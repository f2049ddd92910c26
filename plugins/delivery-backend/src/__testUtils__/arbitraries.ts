import type { DeliveryEvent } from '@fawkes/backstage-plugin-delivery-common';
import fc from 'fast-check';
import type { ServiceMapping } from '../derive/serviceMapping';
import { sha } from './harness';

/** Two services share a repository; the third is only ever named by senders. */
export const SERVICE_A = 'component:default/a';
export const SERVICE_B = 'component:default/b';
const SERVICE_C = 'component:default/c';
/** Has incidents and no deployment. */
const SERVICE_D = 'component:default/d';
export const SERVICES = [SERVICE_A, SERVICE_B, SERVICE_C, SERVICE_D];

/** What small worlds are mapped with. */
export const MAPPINGS: Array<Partial<ServiceMapping> & { service: string }> = [
  {
    service: SERVICE_A,
    repositories: ['github.com/acme/mono'],
    paths: ['a/**', 'shared/**'],
    environments: ['production', 'prod-us'],
  },
  {
    service: SERVICE_B,
    repositories: ['github.com/acme/mono', 'github.com/acme/b'],
    paths: ['b/**', 'shared/**'],
  },
];

/** Settings of small worlds: one of the sources is a stand-in. */
export const SETTINGS = {
  sandboxSources: ['sandbox'],
  timezone: 'Europe/Berlin',
};

const ARTIFACTS = ['pkg:oci/one', 'pkg:oci/two'];
const IDS = ['d0', 'd1', 'd2', 'd3', 'd4', 'd5'];
const COMMITS = 5;

/** Local midnight, some days before the clocks change. */
export const START = Date.parse('2026-03-23T23:00:00Z');
const STEP_MS = 6 * 3_600_000;

/** Instants on a coarse grid, so that ties are common. */
const instant = (max = 40) =>
  fc.nat(max).map(step => new Date(START + step * STEP_MS).toISOString());

/** Left out, or (in so many of a hundred cases) there; shrinks to left out. */
const maybe = <T>(percent: number, arbitrary: fc.Arbitrary<T>) =>
  fc.oneof(
    { weight: 100 - percent, arbitrary: fc.constant(undefined) },
    { weight: percent, arbitrary },
  );

const deleted = maybe(8, fc.constant(true));
const repository = fc.constantFrom(
  'acme/mono',
  'acme/mono',
  'acme/mono',
  'acme/b',
);
const commitNumber = fc.nat(COMMITS);
const shas = (max: number) =>
  fc
    .uniqueArray(commitNumber, { maxLength: max })
    .map(numbers => numbers.map(sha));

/** Drops what was left out: an absent field is not an undefined one. */
function tell(fields: Record<string, unknown>): DeliveryEvent {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as DeliveryEvent;
}

const commit = commitNumber.chain(n =>
  fc
    .record({
      repository,
      occurredAt: instant(4),
      committedAt: instant(),
      authoredAt: instant(),
      parents: fc.oneof(
        { weight: 3, arbitrary: fc.constant<number[]>(n > 0 ? [n - 1] : []) },
        {
          weight: 1,
          arbitrary: fc.uniqueArray(fc.nat(Math.max(0, n - 1)), {
            maxLength: n > 0 ? 2 : 0,
          }),
        },
      ),
      paths: maybe(60, fc.subarray(['a/x.ts', 'b/x.ts', 'shared/x.ts'])),
      title: maybe(40, fc.constantFrom('Fix (#1)', 'Add (#2)')),
      bot: maybe(40, fc.boolean()),
      deleted,
    })
    .map(({ parents, ...fields }) =>
      tell({
        type: 'change',
        kind: 'commit',
        source: 'git',
        id: `c${n}`,
        sha: sha(n),
        parents: parents.map(sha),
        ...fields,
      }),
    ),
);

const pullRequest = fc
  .record({
    number: fc.integer({ min: 1, max: 3 }),
    repository,
    occurredAt: instant(4),
    openedAt: instant(),
    firstReviewAt: maybe(50, instant()),
    mergedAt: maybe(75, instant()),
    headSha: commitNumber.map(sha),
    mergeSha: maybe(70, commitNumber.map(sha)),
    commits: shas(3),
    deleted,
  })
  .map(fields =>
    tell({
      type: 'change',
      kind: 'pull_request',
      source: 'github.com',
      id: `pr${fields.number}`,
      baseBranch: 'main',
      labels: [],
      ...fields,
    }),
  );

const content = fc.oneof(
  { weight: 1, arbitrary: fc.constant({}) },
  {
    weight: 4,
    arbitrary: fc.record({ repository, sha: commitNumber.map(sha) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      repository,
      sha: maybe(70, commitNumber.map(sha)),
      commits: shas(3),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      parts: fc.array(
        fc
          .record({
            repository,
            sha: commitNumber.map(sha),
            commits: maybe(25, shas(2)),
          })
          .map(part => tell(part)),
        { minLength: 1, maxLength: 2 },
      ),
    }),
  },
);

/**
 * Few identities, so that deployments are told anew: most are of one chain,
 * some share an id, a source or an environment, or leave their service out.
 */
const identity = fc.constantFrom(
  ...['d0', 'd1', 'd2', 'd3', 'd4', 'd5'].map(id => ({
    source: 'ci',
    id,
    service: SERVICE_A,
    environment: 'production',
  })),
  { source: 'ci', id: 'd0', service: SERVICE_B, environment: 'production' },
  { source: 'ci', id: 'd0', environment: 'production' },
  { source: 'ci', id: 'd1', environment: 'production' },
  { source: 'ci', id: 'd2', environment: 'prod' },
  { source: 'argo', id: 'd1', service: SERVICE_A, environment: 'prod-us' },
  { source: 'argo', id: 'd2', service: SERVICE_A, environment: 'prod-us' },
  { source: 'argo', id: 'd2', service: SERVICE_C, environment: 'production' },
  { source: 'sandbox', id: 'd3', service: SERVICE_B, environment: 'prod' },
  { source: 'ci', id: 'd4', service: SERVICE_A, environment: 'staging' },
);

const deployment = fc
  .record({
    identity,
    occurredAt: instant(),
    status: fc.constantFrom(
      'success',
      'success',
      'success',
      'success',
      'rolled_back',
      'failure',
      'cancelled',
      'running',
    ),
    finishedAt: instant(),
    kind: maybe(50, fc.constantFrom('deploy', 'rollback', 'hotfix', 'config')),
    artifact: maybe(50, fc.constantFrom(...ARTIFACTS)),
    unplanned: maybe(20, fc.boolean()),
    fixesIncident: maybe(20, fc.constant('i0')),
    deleted,
    content,
  })
  .map(({ identity: own, content: what, finishedAt, ...fields }) =>
    tell({
      type: 'deployment',
      ...own,
      ...fields,
      ...(fields.status === 'running' ? {} : { finishedAt }),
      ...what,
    }),
  );

const incident = fc
  .record({
    id: fc.constantFrom('i0', 'i1', 'i2'),
    occurredAt: instant(4),
    service: maybe(60, fc.constantFrom(...SERVICES)),
    repository: maybe(50, repository),
    span: fc.tuple(fc.nat(40), maybe(75, fc.nat(12))),
    causedBy: maybe(
      50,
      fc.oneof(
        fc.constantFrom(...IDS, ...ARTIFACTS, 'nobody'),
        commitNumber.map(sha),
      ),
    ),
    deleted,
  })
  .map(({ span: [opened, lasted], ...fields }) =>
    tell({
      type: 'incident',
      source: 'pager',
      ...fields,
      openedAt: new Date(START + opened * STEP_MS).toISOString(),
      ...(lasted === undefined
        ? {}
        : {
            resolvedAt: new Date(
              START + (opened + lasted) * STEP_MS,
            ).toISOString(),
          }),
    }),
  );

/** Any event of a small world: few names, so that facts meet again. */
export const anyEvent = fc.oneof(
  { weight: 4, arbitrary: commit },
  { weight: 2, arbitrary: pullRequest },
  { weight: 5, arbitrary: deployment },
  { weight: 2, arbitrary: incident },
);

/** A small world: what is told about it, in the order it happened to be told. */
export const world = fc.array(anyEvent, {
  minLength: 1,
  maxLength: 40,
  size: 'max',
});

/** A world and another way of telling it. */
export interface Retold {
  events: DeliveryEvent[];
  /** The same in another order, with duplicates, cut into batches. */
  batches: Array<{ events: DeliveryEvent[]; settle: boolean }>;
}

/** When something happened, as far as it tells. */
function happenedAt(event: DeliveryEvent): number {
  const fields: Record<string, unknown> = event;
  const { finishedAt, committedAt, openedAt, occurredAt } = fields;
  return Date.parse(
    String(finishedAt ?? committedAt ?? openedAt ?? occurredAt),
  );
}

/**
 * Worlds with another order, duplicates and batches, which all shrink. Half of
 * them are told as they happened, as most of real life is.
 */
export const retold: fc.Arbitrary<Retold> = fc
  .tuple(
    fc.boolean(),
    fc.array(
      fc.record({
        event: anyEvent,
        places: fc.array(fc.nat(1_000), { minLength: 1, maxLength: 2 }),
        ends: fc.constantFrom('', '', 'batch', 'settle'),
      }),
      { minLength: 1, maxLength: 40, size: 'max' },
    ),
  )
  .map(([asItHappened, told]) => {
    const order = told
      .flatMap(({ event, places: [place, ...again], ends }) => [
        { event, place: asItHappened ? happenedAt(event) : place, ends },
        ...again.map(late => ({
          event,
          place: asItHappened ? happenedAt(event) + late * STEP_MS : late,
          ends,
        })),
      ])
      .sort((a, b) => a.place - b.place);
    const batches: Retold['batches'] = [{ events: [], settle: false }];
    for (const { event, ends } of order) {
      const batch = batches[batches.length - 1];
      batch.events.push(event);
      if (ends === '') continue;
      batch.settle = ends === 'settle';
      batches.push({ events: [], settle: false });
    }
    return { events: told.map(({ event }) => event), batches };
  });
