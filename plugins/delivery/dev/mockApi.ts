import type {
  DeploymentsQuery,
  DeploymentSummary,
  IncidentsQuery,
  MarkBody,
  MetricsByQuery,
  MetricsQuery,
  ReplayBody,
} from '@fawkes/backstage-plugin-delivery-common';
import { NotFoundError } from '@backstage/errors';
import type { DeliveryApi } from '../src/api';
import {
  aDeploymentResponse,
  aListed,
  aFailedResponse,
  aMetricsResponse,
  anIncident,
  aChange,
  aQualityRow,
  aRejectedEvent,
  aSource,
  known,
  someMetrics,
} from './builders';
import { aHistory, recoveries } from './history';

const PAGE = 50;

/** A delivery backend that lives in the browser, for `yarn start` in here. */
export class MockDeliveryApi implements DeliveryApi {
  readonly #history: DeploymentSummary[];
  readonly #marks = new Map<string, MarkBody>();
  #rejected = [aRejectedEvent()];

  constructor(private readonly now: () => Date = () => new Date()) {
    this.#history = aHistory(now());
  }

  async getMetrics(query: Partial<MetricsQuery>) {
    return aMetricsResponse({
      asOf: this.#asOf(),
      scope: {
        entities: (query.scope ?? []).map(ref => ({ ref, title: ref })),
        services: 1,
        sample: true,
        sandbox: false,
        firstFactAt: this.#history[0].finishedAt,
      },
    });
  }

  async getMetricsBy(query: Partial<MetricsByQuery>) {
    const groupBy = query.groupBy ?? 'service';
    const names =
      groupBy === 'team' ? ['payments', 'ledger'] : ['payments-api', 'ledger'];
    return {
      asOf: this.#asOf(),
      groupBy,
      window: aMetricsResponse().window,
      approximate: false,
      items: names.map(title => ({
        entity: {
          ref: `${groupBy === 'team' ? 'group' : 'component'}:default/${title}`,
          title,
        },
        sample: true,
        metrics: someMetrics(),
        spark: [3, 5, 4, 8, 7],
      })),
      nextCursor: null,
    };
  }

  async getDeployments(query: Partial<DeploymentsQuery>) {
    const limit = query.limit ?? PAGE;
    const from = query.from ? Date.parse(query.from) : 0;
    const all = this.#history
      .filter(each => Date.parse(each.finishedAt ?? '') >= from)
      .filter(each => !query.failed || each.failed)
      .reverse();
    const start = Number(query.cursor ?? 0);
    const end = start + limit;
    return {
      asOf: this.#asOf(),
      items: all.slice(start, end).map(each => aListed(each)),
      nextCursor: end < all.length ? String(end) : null,
      changedCursor: '0',
    };
  }

  async getDeployment(key: string) {
    const index = this.#history.findIndex(each => each.key === key);
    const deployment = this.#history[index];
    if (!deployment) throw new NotFoundError(`No deployment ${key}`);
    const said = this.#marks.get(key);
    const verdict = said?.verdict === 'none' ? undefined : said?.verdict;
    const build = deployment.failed ? aFailedResponse : aDeploymentResponse;
    return build({
      asOf: this.#asOf(),
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
              at: this.#asOf(),
            }
          : null,
      previous: this.#history[index - 1] ?? null,
      next: this.#history[index + 1] ?? null,
    });
  }

  async getChange(key: string) {
    const { id, kind, repository, title, url } = aChange();
    return {
      asOf: this.#asOf(),
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
        {
          deployment: this.#history[0],
          leadSeconds: known(24 * 3600),
          stages: aChange().stages,
        },
      ],
    };
  }

  async getIncidents(_query: Partial<IncidentsQuery>) {
    return {
      asOf: this.#asOf(),
      items: recoveries(this.#history).map(({ deployment, from, to }) =>
        anIncident({
          key: `incident-${deployment.key}`,
          id: `P-${deployment.id}`,
          openedAt: from,
          resolvedAt: to,
        }),
      ),
      nextCursor: null,
    };
  }

  async getQuality() {
    return {
      asOf: this.#asOf(),
      coverage: known(0.5),
      services: [
        aQualityRow({ sample: true }),
        aQualityRow({ service: 'component:default/ledger', title: 'ledger' }),
      ],
      unmapped: [
        {
          what: 'github.com/acme/old-batch',
          facts: 312,
          lastAt: this.#asOf(),
          suggestion: 'github.com/project-slug: acme/old-batch',
        },
      ],
      annotations: [
        {
          service: 'component:default/ledger',
          title: 'ledger',
          annotation: 'fawkes.dev/delivery-paths',
          value: 'app/[id]/**',
          reason: 'holds [, and only *, ** and ? have a meaning here',
          advice:
            'Write alternatives one by one, with commas between them; in a name that holds [, write ? in its place',
        },
      ],
      rejected: this.#rejected.length,
      incomplete: 1,
      clampedShare: known(0.002),
      unknownStartShare: known(0.01),
    };
  }

  async getIntake() {
    return {
      asOf: this.#asOf(),
      received: 2,
      processed: 120_340,
      ignored: 912,
      rejected: this.#rejected.length,
      dirtyServices: 1,
      lagSeconds: 1,
    };
  }

  async getSources() {
    return {
      asOf: this.#asOf(),
      items: [
        aSource({ lastEventAt: this.#asOf() }),
        aSource({ id: 'http', title: 'HTTP API', backfill: null }),
      ],
    };
  }

  async getRejected() {
    return { asOf: this.#asOf(), items: this.#rejected, nextCursor: null };
  }

  async getCsv() {
    return 'service,deployments\r\npayments-api,129\r\n';
  }

  async markDeployment(key: string, mark: MarkBody) {
    this.#marks.set(key, mark);
  }

  async replay(body: ReplayBody) {
    const before = this.#rejected.length;
    this.#rejected = this.#rejected.filter(
      ({ id }) => body.ids && !body.ids.includes(id),
    );
    return { replayed: before - this.#rejected.length };
  }

  async startBackfill(sourceId: string) {
    if (sourceId !== 'github') {
      throw new NotFoundError(`Source ${sourceId} has no history to load`);
    }
  }

  #asOf() {
    return this.now().toISOString();
  }
}
