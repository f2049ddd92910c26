import type {
  EntitiesQuery,
  EntitiesResponse,
} from '@fawkes/backstage-plugin-provisioning-common';
import type { Core } from '../core';
import { iso } from '../store/json';

/**
 * `GET /entities`: what the catalog is told. Only of requests on this computer;
 * elsewhere the catalog reads the repository itself.
 */
export async function listEntities(
  { localHost, now }: Pick<Core, 'localHost' | 'now'>,
  query: EntitiesQuery,
): Promise<EntitiesResponse> {
  const host = localHost();
  if (host) return host.entities(query);
  return { asOf: iso(now()), items: [], nextCursor: null };
}
