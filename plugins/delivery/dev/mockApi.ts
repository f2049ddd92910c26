import { NotFoundError } from '@backstage/errors';
import {
  deliveryRoutes,
  say,
  type MarkBody,
  type QualityResponse,
} from '@fawkes/backstage-plugin-delivery-common';
import { fakeClient } from '@fawkes/kit-contract';
import type { DeliveryApi } from '../src/api';
import {
  aChange,
  aDeploymentResponse,
  aListed,
  aFailedResponse,
  aMetricsResponse,
  anIncident,
  aQualityRow,
  aRejectedEvent,
  aSource,
  known,
  someMetrics,
} from './builders';
import { aHistory, recoveries } from './history';

const PAGE = 50;

const annotate = say('unmapped.annotate', {
  annotation: 'github.com/project-slug',
  slug: 'acme/old-batch',
});
const meta = say('pattern.meta', { meta: '[' });
const advice = say('pattern.meta.advice', { meta: '[' });

/** A delivery backend that lives in the browser, for `yarn start` in here. */
export function mockDeliveryApi(
  now: () => Date = () => new Date(),
): DeliveryApi {
  const history = aHistory(now());
  const marks = new Map<string, MarkBody>();
  let rejected = [aRejectedEvent()];
  const asOf = () => now().toISOString();
  return fakeClient(deliveryRoutes, {
    getMetrics: async ({ scope = [] } = {}) =>
      aMetricsResponse({
        asOf: asOf(),
        scope: {
          entities: [scope].flat().map(ref => ({ ref, title: ref })),
          services: 1,
          sample: true,
          sandbox: false,
          firstFactAt: history[0].finishedAt,
        },
      }),

    getMetricsBy: async ({ groupBy = 'service' } = {}) => ({
      asOf: asOf(),
      groupBy,
      window: aMetricsResponse().window,
      approximate: false,
      rebuilding: false,
      items: rowsBy(groupBy),
      nextCursor: null,
    }),

    getDeployments: async ({ limit, from, failed, cursor } = {}) => {
      const fromMs = from ? Date.parse(from) : 0;
      const all = history
        .filter(each => Date.parse(each.finishedAt ?? '') >= fromMs)
        .filter(each => !failed || each.failed)
        .reverse();
      const start = Number(cursor ?? 0);
      const end = start + Number(limit ?? PAGE);
      return {
        asOf: asOf(),
        items: all.slice(start, end).map(each => aListed(each)),
        nextCursor: end < all.length ? String(end) : null,
        changedCursor: '0',
      };
    },

    getDeployment: async ({ key }) => {
      const index = history.findIndex(each => each.key === key);
      const deployment = history[index];
      if (!deployment) throw new NotFoundError(`No deployment ${key}`);
      const said = marks.get(key);
      const verdict = said?.verdict === 'none' ? undefined : said?.verdict;
      const build = deployment.failed ? aFailedResponse : aDeploymentResponse;
      return build({
        asOf: asOf(),
        deployment: {
          ...deployment,
          failed: verdict ? verdict === 'failed' : deployment.failed,
        },
        mark:
          said && verdict
            ? {
                verdict,
                reason: said.reason,
                by: 'user:default/guest',
                at: asOf(),
              }
            : null,
        previous: history[index - 1] ?? null,
        next: history[index + 1] ?? null,
      });
    },

    getChange: async ({ key }) => {
      const { id, kind, repository, title, url, stages } = aChange();
      return {
        asOf: asOf(),
        rebuilding: false,
        change: {
          key,
          kind,
          repository,
          id,
          title,
          url,
          timeline: [
            { name: 'authored', at: '2026-03-09T08:00:00.000Z' },
            { name: 'committed', at: '2026-03-09T09:05:00.000Z' },
            { name: 'opened', at: '2026-03-09T15:05:00.000Z' },
            { name: 'merged', at: '2026-03-10T08:15:00.000Z' },
          ],
          commits: [],
        },
        deployments: [
          { deployment: history[0], leadSeconds: known(24 * 3600), stages },
        ],
      };
    },

    getIncidents: async () => ({
      asOf: asOf(),
      items: recoveries(history).map(({ deployment, from, to }) =>
        anIncident({
          key: `incident-${deployment.key}`,
          id: `P-${deployment.id}`,
          openedAt: from,
          resolvedAt: to,
        }),
      ),
      nextCursor: null,
    }),

    getQuality: async () => aQuality(asOf(), rejected.length),

    getIntake: async () => ({
      asOf: asOf(),
      received: 2,
      processed: 120_340,
      ignored: 912,
      rejected: rejected.length,
      dirtyServices: 1,
      lagSeconds: 1,
      rebuild: null,
    }),

    getSources: async () => ({
      asOf: asOf(),
      items: [
        aSource({ lastEventAt: asOf() }),
        aSource({ id: 'http', title: 'HTTP API', backfill: null }),
      ],
    }),

    getRejected: async () => ({
      asOf: asOf(),
      items: rejected,
      nextCursor: null,
    }),

    markDeployment: async ({ key, body }) => {
      marks.set(key, body);
    },

    replay: async ({ body: { ids } }) => {
      const before = rejected.length;
      rejected = rejected.filter(({ id }) => ids && !ids.includes(id));
      return { replayed: before - rejected.length };
    },

    startBackfill: async ({ id }) => {
      if (id === 'github') return { started: true as const };
      throw new NotFoundError(`Source ${id} has no history to load`);
    },
  });
}

function rowsBy(groupBy: 'service' | 'team') {
  const [kind, names] =
    groupBy === 'team'
      ? ['group', ['payments', 'ledger']]
      : ['component', ['payments-api', 'ledger']];
  return [names].flat().map(title => ({
    entity: { ref: `${kind}:default/${title}`, title },
    sample: true,
    metrics: someMetrics(),
    spark: [3, 5, 4, 8, 7],
  }));
}

function aQuality(asOf: string, rejected: number): QualityResponse {
  return {
    asOf,
    rebuilding: false,
    cut: [],
    clippedTexts: 3,
    unknownLists: 0,
    coverage: known(0.5),
    services: [
      aQualityRow({ sample: true }),
      aQualityRow({ service: 'component:default/ledger', title: 'ledger' }),
    ],
    unmapped: [
      {
        what: 'github.com/acme/old-batch',
        facts: 312,
        lastAt: asOf,
        suggestion: annotate.text,
        suggestionSaid: annotate,
      },
    ],
    knownSince: { pushes: asOf, incidentEnvironments: null },
    unknownCauses: [],
    annotations: [
      {
        service: 'component:default/ledger',
        title: 'ledger',
        annotation: 'fawkes.dev/delivery-paths',
        value: 'app/[id]/**',
        reason: meta.text,
        reasonSaid: meta,
        advice: advice.text,
        adviceSaid: advice,
      },
    ],
    rejected,
    incomplete: 1,
    clampedShare: known(0.002),
    unknownStartShare: known(0.01),
  };
}
