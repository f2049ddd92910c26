import {
  codeOfRejection,
  say,
  type ContainedChange,
  type DeploymentResponse,
  type DeploymentSummary,
  type Incident,
  type ListedDeployment,
  type MetricSet,
  type MetricsResponse,
  type QualityRow,
  type RejectedEvent,
  type SourceInfo,
  type Trend,
} from '@fawkes/backstage-plugin-delivery-common';
import type { Figure } from '@fawkes/kit-contract';

/** Facts to open the pages with, for the dev app and for tests. */

export const NOW = '2026-03-12T12:00:00.000Z';

export const known = (value: number): Figure => ({ value });
export const unknown = (reason: string): Figure => ({ value: null, reason });

export function aDeployment(
  overrides: Partial<DeploymentSummary> = {},
): DeploymentSummary {
  const id = overrides.id ?? '1001';
  return {
    key: `key-${id}`,
    source: 'github.com/acme',
    id,
    service: 'component:default/payments-api',
    serviceTitle: 'payments-api',
    environment: 'production',
    production: true,
    status: 'success',
    kind: 'deploy',
    version: '1.42.0',
    startedAt: '2026-03-10T09:00:00.000Z',
    finishedAt: '2026-03-10T09:05:00.000Z',
    url: `https://github.com/acme/payments-api/actions/runs/${id}`,
    seed: false,
    failed: false,
    rework: false,
    recoveredAt: null,
    recoverySeconds: null,
    changes: 2,
    method: 'reachability',
    confidence: 'certain',
    leadTime: known(33.6 * 3600),
    sample: false,
    sandbox: false,
    ...overrides,
  };
}

/** The same as lists have it. */
export function aListed(
  overrides: Partial<ListedDeployment> = {},
): ListedDeployment {
  return {
    ...aDeployment(overrides),
    repositories: [],
    artifact: null,
    labels: [],
    ...overrides,
  };
}

export function aChange(
  overrides: Partial<ContainedChange> = {},
): ContainedChange {
  return {
    key: 'change-1',
    kind: 'commit',
    repository: 'github.com/acme/payments-api',
    id: '0123456789abcdef0123456789abcdef01234567',
    title: 'Retry a declined card once',
    url: 'https://github.com/acme/payments-api/commit/0123456789',
    committedAt: '2026-03-09T09:05:00.000Z',
    leadSeconds: known(24 * 3600),
    clamped: false,
    stages: [
      { stage: 'coding', seconds: 6 * 3600 },
      { stage: 'pickup', seconds: 9 * 3600 },
      { stage: 'review', seconds: 8 * 3600 },
      { stage: 'merge', seconds: 600 },
      { stage: 'deploy', seconds: 3000 },
    ],
    pullRequest: {
      number: 77,
      title: 'Retry declined cards',
      url: 'https://github.com/acme/payments-api/pull/77',
    },
    ...overrides,
  };
}

export function anIncident(overrides: Partial<Incident> = {}): Incident {
  return {
    key: 'incident-1',
    source: 'pagerduty',
    id: 'P-1',
    title: 'Card payments fail',
    service: 'component:default/payments-api',
    severity: 'critical',
    openedAt: '2026-03-10T09:20:00.000Z',
    resolvedAt: '2026-03-10T09:52:00.000Z',
    durationSeconds: known(32 * 60),
    url: 'https://pagerduty.example/P-1',
    deployments: [
      {
        key: 'key-1001',
        source: 'github.com/acme',
        id: '1001',
        rule: 'window',
      },
    ],
    sample: false,
    ...overrides,
  };
}

export function aDeploymentResponse(
  overrides: Partial<DeploymentResponse> = {},
): DeploymentResponse {
  return {
    asOf: NOW,
    rebuilding: false,
    deployment: aDeployment(),
    repositories: [
      {
        repository: 'github.com/acme/payments-api',
        sha: '0123456789abcdef0123456789abcdef01234567',
      },
    ],
    seedRepositories: [],
    artifact: null,
    labels: [],
    methodText: `${say('method.reachability').text} (very likely)`,
    methodSaid: say('method.reachability'),
    confidenceSaid: say('confidence.high'),
    changes: [
      aChange(),
      aChange({ key: 'change-2', title: 'Log the reason', pullRequest: null }),
    ],
    changesHidden: false,
    changesCut: false,
    causes: [],
    recovery: null,
    reworkText: null,
    reworkSaid: null,
    incidents: [],
    mark: null,
    mayMark: true,
    previous: null,
    next: null,
    ...overrides,
  };
}

