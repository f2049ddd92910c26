import type { MetricsRow } from '@fawkes/backstage-plugin-delivery-common';
import { METRICS } from '../../charts';
import { metricFacts } from '../../components/metrics';

/** A column to sort by; a leading `-` means the greatest first. */
export function parseSort(sort: string): {
  column: string;
  direction: 'ascending' | 'descending';
} {
  return sort.startsWith('-')
    ? { column: sort.slice(1), direction: 'descending' }
    : { column: sort, direction: 'ascending' };
}

/** The rows in order. Unknown values come last, whatever the direction. */
export function sortRows(
  rows: readonly MetricsRow[],
  sort: string,
): MetricsRow[] {
  const { column, direction } = parseSort(sort);
  const sign = direction === 'descending' ? -1 : 1;
  const byName = (a: MetricsRow, b: MetricsRow) =>
    a.entity.title.localeCompare(b.entity.title, undefined, { numeric: true });
  const metric = METRICS.find(name => name === column);
  if (!metric) return [...rows].sort((a, b) => sign * byName(a, b));
  return [...rows].sort((a, b) => {
    const left = metricFacts(a.metrics, metric).value.value;
    const right = metricFacts(b.metrics, metric).value.value;
    if (left === null || right === null) {
      if (left === right) return byName(a, b);
      return left === null ? 1 : -1;
    }
    return sign * (left - right) || byName(a, b);
  });
}
