import { signalTag } from '@fawkes/kit-contract';
import { DELIVERY_KEY, type QueryKind } from './keys';

/** Questions about the intake change with every event. */
const ALWAYS: readonly QueryKind[] = [
  'quality',
  'intake',
  'sources',
  'rejected',
];

/** What has to be known of a query. */
interface AnyQuery {
  queryKey: readonly unknown[];
  state: { data?: unknown };
}

/**
 * Whether news about the services with these tags may change the answer of a
 * query. Only a question about other components is certainly untouched; a
 * system, a group or everything may contain any service.
 */
export function affects(
  query: AnyQuery,
  tags: ReadonlySet<string> | null,
): boolean {
  const [family, kind, question] = query.queryKey;
  if (family !== DELIVERY_KEY) return false;
  if (tags === null || ALWAYS.includes(kind as QueryKind)) return true;

  if (kind === 'deployment') {
    const service = serviceOf(query.state.data);
    return service === undefined || tags.has(signalTag(service));
  }
  const scope = scopeOf(question);
  return (
    scope.length === 0 ||
    scope.some(ref => !ref.startsWith('component:') || tags.has(signalTag(ref)))
  );
}

function scopeOf(question: unknown): string[] {
  if (typeof question !== 'object' || question === null) return [];
  const { scope } = question as { scope?: unknown };
  return Array.isArray(scope) ? scope.map(ref => String(ref)) : [];
}

function serviceOf(data: unknown): string | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  const { deployment } = data as { deployment?: { service?: string } };
  return deployment?.service;
}