/** The same deployment after it failed, with its incident and recovery. */
export function aFailedResponse(
  overrides: Partial<DeploymentResponse> = {},
): DeploymentResponse {
  return aDeploymentResponse({
    deployment: aDeployment({
      failed: true,
      recoveredAt: '2026-03-10T09:52:00.000Z',
      recoverySeconds: 47 * 60,
    }),
    causes: [
      {
        cause: 'incident',
        fact: { key: 'incident-1', source: 'pagerduty', id: 'P-1' },
        text: 'It began 15 minutes after this deployment.',
      },
    ],
    recovery: {
      at: '2026-03-10T09:52:00.000Z',
      by: 'incident-resolved',
      fact: { key: 'incident-1', source: 'pagerduty', id: 'P-1' },
      text: 'Every linked incident was resolved.',
    },
    incidents: [anIncident()],
    ...overrides,
  });
}

const trend = (
  difference: number,
  previous: number,
  verdict: Trend['verdict'],
): Trend => ({
  difference: known(difference),
  previous: known(previous),
  verdict,
});

const duration = (p50: number, count: number) => ({
  p50: known(p50),
  p75: known(p50 * 1.6),
  p90: known(p50 * 2.5),
  p95: known(p50 * 3.4),
  mean: known(p50 * 1.3),
  count,
});

export function someMetrics(overrides: Partial<MetricSet> = {}): MetricSet {
  return {
    deploymentFrequency: {
      perDay: known(4.3),
      deployDaysPerWeek: known(5),
      timeBetween: known(5 * 3600),
      deployments: 129,
      band: 'high',
      score: 8,
      trend: trend(0.4, 3.9, 'better'),
    },
    leadTime: {
      ...duration(33.6 * 3600, 300),
      unknownStart: 3,
      clamped: 1,
      stages: [
        { stage: 'coding', meanSeconds: 6 * 3600, share: 0.19 },
        { stage: 'pickup', meanSeconds: 14 * 3600, share: 0.45 },
        { stage: 'review', meanSeconds: 9 * 3600, share: 0.29 },
        { stage: 'merge', meanSeconds: 600, share: 0.01 },
        { stage: 'deploy', meanSeconds: 2 * 3600, share: 0.06 },
      ],
      band: 'high',
      score: 7,
      trend: trend(-9 * 3600, 42.6 * 3600, 'better'),
    },
    changeFailRate: {
      rate: known(0.081),
      failed: 10,
      finished: 124,
      band: 'high',
      score: 9,
      trend: trend(-0.02, 0.101, 'better'),
    },
    recoveryTime: {
      ...duration(47 * 60, 10),
      open: 0,
      band: 'elite',
      score: 10,
      trend: trend(12 * 60, 35 * 60, 'worse'),
    },
    reworkRate: {
      rate: unknown('No deployment says whether it was planned.'),
      rework: 0,
      finished: 124,
      band: null,
      score: null,
      trend: {
        previous: unknown('No deployment says whether it was planned.'),
        difference: unknown('No deployment says whether it was planned.'),
        verdict: 'unknown',
      },
    },
    mttr: {
      mean: known(52 * 60),
      median: known(40 * 60),
      count: 12,
      open: 1,
    },
    ...overrides,
  };
}

