import type {
  ListedDeployment,
  MetricsResponse,
} from '@fawkes/backstage-plugin-delivery-common';
import { sayDojo } from '@fawkes/backstage-plugin-dojo-common';
import {
  isAsShown,
  rateAsShown,
  type LiveFact,
} from '@fawkes/backstage-plugin-dojo-common/rules';
import type { LiveDeps, LiveKind } from './liveKind';
import { orForbidden } from './forbidden';

type Rate = Exclude<LiveFact, 'owner'>;
const DAY_MS = 86_400_000;
const USUAL_DAYS = 90;
/** Services that are asked for a figure before it is said that there is none. */
const MOST_TRIED = 5;

/** What pages call them, and where an answer of the API has them. */
const RATES = {
  'change-fail-rate': {
    word: 'live.change_fail_rate',
    read: ({ metrics }: MetricsResponse) => metrics.changeFailRate.rate,
  },
  'deployment-rework-rate': {
    word: 'live.rework_rate',
    read: ({ metrics }: MetricsResponse) => metrics.reworkRate.rate,
  },
} as const;

/**
 * A share of a service that has one now, over whole days that are over: neither
 * the hour nor the zone of a browser makes it another.
 */
export function liveRate(rate: Rate, { delivery, now }: LiveDeps): LiveKind {
  const { word, read } = RATES[rate];
  return {
    async choose({ params, credentials, rank }) {
      const days = Number(params.days ?? USUAL_DAYS);
      const [from, to] = [dayOf(now() - days * DAY_MS), dayOf(now())];
      const call = { credentials };
      const scope = params.entity ? [params.entity] : [];
      const window = { from, to, tz: 'UTC' };
      const page = await orForbidden(
        delivery.deployments({ ...window, scope, limit: 200 }, call),
      );
      if (page === undefined) return { missing: sayDojo('delivery.absent') };
      const items: readonly ListedDeployment[] =
        page === 'forbidden' ? [] : page.items;
      const services = new Map(
        items
          .filter(({ sandbox }) => !sandbox)
          .map(each => [each.service, each.serviceTitle]),
      );
      const ranked = [...services].sort(([a], [b]) =>
        rank(a) < rank(b) ? -1 : 1,
      );
      // One that was deployed may have no figure yet: then the next one.
      for (const [ref, title] of ranked.slice(0, MOST_TRIED)) {
        const metrics = await orForbidden(
          delivery.metrics({ ...window, scope: [ref] }, call),
        );
        if (metrics === undefined || metrics === 'forbidden') continue;
        const { value } = read(metrics);
        if (value === null) continue;
        const query = new URLSearchParams([
          ['scope', ref],
          ['from', from],
          ['to', to],
          ['tz', 'UTC'],
        ]);
        return {
          subject: {
            entity: { ref, title },
            about: sayDojo(word, { entity: title, from, to }),
            page: `/delivery?${query}`,
            kept: { from, to, shown: rateAsShown(value) },
          },
        };
      }
      return { missing: sayDojo('live.rate_none') };
    },
    async evaluate({ subject, answer, credentials }) {
      const { from = '', to = '', shown = '' } = subject?.kept ?? {};
      const ref = subject?.entity?.ref ?? '';
      const metrics = await orForbidden(
        delivery.metrics(
          { scope: [ref], from, to, tz: 'UTC' },
          { credentials },
        ),
      );
      if (metrics === undefined || metrics === 'forbidden') {
        return { verdict: 'error', why: sayDojo('check.gone') };
      }
      const { value } = read(metrics);
      const figures = [shown, ...(value === null ? [] : [rateAsShown(value)])];
      const verdicts = figures.map(figure => isAsShown(answer, figure, '%'));
      const observedAt = new Date(now());
      const figure = figures[verdicts.indexOf(true)];
      if (figure !== undefined) {
        return {
          verdict: 'pass',
          observedAt,
          evidence: {
            source: 'delivery',
            fact: { entity: ref, metric: rate, from, to, percent: figure },
          },
        };
      }
      const unread = verdicts.every(verdict => verdict === undefined);
      const why = sayDojo(unread ? 'live.number' : 'live.other');
      return { verdict: 'fail', observedAt, why };
    },
  };
}

function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
