import {
  RELATION_MEMBER_OF,
  RELATION_OWNED_BY,
} from '@backstage/catalog-model';
import type { MetricsResponse } from '@fawkes/backstage-plugin-delivery-common';
import type { DeliveryService } from '@fawkes/backstage-plugin-delivery-node';
import { sayDojo } from '@fawkes/backstage-plugin-dojo-common';
import {
  CHECK_TYPES,
  decimalOf,
  type LabMetric,
} from '@fawkes/backstage-plugin-dojo-common/rules';
import type { DojoCheck } from '@fawkes/backstage-plugin-dojo-node';
import {
  candidates,
  firstBy,
  named,
  related,
  seen,
  type LabCatalog,
} from './candidates';
import { orForbidden } from './forbidden';

interface Params {
  metric: LabMetric;
  min?: string;
  max?: string;
  minSamples: string;
}

/** A figure as an exact share, and what it is a share of. */
interface Measured {
  numerator: bigint;
  denominator: bigint;
  samples: number;
  unit: string;
}

/** What a service of the learner's team has reached since the run began. */
export function doraMetric({
  catalog,
  delivery,
  now,
}: {
  catalog: LabCatalog;
  delivery: Pick<DeliveryService, 'metrics'>;
  now(): number;
}): DojoCheck<Params> {
  return {
    type: 'dora-metric',
    params: CHECK_TYPES['dora-metric'].params as DojoCheck<Params>['params'],
    // Of a team, and so of no one person.
    assurance: 'attested',
    async choose({ learner, credentials, rank }) {
      const [person] = await seen(catalog, [learner], credentials);
      const owners = new Set([
        learner,
        ...(person ? related(person, RELATION_MEMBER_OF) : []),
      ]);
      const all = await candidates(catalog, { kind: 'Component' }, credentials);
      const entity = firstBy(
        all.filter(each =>
          related(each, RELATION_OWNED_BY).some(ref => owners.has(ref)),
        ),
        each => rank(named(each).ref),
      );
      if (!entity) return { missing: sayDojo('metric.team') };
      const { ref } = named(entity);
      return {
        subject: {
          entity: named(entity),
          page: `/delivery?${new URLSearchParams({ scope: ref })}`,
        },
      };
    },
    async evaluate({ params, subject, since, credentials }) {
      const ref = subject?.entity?.ref ?? '';
      const to = new Date(now());
      const answer = await orForbidden(
        delivery.metrics(
          { scope: [ref], from: since.toISOString(), to: to.toISOString() },
          { credentials },
        ),
      );
      if (answer === undefined) {
        return { verdict: 'error', why: sayDojo('delivery.absent') };
      }
      if (answer === 'forbidden') {
        return { verdict: 'error', why: sayDojo('check.gone') };
      }
      const measured = measure(params.metric, answer);
      const need = Number(params.minSamples);
      if (measured.samples < need || measured.denominator === 0n) {
        const have = measured.samples;
        return { verdict: 'error', why: sayDojo('metric.few', { have, need }) };
      }
      const figure = `${textOf(measured)}${measured.unit}`;
      const { min, max, metric } = params;
      if (min !== undefined && compare(measured, min) < 0) {
        const why = sayDojo('metric.below', { figure, need: min });
        return { verdict: 'fail', observedAt: to, why };
      }
      if (max !== undefined && compare(measured, max) > 0) {
        const why = sayDojo('metric.above', { figure, need: max });
        return { verdict: 'fail', observedAt: to, why };
      }
      const { samples } = measured;
      const from = since.toISOString();
      return {
        verdict: 'pass',
        observedAt: to,
        evidence: {
          source: 'delivery',
          fact: { entity: ref, metric, figure, samples, from },
        },
      };
    },
  };
}

function measure(metric: LabMetric, { metrics }: MetricsResponse): Measured {
  const share = (part: number, all: number): Measured => ({
    numerator: 100n * BigInt(part),
    denominator: BigInt(all),
    samples: all,
    unit: ' %',
  });
  if (metric === 'change-fail-rate') {
    return share(
      metrics.changeFailRate.failed,
      metrics.changeFailRate.finished,
    );
  }
  if (metric === 'deployment-rework-rate') {
    return share(metrics.reworkRate.rework, metrics.reworkRate.finished);
  }
  const { deployments } = metrics.deploymentFrequency;
  return {
    numerator: BigInt(deployments),
    denominator: 1n,
    samples: deployments,
    unit: '',
  };
}

/** Below 0 where the figure is the smaller one. */
function compare({ numerator, denominator }: Measured, bound: string): number {
  const other = decimalOf(bound);
  const away = numerator * other.denominator - other.numerator * denominator;
  if (away === 0n) return 0;
  return away < 0n ? -1 : 1;
}

/** With one decimal, as pages show it. */
function textOf({ numerator, denominator }: Measured): string {
  const tenths = (20n * numerator + denominator) / (2n * denominator);
  const [whole, rest] = [tenths / 10n, tenths % 10n];
  return rest === 0n ? `${whole}` : `${whole}.${rest}`;
}
