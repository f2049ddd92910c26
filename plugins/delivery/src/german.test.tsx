/* eslint jest/expect-expect: ["warn", { "assertFunctionNames": ["expect", "expectGerman"] }] */
import { ResponseError } from '@backstage/errors';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import {
  BENCHMARKS,
  benchmarkCode,
  unknownFigure,
  type DeploymentResponse,
  type QualityRow,
} from '@fawkes/backstage-plugin-delivery-common';
import type { Said } from '@fawkes/kit-contract';
import { ErrorState } from '@fawkes/kit-ui/states';
import { screen, waitFor } from '@testing-library/react';
import {
  aChange,
  aDeployment,
  aFailedResponse,
  aListed,
  anIncident,
  aQualityRow,
  aRejectedEvent,
  aSource,
  NOW,
} from '../dev/builders';
import {
  metricsAnswer,
  metricsByAnswer,
  metricSet,
  metricsRow,
} from './__testUtils__/answers';
import { fakeApi } from './__testUtils__/fakeApi';
import { codesOf, notGerman, sampleOf, unspoken } from './__testUtils__/german';
import { anApi, quality } from './__testUtils__/quality';
import { renderDelivery } from './__testUtils__/renderDelivery';
import { ME, renderPages } from './__testUtils__/renderPages';
import { EntityDelivery, EntityDeliveryCard } from './entity';
import { MyServices } from './home';
import { QueryProvider } from './hooks';
import { ChangePage } from './pages/Change';
import { DeploymentPage } from './pages/Deployment';
import { DoraPage } from './pages/Dora';
import { QualityPage } from './pages/Quality';

const language = 'de';
const page = <T,>(items: T[]) => ({
  asOf: NOW,
  items,
  nextCursor: null,
  changedCursor: '0',
});
const samples = (...starts: string[]) => codesOf(...starts).map(sampleOf);

/** Metrics of which the lead time is not known. */
const silent = (why: Said) => {
  const set = metricSet();
  return {
    ...set,
    leadTime: { ...set.leadTime, p50: unknownFigure(why), count: 0 },
  };
};

beforeEach(() => localStorage.clear());

