import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type {
  DeploymentsResponse,
  MetricsResponse,
} from '@fawkes/backstage-plugin-delivery-common';
import type { RequestSummary } from '@fawkes/backstage-plugin-provisioning-common';
import {
  fakeProvisioning,
  type FakeProvisioning,
} from '@fawkes/backstage-plugin-provisioning-node/testUtils';
import {
  fakeDelivery,
  type FakeDelivery,
} from '@fawkes/backstage-plugin-delivery-node/testUtils';

/** A component that a team owns which is named nowhere else. */
export const PAYMENTS: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'payments-api', title: 'Payments API' },
  spec: { type: 'service', owner: 'secret-owners' },
  relations: [{ type: 'ownedBy', targetRef: 'group:default/secret-owners' }],
};
const OWNERS: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Group',
  metadata: { name: 'secret-owners', title: 'Secret Owners' },
  spec: { type: 'team', profile: { displayName: 'The Owners' } },
};

/** A catalog of one component and its owner. */
export function labCatalog(entities: Entity[] = [PAYMENTS, OWNERS]) {
  return catalogServiceMock({ entities });
}

const figure = (value: number | null) =>
  value === null
    ? ({ value: null, reason: 'nothing was deployed' } as const)
    : { value };
const nothing = figure(null);
const durations = {
  p50: nothing,
  p75: nothing,
  p90: nothing,
  p95: nothing,
  mean: nothing,
  count: 0,
};
const judged = {
  band: null,
  score: null,
  trend: { previous: nothing, difference: nothing, verdict: 'unknown' },
} as const;

/** What delivery says of a service with so many deployments. */
export function metricsOf({
  finished = 40,
  failed = 5,
  rework = 3,
} = {}): MetricsResponse {
  const share = (part: number) =>
    figure(finished === 0 ? null : part / finished);
  return {
    asOf: '2026-11-30T09:00:00.000Z',
    scope: {
      entities: [],
      services: 1,
      sample: true,
      sandbox: false,
      firstFactAt: null,
    },
    window: {
      from: '2026-09-01T00:00:00.000Z',
      to: '2026-11-30T00:00:00.000Z',
      tz: 'UTC',
      bucket: 'week',
      elapsedDays: 90,
    },
    approximate: false,
    rebuilding: false,
    metrics: {
      deploymentFrequency: {
        perDay: figure(finished / 90),
        deployDaysPerWeek: nothing,
        timeBetween: nothing,
        deployments: finished,
        ...judged,
      },
      leadTime: {
        ...durations,
        unknownStart: 0,
        clamped: 0,
        stages: [],
        ...judged,
      },
      changeFailRate: { rate: share(failed), failed, finished, ...judged },
      recoveryTime: { ...durations, open: 0, ...judged },
      reworkRate: { rate: share(rework), rework, finished, ...judged },
      mttr: { mean: nothing, median: nothing, count: 0, open: 0 },
    },
    series: [],
    benchmark: {
      edition: '2025',
      group: 'all',
      groupSaid: { code: 'all', params: {}, text: 'all' },
      groupOver: null,
      attribution: 'none',
      overall: null,
      throughput: null,
      stability: null,
      rows: [],
    },
  };
}

/** A deployment as lists have it. */
export function deploymentOf(
  key: string,
  more: Partial<DeploymentsResponse['items'][number]> = {},
): DeploymentsResponse['items'][number] {
  return {
    key,
    source: 'ci',
    id: key,
    service: 'component:default/payments-api',
    serviceTitle: 'Payments API',
    environment: 'production',
    production: true,
    status: 'success',
    kind: 'deploy',
    version: '1.2.0',
    startedAt: '2026-11-29T09:00:00.000Z',
    finishedAt: '2026-11-29T09:05:00.000Z',
    url: null,
    seed: false,
    failed: false,
    rework: false,
    recoveredAt: null,
    recoverySeconds: null,
    changes: 1,
    method: 'explicit-list',
    confidence: 'certain',
    leadTime: nothing,
    sample: true,
    sandbox: false,
    repositories: [],
    artifact: null,
    labels: [],
    ...more,
  } as DeploymentsResponse['items'][number];
}

/** A page of deployments. */
export function pageOf(
  items: DeploymentsResponse['items'],
): DeploymentsResponse {
  return {
    asOf: '2026-11-30T09:00:00.000Z',
    items,
    nextCursor: null,
    changedCursor: '1',
  };
}

/** A request for a service to practise with. */
export function practiceOf(more: Partial<RequestSummary> = {}): RequestSummary {
  return {
    id: '0199aaaa-0000-7000-8000-000000000001',
    kind: 'service',
    namespace: 'default',
    name: 'practice',
    title: 'Practice',
    entityRef: 'component:default/practice',
    owner: 'group:default/platform',
    requester: 'user:default/priya',
    state: 'ready',
    reason: null,
    service: {
      state: 'healthy',
      reason: null,
      since: null,
      address: null,
      release: null,
      isolation: null,
    },
    practice: true,
    template: { name: 'node-api', version: '1.0.0' },
    createdAt: '2026-11-29T09:00:00.000Z',
    updatedAt: '2026-11-29T09:00:00.000Z',
    ...more,
  } as RequestSummary;
}

