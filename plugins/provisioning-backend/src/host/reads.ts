import type {
  EntitiesResponse,
  Release,
  Service,
} from '@fawkes/backstage-plugin-provisioning-common';
import { InputError } from '@backstage/errors';
import type { Said } from '@fawkes/kit-contract';
import type { Sandbox } from '../local';
import type { EntityRows } from './entities/entityRows';
import { releasesOf, type History } from './history';
import type { DbServiceRows } from './rows';
import { shownService } from './servicesNow';

/** What rows alone can tell. */
export interface ReadFrom {
  services: Pick<DbServiceRows, 'find' | 'many'>;
  history: Pick<History, 'of'>;
  entities: Pick<EntityRows, 'page' | 'findingsOf'>;
  sandbox: Sandbox | undefined;
  now(): number;
}

/** The answers that are read from rows: any replica gives them. */
export class Reads {
  constructor(private readonly from: ReadFrom) {}

  async serviceOf(requestId: string): Promise<Service> {
    return shownService(this.from, await this.from.services.find(requestId));
  }

  async servicesOf(
    requestIds: readonly string[],
  ): Promise<ReadonlyMap<string, Service>> {
    const rows = await this.from.services.many(requestIds);
    return new Map(
      requestIds.map(id => [id, shownService(this.from, rows.get(id))]),
    );
  }

  async releasesOf(requestId: string): Promise<Release[]> {
    const { history, services } = this.from;
    const row = await services.find(requestId);
    return releasesOf(await history.of(requestId), row?.release ?? null);
  }

  findingsOf(requestId: string): Promise<Said[]> {
    return this.from.entities.findingsOf(requestId);
  }

  async entities({
    cursor,
    limit,
  }: {
    cursor?: string;
    limit: number;
  }): Promise<EntitiesResponse> {
    const { entities, now } = this.from;
    const after = cursor === undefined ? undefined : readCursor(cursor);
    const rows = await entities.page({ after, limit: limit + 1 });
    const shown = rows.slice(0, limit);
    const last = rows.length > limit ? shown.at(-1) : undefined;
    return {
      asOf: new Date(now()).toISOString(),
      items: shown.map(({ requestId, entity }) => ({
        requestId,
        entity: entity as EntitiesResponse['items'][number]['entity'],
      })),
      nextCursor: last ? writeCursor(`${last.requestId}/${last.kind}`) : null,
    };
  }
}

function writeCursor(position: string): string {
  return Buffer.from(position).toString('base64url');
}

function readCursor(cursor: string): string {
  const position = Buffer.from(cursor.slice(0, 512), 'base64url').toString();
  if (!/^[0-9a-z-]{1,64}\/(Component|API)$/.test(position)) {
    throw new InputError('cursor: is not one this API gave out');
  }
  return position;
}
