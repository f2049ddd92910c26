/** First part of every query key of this plugin. */
export const PROVISIONING_KEY = 'provisioning';

/** What a query key says after {@link PROVISIONING_KEY}. */
export type QueryKind =
  | 'templates'
  | 'name'
  | 'requests'
  | 'request'
  | 'effects'
  | 'revisions'
  | 'drift'
  | 'log'
  | 'destruction'
  | 'operator';

/** Questions about one request: `['provisioning', kind, id, …]`. */
export const OF_ONE: readonly QueryKind[] = [
  'request',
  'effects',
  'revisions',
  'drift',
  'log',
  'destruction',
];

/** `['provisioning', kind, question]` */
export function queryKey<T extends readonly unknown[]>(
  kind: QueryKind,
  ...question: T
) {
  return [PROVISIONING_KEY, kind, ...question] as const;
}
