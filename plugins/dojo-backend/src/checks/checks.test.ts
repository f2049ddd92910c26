import { mockCredentials } from '@backstage/backend-test-utils';
import type { CheckQuestion } from '@fawkes/backstage-plugin-dojo-node';
import {
  deploymentOf,
  labCatalog,
  labDelivery,
  labProvisioning,
  metricsOf,
  pageOf,
  PAYMENTS,
  practiceOf,
} from '../__testUtils__/labWorld';
import { catalogEntity, NONCE_ANNOTATION } from './catalogEntity';
import { deploymentEvent } from './deploymentEvent';
import { doraMetric } from './doraMetric';
import { liveRate } from './liveRate';
import { practiceService } from './practiceService';

const NOW = Date.parse('2026-11-30T10:00:00.000Z');
const now = () => NOW;
const ME = 'user:default/priya';

const question = <P>(params: P, more: Partial<CheckQuestion<P>> = {}) => ({
  params,
  learner: ME,
  since: new Date('2026-11-29T00:00:00.000Z'),
  runStartedAt: new Date('2026-11-29T10:00:00.000Z'),
  nonce: 'n0nce',
  subject: undefined,
  answer: undefined,
  credentials: mockCredentials.user(ME),
  ...more,
});

describe('deployment-event', () => {
  const find = (
    items: ReturnType<typeof deploymentOf>[],
    { min = '2', sandboxCounts = false } = {},
  ) =>
    deploymentEvent({
      delivery: labDelivery({ deployments: () => pageOf(items) }),
      now,
      sandboxCounts,
    }).evaluate(question({ min }));

  it('counts what succeeded since, and not in a sandbox', async () => {
    const items = [
      deploymentOf('a'),
      deploymentOf('failed', { status: 'failure' }),
      deploymentOf('early', { finishedAt: '2026-11-28T23:59:59.999Z' }),
      deploymentOf('running', { finishedAt: null }),
      deploymentOf('sandbox', { sandbox: true }),
    ];
    expect(await find(items)).toMatchObject({
      verdict: 'fail',
      why: { code: 'deployments.few', params: { have: 1, need: 2 } },
    });
    expect(await find(items, { sandboxCounts: true })).toMatchObject({
      verdict: 'pass',
      evidence: { claim: 'a sandbox' },
    });
  });

  it('tells versions, ways back, and what came before the run apart', async () => {
    const later = '2026-11-29T11:00:00.000Z';
    const items = [
      deploymentOf('a', { version: '1' }),
      deploymentOf('b', { version: '1', finishedAt: later }),
      deploymentOf('c', { version: '1', kind: 'rollback' }),
    ];
    const judge = (params: object) =>
      deploymentEvent({
        delivery: labDelivery({ deployments: () => pageOf(items) }),
        now,
        sandboxCounts: false,
      }).evaluate(question(params));
    expect(await judge({ min: '2', versions: '2' })).toMatchObject({
      verdict: 'fail',
      why: { code: 'deployments.versions', params: { have: 1, need: 2 } },
    });
    expect(await judge({ kind: 'rollback' })).toMatchObject({
      verdict: 'pass',
      evidence: { claim: 'c', counts: [{ type: 'deployment', key: 'c' }] },
    });
    expect(await judge({ window: 'run' })).toMatchObject({
      verdict: 'pass',
      evidence: { claim: 'b' },
    });
    expect(await judge({ window: 'run', kind: 'rollback' })).toMatchObject({
      verdict: 'fail',
    });
  });

  it('rests on the first that were enough', async () => {
    const later = { finishedAt: '2026-11-29T12:00:00.000Z' };
    expect(
      await find([deploymentOf('c', later), deploymentOf('b')], { min: '1' }),
    ).toMatchObject({ verdict: 'pass', evidence: { claim: 'b' } });
  });
});