/** A provisioning plugin in which somebody has asked for these. */
export function labProvisioning(
  items: RequestSummary[] = [],
): FakeProvisioning {
  return fakeProvisioning({
    getRequests: async () => ({
      asOf: '2026-11-30T09:00:00.000Z',
      items,
      nextCursor: null,
    }),
  });
}

/** A delivery plugin with one service that has figures. */
export function labDelivery(
  answers: {
    metrics?: () => MetricsResponse;
    deployments?: () => DeploymentsResponse;
  } = {},
): FakeDelivery {
  const { metrics, deployments } = answers;
  return fakeDelivery({
    getMetrics: async () => metrics?.() ?? metricsOf(),
    getDeployments: async () => deployments?.() ?? pageOf([deploymentOf('d1')]),
  });
}

const PARAMS: Record<string, string> = {
  visited: '{ path: /catalog }',
  'answer-live': '{ fact: owner }',
  'dora-metric': '{ metric: deployments, min: 1, minSamples: 1 }',
};

const uuid = (n: number) =>
  `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

/** A curriculum of one module whose lab has a step for each of some checks. */
export function curriculumOf({
  types,
  more = '',
}: {
  types: readonly string[];
  /** Further lines of the lab. */
  more?: string;
}): Map<string, string> {
  const head = (kind: string, id?: number) =>
    `apiVersion: dojo/v1\nkind: ${kind}\n${id ? `id: ${uuid(id)}\n` : ''}`;
  return new Map([
    [
      'dojo.yaml',
      `${head('Curriculum', 1)}slug: small
version: 1.0.0
title: Small
summary: Small
defaultLocale: en
locales: [en]
belts: [white]
tracks: [{ belt: white, modules: [one] }]
`,
    ],
    [
      'skills.yaml',
      `${head('Skills')}skills: [{ id: first, title: First, dora: [] }]\n`,
    ],
    [
      'belts/white.yaml',
      `${head('Belt', 2)}slug: white
order: 1
title: White
colour: white
certificate: Somebody
status: active
objectives: [Something]
award: { modules: [${uuid(3)}] }
retakeWaitDays: 7
`,
    ],
    [
      'modules/one/module.yaml',
      `${head('Module', 3)}slug: one
version: 1.0.0
status: active
title: One
summary: One
objectives: [Something]
teaches: [first]
requires: []
durationMinutes: 5
`,
    ],
    [
      'modules/one/labs/one.yaml',
      `${head('Lab', 4)}slug: one-lab
title: Lab
minutes: 5
${more}
checks:
${types
  .map(
    type => `  - id: step-${type}
    title: Step
    type: ${type}
    params: ${PARAMS[type] ?? '{}'}
    points: 1
    required: true
    fix: Do it.
`,
  )
  .join('')}passPercent: 80
total: ${types.length}
required: ${types.length}
verifiedAt: 2026-11-30
`,
    ],
    ['modules/one/labs/one.md', 'Do it.\n'],
  ]);
}

/** The same with a belt that asks for an exam of two questions and a lab. */
export function curriculumWithExam(): Map<string, string> {
  const files = curriculumOf({ types: ['visited'] });
  const lab = files.get('modules/one/labs/one.yaml')!;
  const belt = files
    .get('belts/white.yaml')!
    .replace(
      /^award: .*$/m,
      `award: { all: [{ modules: [${uuid(3)}] }, { exam: ${uuid(
        5,
      )}, points: 8 }] }`,
    );
  const questions = [10, 11, 12, 13].map(
    n => `      - id: ${uuid(n)}
        type: single
        section: one
        points: 2
        stem: Which one of ${n}?
        options:
          - { id: a, text: wrong ${n}, explanation: SECRET-exam-a }
          - { id: b, text: right ${n}, explanation: SECRET-exam-b }
        key: b
`,
  );
  return new Map([
    ...files,
    ['belts/white.yaml', belt],
    [
      'belts/white-exam.yaml',
      `apiVersion: dojo/v1
kind: Exam
id: ${uuid(5)}
slug: white-exam
title: The exam
belt: white
labs: [${uuid(6)}]
passPercent: 80
total: 10
required: 8
sample: true
pools:
  - pick: 2
    questions:
${questions.join('')}`,
    ],
    [
      'belts/labs/look.yaml',
      lab
        .replace(uuid(4), uuid(6))
        .replace('slug: one-lab', 'slug: exam-lab')
        .replace(/checks:[^]*/, '').concat(`checks:
  - { id: catalog, title: Catalog, type: visited, params: { path: /catalog }, points: 3, fix: Open it. }
  - { id: docs, title: Docs, type: visited, params: { path: /docs }, points: 3, fix: Open it. }
passPercent: 80
total: 6
required: 5
verifiedAt: 2026-11-30
`),
    ],
    ['belts/labs/look.md', 'Look around.\n'],
  ]);
}
