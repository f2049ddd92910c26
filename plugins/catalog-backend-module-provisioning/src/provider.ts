import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  parseEntityRef,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import type {
  DeferredEntity,
  EntityProvider,
  EntityProviderConnection,
} from '@backstage/plugin-catalog-node';
import type { EntitiesResponse } from '@fawkes/backstage-plugin-provisioning-common';

const NAME = 'provisioning';

/** Most entities of one answer. */
const PAGE = 500;

/**
 * Asks for a page of what the catalog is to be told; undefined where the
 * provisioning plugin is not installed.
 */
export type AskForEntities = (question: {
  cursor?: string;
  limit: number;
}) => Promise<EntitiesResponse | undefined>;

/** Whose entities are not what they were. */
export interface NewsOfService {
  /** Id of the request. */
  id: string;
  /** Entity ref of the component; the API is called the same. */
  entityRef: string;
}

/**
 * Hands to the catalog what the provisioning plugin says of services on its own
 * computer: all of it now and then, and at once of a service that has news.
 *
 * What it says was read from pushed files and let through there; here it is only
 * handed on, under one location key, so that nobody else's entity is replaced.
 */
export class ProvisioningEntityProvider implements EntityProvider {
  private connection: EntityProviderConnection | undefined;
  /** One mutation after the other: an older answer never follows a newer one. */
  private turn: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly ask: AskForEntities,
    private readonly logger: LoggerService,
  ) {}

  getProviderName(): string {
    return NAME;
  }

  async connect(connection: EntityProviderConnection): Promise<void> {
    this.connection = connection;
  }

  /**
   * Tells the catalog everything.
   *
   * @throws AwayError when the provisioning plugin does not answer; then the
   *   catalog keeps what it has
   */
  refresh(): Promise<void> {
    return this.inTurn(async connection => {
      const items = await this.all();
      if (!items) return;
      await connection.applyMutation({
        type: 'full',
        entities: items.map(({ entity }) => deferred(entity as Entity)),
      });
    });
  }

  /** Tells the catalog of one service. */
  refreshOne({ id, entityRef }: NewsOfService): Promise<void> {
    return this.inTurn(async connection => {
      const items = await this.all();
      if (!items) return;
      const added = items
        .filter(item => item.requestId === id)
        .map(({ entity }) => deferred(entity as Entity));
      const told = new Set(
        items.map(({ entity }) => stringifyEntityRef(entity as Entity)),
      );
      const { namespace, name } = parseEntityRef(entityRef);
      const removed = ['component', 'api']
        .map(kind => stringifyEntityRef({ kind, namespace, name }))
        .filter(ref => !told.has(ref))
        .map(ref => ({ entityRef: ref, locationKey: NAME }));
      await connection.applyMutation({ type: 'delta', added, removed });
    });
  }

  private async all(): Promise<EntitiesResponse['items'] | undefined> {
    const items: EntitiesResponse['items'] = [];
    let cursor: string | undefined;
    do {
      const page = await this.ask({ limit: PAGE, ...(cursor && { cursor }) });
      if (!page) {
        this.logger.debug('The provisioning plugin is not installed');
        return undefined;
      }
      items.push(...page.items);
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    return items;
  }

  private inTurn(
    work: (connection: EntityProviderConnection) => Promise<void>,
  ): Promise<void> {
    const result = this.turn.then(async () => {
      if (this.connection) await work(this.connection);
    });
    this.turn = result.catch(() => {});
    return result;
  }
}

function deferred(entity: Entity): DeferredEntity {
  return { entity, locationKey: NAME };
}
