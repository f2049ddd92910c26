import { useMemo } from 'react';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { MetricSet } from '@fawkes/backstage-plugin-delivery-common';
import { useFormat, useReason } from '@fawkes/kit-ui/values';
import { deliveryTranslationRef } from '../../translation';
import type { MetricName } from '../../charts';
import { metricFacts, type MetricFacts, type MetricUnit } from './metricFacts';

/** How a trend points and reads. */
export interface TrendWords {
  direction: 'up' | 'down' | 'flat';
  tone: 'better' | 'worse' | 'neutral';
  text: string;
}

/** Says metrics in the language of the person. */
export interface MetricWords {
  value: (unit: MetricUnit, value: number) => string;
  trend: (facts: MetricFacts, days: number) => TrendWords;
  /** What stands behind the value, with the sample size. */
  sentence: (set: MetricSet, name: MetricName) => string;
}

/** Words for values, trends and samples. */
export function useMetricWords(): MetricWords {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const reasonOf = useReason();
  const format = useFormat();

  return useMemo(() => {
    const points = (rate: number) =>
      new Intl.NumberFormat(format.locale, {
        maximumFractionDigits: 1,
      }).format(rate * 100);

    const change = (facts: MetricFacts, size: number, period: string) => {
      const grew = (facts.trend.difference.value ?? 0) > 0;
      // More deployments are better; more of anything else is worse.
      const verdict =
        (facts.unit === 'frequency') === grew ? 'better' : 'worse';
      switch (facts.unit) {
        case 'frequency':
          return t(`trend.frequency.${verdict}`, {
            amount: format.perDay(size),
            period,
          });
        case 'duration':
          return t(`trend.duration.${verdict}`, {
            amount: format.duration(size),
            period,
          });
        default: {
          const amount = points(size);
          return t(`trend.rate.${verdict}`, {
            amount,
            count: amount === '1' ? 1 : 2,
            period,
          });
        }
      }
    };

    return {
      value: (unit, value) => {
        if (unit === 'frequency') return format.perDay(value);
        return unit === 'duration'
          ? format.duration(value)
          : format.rate(value);
      },

      trend: (facts, days) => {
        const { difference, previous, verdict } = facts.trend;
        const period = t('trend.period', { count: days });
        if (!facts.isEnough) {
          return {
            direction: 'flat',
            tone: 'neutral',
            text: t('trend.few', { total: format.count(facts.count) }),
          };
        }
        if (difference.value === null || verdict === 'unknown') {
          const silent = [difference, previous].find(f => f.value === null);
          const reason = silent ? reasonOf(silent) : '';
          return {
            direction: 'flat',
            tone: 'neutral',
            text: t('trend.unknown', { reason }),
          };
        }
        if (verdict === 'same' || difference.value === 0) {
          return {
            direction: 'flat',
            tone: 'neutral',
            text: t('trend.same', { period }),
          };
        }
        const direction = difference.value > 0 ? 'up' : 'down';
        const text = change(facts, Math.abs(difference.value), period);
        return verdict === 'noise'
          ? {
              direction,
              tone: 'neutral',
              text: t('trend.noise', { change: text }),
            }
          : { direction, tone: verdict, text };
      },

      sentence: (set, name) => {
        const facts = metricFacts(set, name);
        if (facts.value.value !== null && !facts.isEnough) {
          return t('metric.few', { total: format.count(facts.count) });
        }
        switch (name) {
          case 'deploymentFrequency': {
            const { deployments, deployDaysPerWeek } = set[name];
            const total = t('metric.deploymentFrequency.text', {
              count: deployments,
              total: format.count(deployments),
            });
            return deployDaysPerWeek.value === null
              ? total
              : `${total} ${t('metric.deploymentFrequency.week', {
                  days: new Intl.NumberFormat(format.locale, {
                    maximumFractionDigits: 1,
                  }).format(deployDaysPerWeek.value),
                })}`;
          }
          case 'leadTime':
          case 'recoveryTime': {
            const { count, p90 } = set[name];
            const text = t(`metric.${name}.text`, {
              count,
              total: format.count(count),
              p90: p90.value === null ? '?' : format.duration(p90.value),
            });
            const open = name === 'recoveryTime' ? set[name].open : 0;
            return open > 0
              ? `${text} ${t('metric.recoveryTime.open', { count: open })}`
              : text;
          }
          case 'changeFailRate':
            return t('metric.changeFailRate.text', {
              failed: format.count(set[name].failed),
              total: format.count(set[name].finished),
            });
          default:
            return t('metric.reworkRate.text', {
              rework: format.count(set[name].rework),
              total: format.count(set[name].finished),
            });
        }
      },
    };
  }, [t, format, reasonOf]);
}
