import type {
  MetricsByQuery,
  MetricsQuery,
} from '@fawkes/backstage-plugin-delivery-common';
import { browserZone, datesOf } from '@fawkes/kit-ui/filters';
import type { DeliveryView } from './deliveryView';

/** Zone a view is shown in. @public */
export function zoneOf(view: DeliveryView): string {
  return view.tz ?? browserZone();
}

/**
 * The half-open window `[from, to)` of a view as dates in its zone.
 *
 * @param now - ms since the epoch
 * @public
 */
export function windowOf(
  view: DeliveryView,
  now: number,
): { from: string; to: string; days: number } {
  return datesOf(view.window, zoneOf(view), now);
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
