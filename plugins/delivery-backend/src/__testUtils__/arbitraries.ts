import type {
  DeliveryEvent,
  PartialClaim,
} from '@fawkes/backstage-plugin-delivery-common';
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
    bots: ['label=hotfix', '!title=ADD *'],
    incidents: ['severity=low', '!title=*drill*'],
  },
  {
    service: SERVICE_B,
    repositories: ['github.com/acme/mono', 'github.com/acme/b'],
    paths: ['b/**', 'shared/**'],
    incidents: ['none', 'severity=h*'],
    former: [
      {
        formerly: 'github.com/acme/old-b',
        repository: 'github.com/acme/b',
      },
    ],
  },
];

/** Settings of small worlds: one of the sources is a stand-in. */
export const SETTINGS = {
  sandboxSources: ['sandbox'],
  timezone: 'Europe/Berlin',
  bots: ['!name=renovate*'],
  incidents: ['!severity=low'],
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
  'acme/mono',
  'acme/b',
  // What these are called at other times.
  'acme/was',
  'acme/now',
  'acme/old-b',
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
      reverts: maybe(20, commitNumber.map(sha)),
      bot: maybe(40, fc.boolean()),
      botName: maybe(40, fc.constantFrom('renovate[bot]', 'mender[bot]')),
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

/** A commit as webhooks tell it, by another source and without its parents. */
const parentless = fc
  .record({
    n: commitNumber,
    repository,
    occurredAt: instant(4),
    committedAt: instant(),
    pushedAt: instant(),
    paths: maybe(40, fc.subarray(['a/x.ts', 'b/x.ts', 'shared/x.ts'])),
  })
  .map(
    ({ n, repository: name, occurredAt, committedAt, pushedAt, paths }) =>
      ({
        claim: 'partial',
        type: 'commit',
        source: 'github.com',
        id: `c${n}`,
        occurredAt,
        fields: {
          repository: `github.com/${name}`,
          sha: sha(n),
          committedAt,
          ...(paths ? { paths } : {}),
        },
        earliest: { authoredAt: committedAt, pushedAt },
      } satisfies PartialClaim),
  );

const BRANCHES = ['main', 'one', 'two'];

/** Mostly true: what is pushed comes after what was there. */
const push = fc
  .record({
    source: fc.constantFrom('github.com', 'git'),
    occurredAt: instant(8),
    repository,
    branch: fc.constantFrom(...BRANCHES),
    ends: fc.tuple(fc.nat(COMMITS), fc.nat(COMMITS)),
    created: maybe(25, fc.constant(true)),
    forced: maybe(15, fc.constant(true)),
    complete: maybe(80, fc.constant(true)),
    deleted,
  })
  .map(({ branch, ends, created, ...fields }) => {
    const [from, to] = [...ends].sort();
    return tell({
      type: 'change',
      kind: 'push',
      id: `${branch} ${from} ${to}`,
      ref: `refs/heads/${branch}`,
      before: created ? undefined : sha(from),
      after: sha(to),
      created,
      commits: Array.from({ length: to - from }, (_, i) => sha(from + i + 1)),
      ...fields,
    });
  });

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
    source: fc.constantFrom('github.com', 'github.com', 'git'),
    headBranch: maybe(60, fc.constantFrom('one', 'two', 'fork:one')),
    reverts: maybe(20, fc.integer({ min: 1, max: 3 })),
    labels: fc.constantFrom([], [], ['hotfix']),
    bot: maybe(20, fc.boolean()),
    botName: maybe(30, fc.constantFrom('Renovate[bot]', 'mender[bot]')),
    title: maybe(40, fc.constantFrom('Add it', 'Mend it')),
    commits: fc.oneof(fc.constant([]), shas(3)),
    deleted,
  })
  .map(fields =>
    tell({
      type: 'change',
      kind: 'pull_request',
      id: `pr${fields.number}`,
      baseBranch: 'main',
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
  { source: 'ci', id: 'd1', service: SERVICE_A, environment: 'Production' },
  { source: 'ci', id: 'd3', service: SERVICE_A, environment: 'PRODUCTION' },
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
    // Also rollouts that take longer than the window.
    took: maybe(50, fc.nat(12)),
    run: maybe(25, fc.constantFrom('r1', 'r2')),
    kind: maybe(50, fc.constantFrom('deploy', 'rollback', 'hotfix', 'config')),
    artifact: maybe(50, fc.constantFrom(...ARTIFACTS)),
    unplanned: maybe(20, fc.boolean()),
    fixesIncident: maybe(20, fc.constant('i0')),
    replaces: maybe(
      10,
      fc.constantFrom(
        {},
        { environment: 'Prod' },
        { service: SERVICE_A },
        { service: SERVICE_A, environment: 'production' },
      ),
    ),
    deleted,
    content,
  })
  .map(({ identity: own, content: what, finishedAt, took, ...fields }) =>
    tell({
      type: 'deployment',
      ...own,
      ...fields,
      startedAt:
        took === undefined
          ? undefined
          : new Date(Date.parse(finishedAt) - took * STEP_MS).toISOString(),
      ...(fields.status === 'running' ? {} : { finishedAt }),
      ...what,
    }),
  );

/** Takes back an id, whatever its service or environment was, or both. */
const tombstone = fc
  .record({
    identity,
    occurredAt: instant(),
    leaves: fc.constantFrom('service', 'environment', 'both'),
  })
  .map(({ identity: own, occurredAt, leaves }) => {
    const { service, environment } = { service: undefined, ...own };
    return tell({
      type: 'deployment',
      source: own.source,
      id: own.id,
      service: leaves === 'environment' ? service : undefined,
      environment: leaves === 'service' ? environment : undefined,
      status: 'success',
      occurredAt,
      deleted: true,
    });
  });

const incident = fc
  .record({
    id: fc.constantFrom('i0', 'i1', 'i2'),
    occurredAt: instant(4),
    service: maybe(60, fc.constantFrom(...SERVICES)),
    repository: maybe(50, repository),
    environment: maybe(
      40,
      fc.constantFrom('production', 'PROD', 'staging', 'prod-us'),
    ),
    severity: maybe(50, fc.constantFrom('low', 'High')),
    title: maybe(40, fc.constantFrom('A drill: ignore', 'Checkout is down')),
    span: fc.tuple(fc.nat(40), maybe(75, fc.nat(12))),
    causedBy: maybe(
      50,
      fc.oneof(
        fc.constantFrom(...IDS, ...ARTIFACTS, 'nobody'),
        commitNumber.map(sha),
        fc.constant(`\`${sha(1)}\``),
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

/** Names that follow each other; the last one is one of before. */
const NAMES = ['acme/was', 'acme/mono', 'acme/now', 'acme/mono'];

/** A repository is called otherwise, each time at its own instant. */
const naming = fc
  .record({
    n: fc.nat(NAMES.length - 2),
    source: fc.constantFrom('github.com', 'ops'),
    deleted,
  })
  .map(({ n, ...fields }) =>
    tell({
      type: 'change',
      kind: 'repository',
      id: `n${n}`,
      occurredAt: new Date(
        START + (2 + 12 * n) * STEP_MS + 60_000,
      ).toISOString(),
      formerly: NAMES[n],
      repository: NAMES[n + 1],
      ...fields,
    }),
  );

/** Any event of a small world: few names, so that facts meet again. */
export const anyEvent: fc.Arbitrary<DeliveryEvent | PartialClaim> = fc.oneof(
  { weight: 3, arbitrary: commit },
  { weight: 2, arbitrary: parentless },
  { weight: 2, arbitrary: push },
  { weight: 2, arbitrary: pullRequest },
  { weight: 5, arbitrary: deployment },
  { weight: 1, arbitrary: tombstone },
  { weight: 2, arbitrary: incident },
  { weight: 1, arbitrary: naming },
);

/** A small world: what is told about it, in the order it happened to be told. */
export const world = fc.array(anyEvent, {
  minLength: 1,
  maxLength: 40,
  size: 'max',
});

/** An event, or what a source makes of a webhook. */
export type Told = DeliveryEvent | PartialClaim;

/** A world and another way of telling it. */
export interface Retold {
  events: Told[];
  /** The same in another order, with duplicates, cut into batches. */
  batches: Array<{ events: Told[]; settle: boolean }>;
}

/** When something happened, as far as it tells. */
function happenedAt(event: Told): number {
  const fields: Record<string, unknown> = { ...event };
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