describe('dora-metric', () => {
  const subject = {
    entity: { ref: 'component:default/payments-api', title: 'P' },
  };
  const judge = (
    params: {
      metric: 'change-fail-rate' | 'deployments';
      min?: string;
      max?: string;
    },
    finished = 40,
  ) =>
    doraMetric({
      catalog: labCatalog(),
      delivery: labDelivery({ metrics: () => metricsOf({ finished }) }),
      now,
    }).evaluate(question({ minSamples: '5', ...params }, { subject }));

  it('is neither passed nor failed by too few', async () => {
    expect(await judge({ metric: 'deployments', min: '1' }, 4)).toMatchObject({
      verdict: 'error',
      why: { code: 'metric.few', params: { have: 4, need: 5 } },
    });
  });

  it.each([
    ['12.5', 'pass'],
    ['12.49999', 'fail'],
    ['13', 'pass'],
  ])('a rate of 12.5 %% against %s at most: %s', async (max, verdict) => {
    expect(await judge({ metric: 'change-fail-rate', max })).toMatchObject({
      verdict,
    });
  });
});

describe('catalog-entity', () => {
  const judge = (nonce: string, type?: string) =>
    catalogEntity({
      catalog: labCatalog([
        {
          ...PAYMENTS,
          metadata: {
            ...PAYMENTS.metadata,
            annotations: { [NONCE_ANNOTATION]: 'n0nce' },
          },
        },
      ]),
      now,
    }).evaluate(question({ kind: 'Component', type }, { nonce }));

  it('finds what carries the nonce of this run, and nothing else', async () => {
    expect(await judge('n0nce')).toMatchObject({
      verdict: 'pass',
      evidence: { claim: 'component:default/payments-api' },
    });
    expect(await judge('other')).toMatchObject({
      verdict: 'fail',
      why: { code: 'catalog.none' },
    });
    expect(await judge('n0nce', 'website')).toMatchObject({
      verdict: 'fail',
      why: { code: 'catalog.other' },
    });
  });
});

describe('answer-live of a rate', () => {
  const choose = (finished: number, sandbox = false) =>
    liveRate('change-fail-rate', {
      catalog: labCatalog(),
      delivery: labDelivery({
        metrics: () => metricsOf({ finished }),
        deployments: () => pageOf([deploymentOf('a', { sandbox })]),
      }),
      now,
    }).choose({
      params: { fact: 'change-fail-rate' },
      learner: ME,
      now: NOW,
      credentials: mockCredentials.user(ME),
      rank: candidate => candidate,
    });

  it('asks for whole days that are over', async () => {
    expect(await choose(40)).toMatchObject({
      subject: {
        kept: { from: '2026-09-01', to: '2026-11-30', shown: '12.5' },
      },
    });
  });

  it('has nothing to ask where there is no figure, or only a sandbox', async () => {
    const missing = { missing: { code: 'live.rate_none' } };
    expect(await choose(0)).toMatchObject(missing);
    expect(await choose(40, true)).toMatchObject(missing);
  });
});

describe('practice-service', () => {
  const judge = (...items: ReturnType<typeof practiceOf>[]) =>
    practiceService({ provisioning: labProvisioning(items), now }).evaluate(
      question({}),
    );

  it("is the learner's own, for practice, asked for since, and ready", async () => {
    expect(
      await judge(
        practiceOf({ requester: 'user:default/other' }),
        practiceOf({ practice: false }),
        practiceOf({ createdAt: '2026-11-28T23:59:59.999Z' }),
      ),
    ).toMatchObject({ verdict: 'fail', why: { code: 'practice.none' } });
    expect(await judge(practiceOf({ state: 'running' }))).toMatchObject({
      verdict: 'fail',
      why: { code: 'practice.not_ready', params: { name: 'practice' } },
    });
    const own = practiceOf();
    expect(await judge(own)).toMatchObject({
      verdict: 'pass',
      evidence: { source: 'provisioning', claim: own.id },
    });
  });
});
