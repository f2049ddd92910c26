import type {
  MetricsByQuery,
  MetricsQuery,
} from '@fawkes/backstage-plugin-delivery-common';
import { DateTime } from 'luxon';
import type { DeliveryView } from './deliveryView';

/** The zone of the browser. */
export function browserZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** Zone a view is shown in. @public */
export function zoneOf(view: DeliveryView): string {
  return view.tz ?? browserZone();
}

/**
 * The half-open window `[from, to)` of a view as dates in its zone. "The last
 * 30 days" are today and the 29 days before.
 *
 * @param now - ms since the epoch
 * @public
 */
export function windowOf(
  view: DeliveryView,
  now: number,
): { from: string; to: string; days: number } {
  const zone = zoneOf(view);
  if ('from' in view.window) {
    const { from, to } = view.window;
    const days = DateTime.fromISO(to, { zone: 'utc' }).diff(
      DateTime.fromISO(from, { zone: 'utc' }),
      'days',
    ).days;
    return { from, to, days };
  }
  const { days } = view.window;
  const end = DateTime.fromMillis(now, { zone })
    .startOf('day')
    .plus({ days: 1 });
  return {
    from: end.minus({ days }).toISODate() ?? '',
    to: end.toISODate() ?? '',
    days,
  };
}

function bucketFor(days: number): MetricsQuery['bucket'] {
  if (days <= 14) return 'day';
  return days <= 366 ? 'week' : 'month';
}

/** The question both metric routes share. */
function question(view: DeliveryView, now: number) {
  const { from, to } = windowOf(view, now);
  return {
    scope: [...view.scope],
    from,
    to,
    tz: zoneOf(view),
    unit: view.unit,
    start: view.start,
    recoveryFrom: view.recoveryFrom,
    bands: view.bands,
    ...(view.environment ? { environment: view.environment } : {}),
  };
}

/** `GET /metrics` of a view. @public */
export function metricsQueryOf(
  view: DeliveryView,
  now: number,
): Partial<MetricsQuery> {
  return {
    ...question(view, now),
    bucket: bucketFor(windowOf(view, now).days),
    edition: view.edition,
    industry: view.industry,
    ...(view.size ? { size: view.size } : {}),
  };
}

/** `GET /metrics/by` of a view. @public */
export function metricsByQueryOf(
  view: DeliveryView,
  now: number,
): Partial<MetricsByQuery> {
  return { ...question(view, now), groupBy: view.group, limit: 500 };
}

/**
 * The same view with its window pinned to dates and its zone named: what it
 * shows tomorrow, and to somebody elsewhere, is what it shows now.
 * @public
 */
export function pinned(view: DeliveryView, now: number): DeliveryView {
  const { from, to } = windowOf(view, now);
  return { ...view, window: { from, to }, tz: zoneOf(view) };
}