describe('in German', () => {
  const figures = samples(
    'figure.',
    'frequency.',
    'share.',
    'lead.',
    'recovery.open.',
    'recovery.none.',
  );

  it.each(['2025', '2024'] as const)(
    'the DORA page gives each reason, and whom it compares with in %s',
    async edition => {
      const { industries, sizes } = BENCHMARKS[edition];
      const answer = metricsAnswer({ metrics: silent(figures[0]) });
      renderPages(<DoraPage />, {
        api: fakeApi({
          getMetrics: async () => ({
            ...answer,
            benchmark: {
              ...answer.benchmark,
              groupSaid: sampleOf('benchmark.industry.technology'),
              groupOver: 'sizes',
            },
          }),
          getMetricsBy: async () =>
            metricsByAnswer(
              figures.map(why =>
                metricsRow(why.code, { metrics: silent(why) }),
              ),
              { groupBy: 'service' },
            ),
        }),
        address: `/delivery?group=service&edition=${edition}`,
        language,
      });
      await screen.findByText(figures[0].code);
      expect(
        notGerman([
          ...figures,
          ...industries.map(({ key }) =>
            sampleOf(benchmarkCode('industry', key)),
          ),
          ...sizes
            .slice(1)
            .map(({ key }) => sampleOf(benchmarkCode('size', key))),
          {
            ...sampleOf('benchmark.over.sizes'),
            params: { group: 'Technologie' },
          },
        ]),
      ).toEqual([]);
    },
  );

  it('data quality says what is missing, and what senders did wrong', async () => {
    const advice = samples('advice.');
    const findings = [
      ...samples('annotation.', 'count_rule.', 'pattern.').filter(({ code }) =>
        code.endsWith('.advice'),
      ),
    ].map(said => ({
      reason: sampleOf(said.code.replace(/\.advice$/, '')),
      advice: said,
    }));
    const facts = [
      'deployments',
      'commits',
      'pull-requests',
      'incidents',
    ] as const;
    const row = (name: string, words: Said[]): QualityRow =>
      aQualityRow({
        service: `component:default/${name}`,
        title: name,
        cells: words.map((said, index) => ({
          fact: facts[index],
          state: 'missing',
          count: 0,
          lastAt: null,
          advice: said.text,
          adviceSaid: said,
        })),
      });
    const unmapped = samples('unmapped.');
    const causes = samples('incident_cause.');
    const rejected = samples('rejected.');
    const ends = samples('backfill.');
    const [noService, noChange] = samples('quality.');
    const api = anApi({
      getQuality: async () =>
        quality({
          coverage: unknownFigure(noService),
          clampedShare: unknownFigure(noChange),
          services: [row('a', advice.slice(0, 4)), row('b', advice.slice(4))],
          annotations: findings.map((finding, index) => ({
            service: 'component:default/a',
            title: 'a',
            annotation: 'fawkes.dev/delivery-paths',
            value: String(index),
            reason: finding.reason.text,
            reasonSaid: finding.reason,
            advice: finding.advice.text,
            adviceSaid: finding.advice,
          })),
          unknownCauses: causes.map(said => ({
            service: 'component:default/a',
            source: 'pager',
            id: said.code,
            title: null,
            openedAt: NOW,
            causedBy: '4711',
            reason: said.text,
            reasonSaid: said,
          })),
          unmapped: unmapped.map(said => ({
            what: said.text,
            whatSaid: said,
            facts: 1,
            lastAt: NOW,
            suggestion: said.text,
            suggestionSaid: said,
          })),
        }),
      getRejected: async () =>
        page(
          rejected.map(said =>
            aRejectedEvent({
              id: said.code,
              reason: said.text,
              code: said.code,
              params: said.params,
            }),
          ),
        ),
      getSources: async () => ({
        asOf: NOW,
        items: ends.map(({ text, ...said }) =>
          aSource({
            id: said.code,
            backfill: {
              state: 'failed',
              loaded: 1,
              message: text,
              updatedAt: NOW,
              ...said,
            },
          }),
        ),
      }),
    });
    renderDelivery(<QualityPage />, { api, language });
    await screen.findByText('fawkes.dev/delivery-paths: 0');
    await waitFor(() =>
      expect(
        notGerman([
          ...advice,
          ...samples('annotation.', 'count_rule.', 'pattern.'),
          ...unmapped,
          ...causes,
          ...rejected,
          ...ends,
          noService,
          noChange,
        ]),
      ).toEqual([]),
    );
  });

  it.each(codesOf('method.'))(
    'a deployment explains itself: %s',
    async code => {
      const causes = samples('cause.');
      const kinds = ['incident', 'mark', 'rolled-back'] as const;
      const method = sampleOf(code);
      const index = codesOf('method.').indexOf(code) % 4;
      const sure = samples('confidence.')[index];
      const rework = samples('rework.')[index];
      const open = sampleOf('incident.open');
      const noTime = sampleOf('change.lead.no_time');
      const answer: DeploymentResponse = aFailedResponse({
        methodText: `${method.text} (${sure.text})`,
        methodSaid: method,
        confidenceSaid: sure,
        reworkText: rework.text,
        reworkSaid: rework,
        causes: causes.map((said, at) => ({
          cause: kinds[at % kinds.length],
          fact:
            at > 2 ? undefined : { key: `k${at}`, source: 's', id: `i${at}` },
          ...said,
        })),
        changes: [aChange({ leadSeconds: unknownFigure(noTime) })],
        incidents: [anIncident({ durationSeconds: unknownFigure(open) })],
      });
      renderDelivery(<DeploymentPage />, {
        api: fakeApi({ getDeployment: async () => answer }),
        path: '/delivery/deployments/:key',
        at: '/delivery/deployments/key-1001',
        language,
      });
      await screen.findByRole('heading', { name: /1\.42\.0/ });
      expect(
        notGerman([...causes, method, sure, rework, open, noTime]),
      ).toEqual([]);
    },
  );

  it('a change says why its lead time is not known', async () => {
    const noTime = sampleOf('change.lead.no_time');
    renderDelivery(<ChangePage />, {
      api: fakeApi({
        getChange: async () => ({
          asOf: NOW,
          rebuilding: false,
          change: {
            key: 'k',
            kind: 'commit',
            repository: 'github.com/acme/shop',
            id: 'abc',
            title: 'T',
            url: null,
            timeline: [{ name: 'committed', at: NOW }],
            commits: [],
          },
          deployments: [
            {
              deployment: aDeployment(),
              leadSeconds: unknownFigure(noTime),
              stages: [],
            },
          ],
        }),
      }),
      path: '/delivery/changes/:key',
      at: '/delivery/changes/k',
      language,
    });
    await screen.findByRole('heading', { name: 'T' });
    expect(notGerman([noTime])).toEqual([]);
  });

  const entity = {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name: 'shop', namespace: 'default' },
    relations: [{ type: 'ownedBy', targetRef: ME }],
  };

  it.each(codesOf('restore.'))(
    'the tab of a service says it: %s',
    async code => {
      const leads = samples('deployment.lead.');
      const why = unknownFigure(sampleOf(code));
      const set = metricSet();
      renderDelivery(
        <EntityProvider entity={entity}>
          <EntityDelivery />
        </EntityProvider>,
        {
          api: fakeApi({
            getMetrics: async () =>
              metricsAnswer({
                metrics: {
                  ...set,
                  mttr: { mean: why, median: why, count: 0, open: 0 },
                },
              }),
            getDeployments: async () => ({
              ...page(
                leads.map((said, index) =>
                  aListed({
                    id: String(index),
                    key: `key-${index}`,
                    finishedAt: new Date(Date.now() - 1e8).toISOString(),
                    leadTime: unknownFigure(said),
                  }),
                ),
              ),
              changedCursor: '0',
            }),
            getIncidents: async () => page([]),
          }),
          path: '/delivery-tab',
          at: '/delivery-tab',
          language,
        },
      );
      await waitFor(() =>
        expect(notGerman([sampleOf(code), ...leads])).toEqual([]),
      );
    },
  );

  it('the card of a service and the home page say it', async () => {
    const why = sampleOf('lead.no_success.window');
    const api = fakeApi({
      getMetrics: async () => metricsAnswer({ metrics: silent(why) }),
      getMetricsBy: async () =>
        metricsByAnswer([metricsRow('shop', { metrics: silent(why) })]),
    });
    renderPages(
      <>
        <EntityProvider entity={entity}>
          <EntityDeliveryCard />
        </EntityProvider>
        <MyServices />
      </>,
      { api, entities: [entity], language },
    );
    await screen.findByRole('link', { name: 'shop' });
    await waitFor(() => expect(notGerman([why])).toEqual([]));
  });

  it('errors say what is wrong', async () => {
    const errors = samples('window.', 'bands.', 'benchmark.no_', 'source.');
    const refused = await Promise.all(
      errors.map(({ text, ...said }) =>
        ResponseError.fromResponse(
          Response.json(
            {
              error: { name: 'InputError', message: text, ...said },
              response: { statusCode: 400 },
            },
            { status: 400 },
          ),
        ),
      ),
    );
    renderPages(
      <QueryProvider>
        {refused.map((error, index) => (
          <ErrorState key={errors[index].code} error={error} title="x" />
        ))}
      </QueryProvider>,
      { language },
    );
    await screen.findAllByRole('alert');
    expect(notGerman(errors)).toEqual([]);
  });

  it('no other words are shown', () => {
    const elsewhere = [
      // The page of a deployment names what mended it in words of its own.
      ...codesOf('recovery.by.'),
      // 403 and 404 are explained by what they are.
      ...codesOf('deployment.not_found', 'deployment.no_mark', 'change.not_f'),
      // The one of industries is said as that of sizes; all sizes is no choice.
      'benchmark.over.industries',
      'benchmark.size.all',
    ];
    expect(unspoken().sort()).toEqual(elsewhere.sort());
  });
});
