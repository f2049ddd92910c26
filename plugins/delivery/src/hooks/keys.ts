/** First part of every query key of this plugin. */
export const DELIVERY_KEY = 'delivery';

/** What a query key says after {@link DELIVERY_KEY}. */
export type QueryKind =
  | 'metrics'
  | 'metrics-by'
  | 'deployments'
  | 'deployment'
  | 'change'
  | 'incidents'
  | 'quality'
  | 'intake'
  | 'sources'
  | 'rejected';

/** `['delivery', kind, question]` */
export function queryKey<T>(kind: QueryKind, question: T) {
  return [DELIVERY_KEY, kind, question] as const;
}
