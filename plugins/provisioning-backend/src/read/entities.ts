import type {
  EntitiesQuery,
  EntitiesResponse,
} from '@fawkes/backstage-plugin-provisioning-common';
import { page } from '@fawkes/kit-backend/sql';
import type { Core } from '../core';
import { ownEntities, type ReadFile } from '../entities/ownEntities';
import { keptBundle } from '../store/bundles';
import { iso } from '../store/json';
import { effectRequestOf } from '../store/requests';
import { tables, type RequestRow } from '../store/tables';

/**
 * `GET /entities`: what the catalog is told. Only of requests on this computer,
 * and only the Component and API that the ledger holds; elsewhere the catalog
 * reads the repository itself.
 */
export async function listEntities(
  core: Core,
  query: EntitiesQuery,
): Promise<EntitiesResponse> {
  const told = core
    .db('requests')
    .where('requests.host', 'local')
    .whereExists(made =>
      made
        .from('effects')
        .whereRaw('effects.request_id = requests.id')
        .where('effects.type', 'catalog:entity:ensure')
        .whereIn('effects.state', ['sent', 'unknown', 'done'])
        .select(core.db.raw('1')),
    )
    .whereNotExists(taken =>
      taken
        .from('effects')
        .whereRaw('effects.request_id = requests.id')
        .where('effects.type', 'catalog:entity:remove')
        .whereIn('effects.state', ['sent', 'unknown'])
        .select(core.db.raw('1')),
    );
  const by = { at: 'created_at', key: 'id' } as const;
  const found = await page(told, tables.requests, by, query);
  const items = await Promise.all(found.rows.map(row => entitiesOf(core, row)));
  return {
    asOf: iso(core.now()),
    items: items.flat(),
    nextCursor: found.nextCursor,
  };
}

async function entitiesOf(
  core: Core,
  row: RequestRow,
): Promise<EntitiesResponse['items']> {
  const request = await effectRequestOf(core.db, row);
  const host = core.localHost();
  const told =
    // What was accepted stays, when what people pushed is none of ours.
    (await ownEntities(
      request,
      async path => await host?.fileAtMain?.(row.id, path),
    )) ?? (await ownEntities(request, keptFile(core, request.bundleDigest)));
  return (told ?? []).map(entity => ({ requestId: row.id, entity }));
}

function keptFile(core: Core, digest: string): ReadFile {
  const kept = keptBundle(core.db, digest);
  return async wanted => {
    const file = (await kept).find(({ path }) => path === wanted);
    return file && new TextDecoder().decode(file.bytes);
  };
}
