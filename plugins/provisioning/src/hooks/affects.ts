import { signalTag } from '@fawkes/kit-contract';
import type { AskedQuery } from '@fawkes/kit-ui/query';
import { OF_ONE, PROVISIONING_KEY, type QueryKind } from './keys';

/** What no news of a request changes. */
const NEVER: readonly QueryKind[] = ['templates', 'name'];

/**
 * Whether news of the requests with these tags may change the answer of a query:
 * lists may hold any request, a question about one is touched by news of it.
 */
export function affects(
  { queryKey }: AskedQuery,
  tags: ReadonlySet<string> | null,
): boolean {
  const [family, kind, id] = queryKey;
  if (family !== PROVISIONING_KEY || NEVER.includes(kind as QueryKind)) {
    return false;
  }
  if (tags === null || !OF_ONE.includes(kind as QueryKind)) return true;
  return tags.has(signalTag(String(id)));
}
