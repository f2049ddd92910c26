import type {
  RequestsQuery,
  RequestsResponse,
  RequestSummary,
  Service,
} from '@fawkes/backstage-plugin-provisioning-common';
import { provisioningRequestReadPermission } from '@fawkes/backstage-plugin-provisioning-common';
import { entityRefOf } from '@fawkes/backstage-plugin-provisioning-common/rules';
import { page } from '@fawkes/kit-backend/sql';
import type { Knex } from 'knex';
import type { Core } from '../core';
import { ownedOf, type Asker } from '../permissions/asker';
import type { OwnedRequest } from '../permissions/rules';
import { iso, wordsIn } from '../store/json';
import { tables, type RequestRow } from '../store/tables';

/** Where nothing of ours runs. */
export const NO_SERVICE: Service = {
  state: 'none',
  reason: null,
  since: null,
  address: null,
  release: null,
  isolation: null,
};

/** Pages that are read for one answer, when policies hide much. */
const MOST_ROUNDS = 20;

/** `GET /requests`: those the caller may see, newest first. */
export async function listRequests(
  core: Core,
  asker: Asker,
  query: RequestsQuery,
): Promise<RequestsResponse> {
  const permitted = await asker.viewer.filter<OwnedRequest>(
    provisioningRequestReadPermission,
  );
  const rows: RequestRow[] = [];
  let cursor = query.cursor;
  let nextCursor: string | null = null;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const asked = { cursor, limit: query.limit - rows.length };
    const found = await page(
      visible(core.db, asker, query),
      tables.requests,
      { at: 'created_at', key: 'id' },
      asked,
    );
    rows.push(...found.rows.filter(row => permitted(ownedOf(row))));
    nextCursor = found.nextCursor;
    if (nextCursor === null || rows.length >= query.limit) break;
    cursor = nextCursor;
  }
  return {
    asOf: iso(core.now()),
    items: await summariesOf(core, rows),
    nextCursor,
  };
}

/** What the laws let somebody see; a permission only narrows it. */
function visible(
  db: Knex,
  { somebody }: Asker,
  { owner, state, mine }: RequestsQuery,
): Knex.QueryBuilder {
  const { userRef, ownershipRefs, platform } = somebody;
  const query = db('requests');
  if (owner.length > 0) query.whereIn('requests.owner', owner);
  if (state.length > 0) query.whereIn('requests.state', state);
  if (!platform || mine) {
    query.where(own => {
      own.whereIn('requests.owner', [...ownershipRefs]);
      if (userRef !== undefined) own.orWhere('requests.requester', userRef);
      if (!mine) own.orWhereIn('requests.pending_owner', [...ownershipRefs]);
    });
  }
  return query;
}

/** Requests as lists show them. */
export async function summariesOf(
  core: Core,
  rows: readonly RequestRow[],
): Promise<RequestSummary[]> {
  const local = rows.filter(({ host }) => host === 'local').map(({ id }) => id);
  const services =
    local.length > 0 ? await core.localHost()?.servicesOf(local) : undefined;
  return rows.map(row => summaryOf(row, services?.get(row.id)));
}

/** A request as lists show it. */
export function summaryOf(
  row: RequestRow,
  service: Service = NO_SERVICE,
): RequestSummary {
  return {
    id: row.id,
    kind: row.kind,
    namespace: row.namespace,
    name: row.name,
    title: row.title ?? row.name,
    entityRef: entityRefOf(row),
    owner: row.owner,
    requester: row.requester,
    state: row.state,
    reason: wordsIn(row.reason),
    service,
    practice: Boolean(row.practice),
    template: { name: row.template, version: row.template_version },
    createdAt: iso(row.created_at),
    updatedAt: iso(row.updated_at),
  };
}