export function aMetricsResponse(
  overrides: Partial<MetricsResponse> = {},
): MetricsResponse {
  return {
    asOf: NOW,
    scope: {
      entities: [
        { ref: 'component:default/payments-api', title: 'payments-api' },
      ],
      services: 1,
      sample: false,
      sandbox: false,
      firstFactAt: '2025-09-01T08:00:00.000Z',
    },
    window: {
      from: '2026-02-10T00:00:00.000Z',
      to: '2026-03-13T00:00:00.000Z',
      tz: 'UTC',
      bucket: 'week',
      elapsedDays: 30,
    },
    approximate: false,
    rebuilding: false,
    metrics: someMetrics(),
    series: Array.from({ length: 5 }, (_, week) => ({
      start: new Date(Date.UTC(2026, 1, 9 + 7 * week)).toISOString(),
      end: new Date(Date.UTC(2026, 1, 16 + 7 * week)).toISOString(),
      partial: week === 4,
      deployments: 26 + week,
      perDay: known((26 + week) / 7),
      leadP50: known((36 - week) * 3600),
      leadP90: known((90 - 4 * week) * 3600),
      failRate: known(0.1 - 0.01 * week),
      recoveryP50: known((40 + 2 * week) * 60),
      recoveryP90: known((120 + 2 * week) * 60),
      reworkRate: unknown('No deployment says whether it was planned.'),
    })),
    benchmark: {
      edition: '2025',
      group: 'All industries',
      groupSaid: say('benchmark.industry.all'),
      groupOver: null,
      attribution: 'DORA 2025, CC BY-NC-SA 4.0',
      overall: 8.5,
      throughput: 8,
      stability: 9,
      rows: [
        { metric: 'leadTime', own: 7, mean: 5.9, deviation: 2.6 },
        { metric: 'deploymentFrequency', own: 8, mean: 5.7, deviation: 2.8 },
        { metric: 'changeFailRate', own: 9, mean: 8.1, deviation: 1.7 },
        { metric: 'recoveryTime', own: 10, mean: 6.8, deviation: 2.5 },
        { metric: 'reworkRate', own: null, mean: 7.9, deviation: 1.8 },
      ],
    },
    ...overrides,
  };
}

export function aSource(overrides: Partial<SourceInfo> = {}): SourceInfo {
  return {
    id: 'github',
    title: 'GitHub',
    sandbox: false,
    sample: false,
    received: 1000,
    rejected: 8,
    lastEventAt: '2026-03-12T11:58:00.000Z',
    stale: false,
    backfill: { state: 'idle', loaded: 0, message: null, updatedAt: null },
    ...overrides,
  };
}

export function aQualityRow(overrides: Partial<QualityRow> = {}): QualityRow {
  const stale = say('advice.stale', { days: 45, service: 'payments-api' });
  const missing = say('advice.incidents');
  return {
    service: 'component:default/payments-api',
    title: 'payments-api',
    sample: false,
    cells: [
      {
        fact: 'deployments',
        state: 'present',
        count: 129,
        lastAt: '2026-03-12T09:00:00.000Z',
        advice: null,
        adviceSaid: null,
      },
      {
        fact: 'commits',
        state: 'present',
        count: 1240,
        lastAt: '2026-03-12T08:00:00.000Z',
        advice: null,
        adviceSaid: null,
      },
      {
        fact: 'pull-requests',
        state: 'stale',
        count: 80,
        lastAt: '2026-01-02T08:00:00.000Z',
        advice: stale.text,
        adviceSaid: stale,
      },
      {
        fact: 'incidents',
        state: 'missing',
        count: 0,
        lastAt: null,
        advice: missing.text,
        adviceSaid: missing,
      },
    ],
    unknownParents: 3,
    differingCommits: 0,
    unknownBranches: 1,
    unknownCauses: 0,
    unknownStart: 3,
    clamped: 1,
    ...overrides,
  };
}

export function aRejectedEvent(
  overrides: Partial<RejectedEvent> = {},
): RejectedEvent {
  const reason = 'lies before startedAt (2026-03-12T07:00:00.000Z)';
  return {
    id: 'rejected-1',
    source: 'jenkins-eu',
    channel: 'http',
    receivedAt: '2026-03-12T07:00:00.000Z',
    path: 'finishedAt',
    reason,
    ...codeOfRejection(reason),
    payload: '{"type":"deployment","id":"7"}',
    ...overrides,
  };
}
